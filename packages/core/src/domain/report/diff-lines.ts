import type { CostedLines } from "../costing/costed-lines.ts";
import type { LineItem } from "../costing/line-item.ts";
import { ZERO } from "../units/decimal.ts";
import type { BilledSide, LineChange } from "./diff-report.ts";

interface LinePair {
  readonly before?: LineItem;
  readonly after?: LineItem;
}

/** Lines of both sides that differ: by dimension and label, then by rate, so that tiers meet their like. */
export const diffLines = (before: readonly LineItem[], after: readonly LineItem[]): readonly LineChange[] =>
  pairLines(before, after)
    .map(lineChange)
    .filter((change) => change !== undefined);

const keyOf = ({ dimension, label, unit }: LineItem): string => JSON.stringify([dimension, label, unit]);

const pairLines = (before: readonly LineItem[], after: readonly LineItem[]): readonly LinePair[] => {
  const left = Map.groupBy(before, keyOf);
  const right = Map.groupBy(after, keyOf);
  return [...new Set([...right.keys(), ...left.keys()])].flatMap((key) =>
    pairAlike(left.get(key) ?? [], right.get(key) ?? []),
  );
};

/** Lines of one dimension: those of one rate are the same line, what is left meets in order. */
const pairAlike = (before: readonly LineItem[], after: readonly LineItem[]): readonly LinePair[] => {
  const open = [...before];
  const fresh: LineItem[] = [];
  const pairs: LinePair[] = [];
  for (const line of after) {
    const found = open.findIndex(({ rate }) => rate.equals(line.rate));
    if (found < 0) fresh.push(line);
    else pairs.push(...open.splice(found, 1).map((same) => ({ before: same, after: line })));
  }
  for (const line of fresh) {
    const same = open.shift();
    pairs.push(same === undefined ? { after: line } : { before: same, after: line });
  }
  return [...pairs, ...open.map((line) => ({ before: line }))];
};

const lineChange = ({ before, after }: LinePair): LineChange | undefined => {
  const line = after ?? before;
  if (line === undefined) return undefined;
  const quantity = (after?.quantity ?? ZERO).minus(before?.quantity ?? ZERO);
  if (quantity.isZero() && before !== undefined && after?.rate.equals(before.rate) === true) return undefined;
  const { dimension, usageType, unit, label, rate } = line;
  return {
    ...{ dimension, usageType, unit },
    ...(label === undefined ? {} : { label }),
    ...{ quantity, rate, cost: (after?.cost ?? ZERO).minus(before?.cost ?? ZERO) },
    before: sideOf(before),
    after: sideOf(after),
  };
};

const sideOf = (line: LineItem | undefined): BilledSide | null =>
  line === undefined ? null : { quantity: line.quantity, rate: line.rate, cost: line.cost };

const COMPUTE = /^(?:fargate|fargate-spot|ec2|managed-instances)\//;

/**
 * What of these lines is unknown, as text: two costs can be subtracted where it is the same. Empty where everything is
 * known, undefined where more than a price is missing.
 */
export const unknownOf = ({ complete, lineItems, unpriced, monthlyCost }: CostedLines): string | undefined => {
  if (complete && monthlyCost !== null) return "";
  if (unpriced.length === 0 || !lineItems.some(({ dimension }) => COMPUTE.test(dimension))) return undefined;
  return unpricedText({ unpriced });
};

/** Quantities without a price as text, to compare them. */
export const unpricedText = ({ unpriced }: Pick<CostedLines, "unpriced">): string =>
  JSON.stringify(unpriced.map(({ dimension, quantity, label }) => [dimension, quantity.toFixed(), label]));
