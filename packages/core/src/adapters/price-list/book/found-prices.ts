import type { PriceTier } from "../../../domain/pricing/price.ts";
import type { Purchase } from "../../../domain/pricing/purchase.ts";
import type { UnreadPrice } from "../../../domain/pricing/unread-prices.ts";

/** Where and when a price was read. */
export interface FoundOrigin {
  readonly asOf: string;
  readonly source: string;
}

/** A price that was read, before it goes into a book. */
export type FoundPrice =
  | { readonly kind: "price"; readonly key: string; readonly tiers: readonly PriceTier[]; readonly origin: FoundOrigin }
  | { readonly kind: "on-demand"; readonly instanceType: string; readonly rate: string; readonly origin: FoundOrigin }
  | {
      readonly kind: "commitment";
      readonly instanceType: string;
      readonly purchase: Purchase;
      readonly rate: string;
      readonly origin: FoundOrigin;
    }
  | { readonly kind: "fee"; readonly instanceType: string; readonly rate: string; readonly origin: FoundOrigin }
  | {
      readonly kind: "spot";
      readonly instanceType: string;
      readonly rate: string;
      /** What the rate is the mean of. */
      readonly zones: readonly string[];
      readonly origin: FoundOrigin;
    };

/** A price that was not taken, and why. */
export interface RefusedPrice {
  /** Price key. */
  readonly key: string;
  readonly detail: string;
}

/** What one part of a refresh brought. */
export interface PriceFindings {
  readonly found: readonly FoundPrice[];
  readonly refused: readonly RefusedPrice[];
  /** Keys that neither AWS nor the book in use has. */
  readonly absent: readonly string[];
  /** What else is not read anew, and why. */
  readonly unread?: readonly UnreadPrice[];
}

export const NO_FINDINGS: PriceFindings = { found: [], refused: [], absent: [] };

/** Everything that several parts brought. */
export const joinFindings = (all: readonly PriceFindings[]): PriceFindings => ({
  found: all.flatMap(({ found }) => found),
  refused: all.flatMap(({ refused }) => refused),
  absent: all.flatMap(({ absent }) => absent),
  unread: all.flatMap(({ unread }) => unread ?? []),
});
