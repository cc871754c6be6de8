/** A version of a part of the price list. */
export interface ListVersion {
  readonly offer: string;
  readonly version: string;
  /** ISO date. */
  readonly publishedOn: string;
  readonly url: string;
}
