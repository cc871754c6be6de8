import { BorderError } from "../../../domain/issues/border-error.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import type { RegionBook } from "../../../domain/pricing/book.ts";
import { type UnreadPrice, unreadPrices } from "../../../domain/pricing/unread-prices.ts";
import { joinFindings, NO_FINDINGS, type PriceFindings, type RefusedPrice } from "../book/found-prices.ts";
import { mergeBook, type PriceChange } from "../book/merge-book.ts";
import { refuseImplausible } from "./refuse-implausible.ts";

/** A book with today's prices, what changed, and what could not be taken. */
export interface RefreshedBook {
  readonly book: RegionBook;
  readonly changes: readonly PriceChange[];
  /** Prices that are not exactly one item, or implausible: the book keeps what it had. */
  readonly refused: readonly RefusedPrice[];
  /** Keys without a price at AWS and in the book. */
  readonly absent: readonly string[];
  /** Prices that AWS was not asked for, or has none of its own for: they stay as they are. By key. */
  readonly unread: readonly UnreadPrice[];
  /** Prices that were read. */
  readonly read: number;
  /** Parts that AWS did not give. */
  readonly issues: readonly Issue[];
}

/** A part of a refresh that can fail for itself. */
export interface RefreshPart {
  /** What stays as it is without it, in the plural. */
  readonly prices: string;
  readonly read: () => Promise<PriceFindings>;
}

/** Whether an error ends the whole refresh rather than a part of it. */
export type EndsRefresh = (error: BorderError, part: RefreshPart) => boolean;

const readPart = async (
  part: RefreshPart,
  region: string,
  issues: Issue[],
  ends: EndsRefresh,
): Promise<PriceFindings> => {
  try {
    return await part.read();
  } catch (error) {
    if (!(error instanceof BorderError) || error.source !== "aws" || ends(error, part)) throw error;
    issues.push({
      code: error.code === "access-denied" ? "access-denied" : "not-read",
      severity: "warning",
      subject: region,
      detail: `${error.message}; ${part.prices} stay as they are`,
    });
    return NO_FINDINGS;
  }
};

/** What a refresh that brought nothing ends with. */
export const nothingRead = (region: string, issues: readonly Issue[]): BorderError =>
  new BorderError(`no price of ${region} could be read: ${issues.map(({ detail }) => detail).join("; ")}`, {
    code: issues.some(({ code }) => code === "access-denied") ? "access-denied" : "not-reached",
    source: "aws",
    hint: "Use the prices that ship with the program (--prices snapshot), or a price file of your own.",
  });

/**
 * Reads the parts and puts what they bring over a book.
 *
 * @throws {BorderError} where not one part could be read.
 */
export const refreshBook = async (
  shipped: RegionBook,
  parts: readonly RefreshPart[],
  ends: EndsRefresh,
): Promise<RefreshedBook> => {
  const { region } = shipped;
  const issues: Issue[] = [];
  const read = await Promise.all(parts.map((part) => readPart(part, region, issues, ends)));
  const { found, refused, absent, unread = [] } = refuseImplausible(shipped, joinFindings(read));
  if (found.length === 0 && issues.length > 0) throw nothingRead(region, issues);
  const merged = mergeBook(shipped, found);
  return {
    ...merged,
    refused: [...refused].sort((a, b) => (a.key < b.key ? -1 : 1)),
    absent: [...absent].sort(),
    unread: [...unreadPrices(shipped), ...unread].sort((a, b) => (a.key < b.key ? -1 : 1)),
    read: found.length,
    issues: issues.sort((a, b) => (a.detail < b.detail ? -1 : 1)),
  };
};
