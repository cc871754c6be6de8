export { type BillFilesOptions, billFiles } from "./bill-files.ts";
export { costExplorerJson, isCostExplorerJson } from "./cost-explorer/cost-explorer-json.ts";
export { detectBill, type SavedBillKind, savedBill } from "./saved-bill.ts";
