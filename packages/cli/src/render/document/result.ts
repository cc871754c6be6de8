import type { Compact } from "./compact.ts";
import type { Document } from "./document.ts";
import type { Findings } from "./finding.ts";
import type { Sheet } from "./sheet.ts";

/** A result in each of its shapes; only the one that is asked for is made. */
export interface Result {
  readonly json: () => object;
  readonly document: () => Document;
  readonly sheet: () => Sheet;
  /** A page of its own, instead of the document as HTML. */
  readonly page?: () => Promise<Iterable<string>>;
  /** In few words, for agents. */
  readonly compact?: () => Promise<Compact>;
  /** A message of Slack, and a mail. */
  readonly slack?: () => Promise<object>;
  readonly mail?: () => Promise<Iterable<string>>;
  /** What is wrong with it, where it can be judged. */
  readonly findings?: () => Findings;
}
