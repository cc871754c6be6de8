/** Rows of cells, as CSV prints them. */
export interface Sheet {
  readonly header: readonly string[];
  readonly rows: Iterable<readonly string[]>;
}
