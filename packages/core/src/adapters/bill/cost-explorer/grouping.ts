import type { Decimal } from "../../../domain/units/decimal.ts";

/** What Cost Explorer can group by, as far as a review needs it: its own key, or `TAG:` and the key of a tag. */
export type Dimension = "SERVICE" | "USAGE_TYPE" | "RECORD_TYPE" | "LINKED_ACCOUNT" | "OPERATION" | `TAG:${string}`;

export const SERVICE_TAG = "aws:ecs:serviceName";
export const CLUSTER_TAG = "aws:ecs:clusterName";

export const tagDimension = (key: string): Dimension => `TAG:${key}`;

/** One group of one day or month. */
export interface GroupedAmount {
  /** ISO date. */
  readonly start: string;
  /** Values in the order of the dimensions. */
  readonly keys: readonly string[];
  readonly cost: Decimal;
  readonly effectiveCost: Decimal;
  readonly quantity: Decimal;
  readonly unit: string;
}

/** Which part of the bill an answer is about: values by dimension. */
export type Within = Readonly<Partial<Record<Dimension, readonly string[]>>>;

/** The answer to one question: amounts by up to two dimensions. */
export interface Grouping {
  readonly dimensions: readonly Dimension[];
  /** Empty where it is about the whole bill. */
  readonly within: Within;
  /** What a part of the bill that is in no group has: none of the tag that the groups are by. Undefined where every part is in a group. */
  readonly rest?: string;
  readonly amounts: readonly GroupedAmount[];
}

/** A part of the bill, with what is known about it. */
export interface Cell {
  readonly start: string;
  readonly values: Readonly<Partial<Record<Dimension, string>>>;
  readonly cost: Decimal;
  readonly effectiveCost: Decimal;
  readonly quantity: Decimal;
  readonly unit: string;
}
