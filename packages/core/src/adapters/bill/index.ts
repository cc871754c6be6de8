export { type BillFilesOptions, billFiles } from "./bill-files.ts";
