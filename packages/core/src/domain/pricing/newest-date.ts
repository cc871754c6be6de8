import type { Origin } from "./book.ts";

/** Newest date of a book's origins; `undated` where none has a date. */
export const newestDate = (origins: readonly Origin[]): string =>
  origins
    .map((origin) => origin.asOf)
    .filter((asOf) => asOf !== "undated")
    .sort()
    .at(-1) ?? "undated";
