import { type CostedLines, sumLines } from "../../domain/costing/costed-lines.ts";
import type { LineItem } from "../../domain/costing/line-item.ts";
import { unknownOf, unpricedText } from "../../domain/report/diff-lines.ts";
import type { AttributeValue, ChangeCause } from "../../domain/report/diff-report.ts";
import { type Decimal, ZERO } from "../../domain/units/decimal.ts";
import type { OwnChange } from "./steps.ts";

/** What has been found out about the change of one subject on the way from one side to the other. */
export interface Ledger {
  /** What is unknown on both sides alike; undefined where the sides cannot be subtracted. */
  readonly unknown: string | undefined;
  readonly unknownOf: (lines: CostedLines) => string | undefined;
  /** The last lines that could be subtracted. */
  readonly lines: CostedLines;
  /** Changes since then, whose costs were not known one by one. */
  readonly pending: readonly OwnChange[];
  readonly causes: readonly ChangeCause[];
  readonly fleet: Decimal;
  readonly tiers: Decimal;
}

/** A ledger of a service. */
export const serviceLedger = (before: CostedLines, after: CostedLines): Ledger => ledger(before, after, unknownOf);

/** A ledger of what is shared, where nothing but a price can be unknown. */
export const sharedLedger = (before: CostedLines, after: CostedLines): Ledger =>
  ledger(before, after, (lines) => (lines.complete ? "" : unpricedText(lines)));

const ledger = (before: CostedLines, after: CostedLines, unknown: Ledger["unknownOf"]): Ledger => ({
  unknown: unknown(before) === unknown(after) ? unknown(before) : undefined,
  ...{ unknownOf: unknown, lines: before, pending: [], causes: [], fleet: ZERO, tiers: ZERO },
});

/** The ledger after a step: its cost goes to what the subject changed itself, or to what moved it. */
export const advance = (
  before: Ledger,
  lines: CostedLines,
  own: OwnChange | undefined,
  ofOthers: OwnChange | undefined,
): Ledger => {
  if (before.unknown === undefined) return advanceUnknown(before, lines, own ?? ofOthers ?? OTHERS, own !== undefined);
  if (before.unknownOf(lines) !== before.unknown) {
    return own === undefined ? before : { ...before, pending: [...before.pending, own] };
  }
  const changed = own === undefined ? before.pending : [...before.pending, own];
  const settled = { ...before, lines, pending: [] };
  if (changed.length > 0) return { ...settled, causes: [...before.causes, ...causesOf(changed, before.lines, lines)] };
  const change = costOf(lines).minus(costOf(before.lines));
  if (change.isZero()) return settled;
  if (ofOthers !== undefined) return { ...settled, causes: [...before.causes, { ...ofOthers, monthlyChange: change }] };
  const fleet = fleetCost(lines.lineItems).minus(fleetCost(before.lines.lineItems));
  return { ...settled, fleet: before.fleet.plus(fleet), tiers: before.tiers.plus(change).minus(fleet) };
};

const OTHERS: OwnChange = { attribute: "fleet", from: null, to: null };

/** Where the sides cannot be subtracted, the steps that change nothing about what is unknown still have a cost. */
const advanceUnknown = (before: Ledger, lines: CostedLines, change: OwnChange, isOwn: boolean): Ledger => {
  const unknown = before.unknownOf(lines);
  const isAlike = unknown === before.unknownOf(before.lines);
  const moved = costOf(lines).minus(costOf(before.lines));
  if (!isOwn && isAlike && moved.isZero()) return { ...before, lines };
  const monthlyChange = isAlike && unknown !== undefined ? moved : null;
  return { ...before, lines, causes: [...before.causes, { ...change, monthlyChange }] };
};

/** All causes; those that a service made itself are without a cost where it is not known. */
export const settledCauses = ({ causes, pending, fleet, tiers }: Ledger): readonly ChangeCause[] => [
  ...addedUp(causes),
  ...pending.map((change) => ({ ...change, monthlyChange: null })),
  ...moved("fleet", fleet),
  ...moved("tiers", tiers),
];

/** One cause for each attribute: what is shared may move with several steps. */
const addedUp = (causes: readonly ChangeCause[]): readonly ChangeCause[] => {
  const sums = new Map<string, ChangeCause>();
  for (const cause of causes) {
    const known = sums.get(cause.attribute);
    sums.set(cause.attribute, known === undefined ? cause : { ...cause, monthlyChange: both(known, cause) });
  }
  return [...sums.values()];
};

const both = (a: ChangeCause, b: ChangeCause): Decimal | null =>
  a.monthlyChange === null || b.monthlyChange === null ? null : a.monthlyChange.plus(b.monthlyChange);

const moved = (attribute: string, monthlyChange: Decimal): readonly ChangeCause[] =>
  monthlyChange.isZero() ? [] : [{ attribute, from: null, to: null, monthlyChange }];

const costOf = ({ monthlyCost }: CostedLines): Decimal => monthlyCost ?? ZERO;

const fleetCost = (lines: readonly LineItem[]): Decimal =>
  sumLines(lines.filter(({ dimension, label }) => FLEET.test(dimension) || label === "root volumes"));

const FLEET = /^(?:ec2|managed-instances)\//;

/** Changes that were taken over together: Fargate bills CPU and memory apart, other pairs have one cost. */
const causesOf = (changes: readonly OwnChange[], before: CostedLines, after: CostedLines): readonly ChangeCause[] => {
  const monthlyChange = costOf(after).minus(costOf(before));
  const [first, second] = changes;
  if (changes.length === 2 && first?.attribute === "task.cpu" && second?.attribute === "task.memory") {
    const cpu = meterChange(/^fargate.*vcpu-hour$/, before, after);
    const memory = meterChange(/^fargate.*gb-hour$/, before, after);
    if (cpu.plus(memory).equals(monthlyChange)) {
      return [
        { ...first, monthlyChange: cpu },
        { ...second, monthlyChange: memory },
      ];
    }
  }
  return [{ ...joined(changes), monthlyChange }];
};

const meterChange = (meter: RegExp, before: CostedLines, after: CostedLines): Decimal => {
  const of = ({ lineItems }: CostedLines): Decimal =>
    sumLines(lineItems.filter(({ dimension }) => meter.test(dimension)));
  return of(after).minus(of(before));
};

const joined = (changes: readonly OwnChange[]): OwnChange => {
  const [first, ...more] = changes;
  if (first !== undefined && more.length === 0) return first;
  const text = (value: AttributeValue): string => (value === null ? "none" : String(value));
  return {
    attribute: changes.map(({ attribute }) => attribute).join(" + "),
    from: changes.map(({ from }) => text(from)).join(" + "),
    to: changes.map(({ to }) => text(to)).join(" + "),
  };
};
