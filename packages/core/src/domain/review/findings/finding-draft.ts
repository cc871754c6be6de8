import type { ReviewFinding } from "../../report/review-report.ts";
import { type Decimal, sum } from "../../units/decimal.ts";
import type { CostRow } from "../cost-row.ts";
import { moneyText } from "../money-text.ts";
import type { RateOf } from "../rateless-usage.ts";
import type { ReviewScene } from "../review-scene.ts";

/** What a finding takes off one row of the bill. */
export interface Claim {
  readonly row: CostRow;
  /** In the period seen; never more than the row costs. */
  readonly saving: Decimal;
  /** A part of the row of its own, such as one resource, rather than a share of everything in it. */
  readonly part?: true;
  /** Another way to buy the same usage: a row can be bought in one way only. */
  readonly purchase?: true;
}

/** A finding before overlaps with others are taken off. */
export interface FindingDraft extends Omit<ReviewFinding, "account" | "additionalSaving" | "id" | "region"> {
  /** Where on the bill the saving comes from; a saving without any overlaps with nothing. */
  readonly claims: readonly Claim[];
}

/** What findings are made from. */
export interface FindingContext {
  readonly scene: ReviewScene;
  /** Published rates; undefined where no prices are given. */
  readonly rateOf: RateOf;
  /** From the days seen to the whole month. */
  readonly scale: Decimal;
}

/** Saving a month of claims on the days seen; cut at 1e-12, since it is scaled. */
export const savingOf = (claims: readonly Claim[], scale: Decimal): Decimal =>
  sum(claims.map(({ saving }) => saving))
    .times(scale)
    .toDecimalPlaces(12);

/** An amount as a sentence shows it. */
export const amountText = (amount: Decimal, { scene }: Pick<FindingContext, "scene">): string =>
  moneyText(amount, scene.bill.currency);

/** A quantity as a sentence shows it. */
export const quantityText = (quantity: Decimal): string => quantity.toSignificantDigits(4).toFixed();
