import { Decimal, sum, ZERO } from "../../../domain/units/decimal.ts";
import type { Cell, Dimension, GroupedAmount, Grouping } from "./grouping.ts";

/** What a grouping added to the cells, and what it could not. */
export interface Refined {
  readonly cells: readonly Cell[];
  /** Cells whose groups don't add up to them; they stay as they were. */
  readonly unequal: readonly Cell[];
  /** Cells that could belong to several groups; they stay as they were. */
  readonly ambiguous: readonly Cell[];
}

/** Cost Explorer rounds each amount to ten digits: so much may a sum of groups be off for each of them. */
const ROUNDING = new Decimal("0.000000001");

type Part = Pick<Cell, "cost" | "effectiveCost" | "quantity">;

const AMOUNTS = ["cost", "effectiveCost", "quantity"] as const;

const isNothing = (part: Part): boolean => AMOUNTS.every((name) => part[name].isZero());

const isWithin = (cell: Cell, within: Grouping["within"]): boolean =>
  Object.entries(within).every(([dimension, allowed]) =>
    (allowed ?? []).includes(cell.values[dimension as Dimension] ?? "\0"),
  );

const couldBeWithin = (cell: Cell, within: Grouping["within"]): boolean =>
  Object.entries(within).every(([dimension, allowed]) => {
    const value = cell.values[dimension as Dimension];
    return value === undefined || (allowed ?? []).includes(value);
  });

/** What a sum of parts falls short of the whole. */
const shortfall = (whole: readonly Part[], parts: readonly Part[]): Part => {
  const missing = (name: (typeof AMOUNTS)[number]): Decimal =>
    sum(whole.map((each) => each[name])).minus(sum(parts.map((each) => each[name])));
  return { cost: missing("cost"), effectiveCost: missing("effectiveCost"), quantity: missing("quantity") };
};

const isRounding = (part: Part, names: readonly (typeof AMOUNTS)[number][], parts: number): boolean =>
  names.every((name) => part[name].abs().lte(ROUNDING.times(parts + 1)));

const withMore = (part: Cell, more: Part): Cell => ({
  ...part,
  cost: part.cost.plus(more.cost),
  effectiveCost: part.effectiveCost.plus(more.effectiveCost),
  quantity: part.quantity.plus(more.quantity),
});

/** Whether parts cost as much as the whole, but for what rounding leaves. */
export const costAsMuch = (
  whole: readonly Pick<Part, "cost" | "effectiveCost">[],
  parts: readonly Pick<Part, "cost" | "effectiveCost">[],
): boolean => {
  const costs = (list: typeof whole): readonly Part[] => list.map((each) => ({ ...each, quantity: ZERO }));
  return isRounding(shortfall(costs(whole), costs(parts)), ["cost", "effectiveCost"], whole.length + parts.length);
};

/** What rounding left goes to the largest part, so that the parts add up to the whole. */
const settled = (parts: readonly Cell[], left: Part): readonly Cell[] => {
  const weight = (part: Cell): Decimal => Decimal.max(part.cost.abs(), part.effectiveCost.abs());
  const largest = parts.reduce((most, part) => (weight(part).gt(weight(most)) ? part : most));
  return parts.map((part) => (part === largest ? withMore(part, left) : part));
};

interface Step {
  readonly grouping: Grouping;
  readonly known: readonly Dimension[];
  readonly added: readonly Dimension[];
}

const valuesOf = ({ grouping, added }: Step, { keys }: GroupedAmount): Cell["values"] =>
  Object.fromEntries(added.map((dimension) => [dimension, keys[grouping.dimensions.indexOf(dimension)] ?? ""]));

const restValues = ({ grouping, added }: Step): Cell["values"] | undefined => {
  const { rest } = grouping;
  const isTold = rest !== undefined && added.every((dimension) => dimension.startsWith("TAG:"));
  return isTold ? Object.fromEntries(added.map((dimension) => [dimension, rest])) : undefined;
};

const partsOf = (step: Step, whole: Cell, groups: readonly GroupedAmount[]): readonly Cell[] =>
  groups.map((group) => ({
    start: whole.start,
    values: { ...whole.values, ...valuesOf(step, group) },
    cost: group.cost,
    effectiveCost: group.effectiveCost,
    quantity: group.quantity,
    unit: group.unit,
  }));

/** The same sign, and not beyond the whole. */
const isPartOf = (left: Decimal, whole: Decimal): boolean =>
  left.isZero() || (left.isNegative() === whole.isNegative() && left.abs().lte(whole.abs()));

/** The parts of one cell, or undefined where the groups don't add up to it. */
const divided = (step: Step, whole: Cell, groups: readonly GroupedAmount[]): readonly Cell[] | undefined => {
  const hasUnits = !step.added.includes("USAGE_TYPE");
  const parts = partsOf(step, whole, groups);
  const shortOf = shortfall([whole], parts);
  const left = hasUnits ? shortOf : { ...shortOf, quantity: ZERO };
  const compared = hasUnits ? AMOUNTS : (["cost", "effectiveCost"] as const);
  if (parts.length > 0 && isRounding(left, compared, parts.length)) return settled(parts, left);
  const rest = restValues(step);
  if (rest === undefined) return isNothing({ ...whole, quantity: ZERO }) && parts.length === 0 ? [whole] : undefined;
  if (!compared.every((name) => isPartOf(left[name], whole[name]))) return undefined;
  return [...parts, { ...whole, ...left, values: { ...whole.values, ...rest } }];
};

/** Several cells of which the groups can only be told together: they are known where all groups have the same values. */
const sharedValues = (
  step: Step,
  wholes: readonly Cell[],
  groups: readonly GroupedAmount[],
): Cell["values"] | undefined => {
  const present = groups.filter((group) => !isNothing(group));
  const distinct = new Map(present.map((group) => [JSON.stringify(valuesOf(step, group)), valuesOf(step, group)]));
  if (present.length === 0) return restValues(step);
  if (distinct.size > 1) return undefined;
  const names = ["cost", "effectiveCost"] as const;
  return isRounding(shortfall(wholes, present), names, present.length) ? [...distinct.values()][0] : undefined;
};

const keyOf = (start: string, values: readonly string[]): string => JSON.stringify([start, ...values]);

const byKey = (step: Step, cells: readonly Cell[]) => ({
  cells: Map.groupBy(cells, ({ start, values }) =>
    keyOf(
      start,
      step.known.map((dimension) => values[dimension] ?? ""),
    ),
  ),
  groups: Map.groupBy(step.grouping.amounts, ({ start, keys }) =>
    keyOf(
      start,
      step.known.map((dimension) => keys[step.grouping.dimensions.indexOf(dimension)] ?? ""),
    ),
  ),
});

/** Cells of one day and known dimensions; `others` can have a part in the same groups. */
const refineKey = (
  step: Step,
  wholes: readonly Cell[],
  others: readonly Cell[],
  groups: readonly GroupedAmount[],
): Refined => {
  const [only] = wholes;
  if (only !== undefined && wholes.length + others.length === 1) {
    const parts = divided(step, only, groups);
    return { cells: parts ?? wholes, unequal: parts === undefined ? wholes : [], ambiguous: [] };
  }
  const shared = sharedValues(step, [...wholes, ...others], groups);
  if (shared === undefined) return { cells: wholes, unequal: [], ambiguous: wholes };
  return {
    cells: wholes.map((cell) => ({ ...cell, values: { ...cell.values, ...shared } })),
    unequal: [],
    ambiguous: [],
  };
};

const knowsAll = (cell: Cell, dimensions: readonly Dimension[]): boolean =>
  dimensions.every((dimension) => cell.values[dimension] !== undefined);

/** The dimensions of a grouping that the best known of the cells know already. */
const mostKnown = (cells: readonly Cell[], dimensions: readonly Dimension[]): readonly Dimension[] =>
  cells
    .map(({ values }) => dimensions.filter((dimension) => values[dimension] !== undefined))
    .reduce((most, each) => (each.length > most.length ? each : most), []);

/** Cells that can have a part in the groups of a cell: nothing that is known of them says otherwise. */
const sharing = ({ known }: Step, others: readonly Cell[], whole: Cell | undefined): readonly Cell[] =>
  others.filter(({ values }) =>
    known.every((dimension) => values[dimension] === undefined || values[dimension] === whole?.values[dimension]),
  );

/**
 * Divides cells of the bill by a grouping. Cells of the same day and known dimensions are held against its groups: one
 * cell is divided exactly, several learn only what all of their groups say. The cells add up to the same as before, to
 * the last digit.
 */
export const refine = (cells: readonly Cell[], grouping: Grouping): Refined => {
  const { dimensions, within } = grouping;
  const concerned = cells.filter((cell) => isWithin(cell, within));
  const open = concerned.filter((cell) => !knowsAll(cell, dimensions));
  const known = mostKnown(open, dimensions);
  const eligible = open.filter((cell) => knowsAll(cell, known));
  const step: Step = { grouping, known, added: dimensions.filter((dimension) => !known.includes(dimension)) };
  const divisible = new Set(eligible);
  const others = Map.groupBy(
    cells.filter((cell) => couldBeWithin(cell, within) && !divisible.has(cell)),
    ({ start }) => start,
  );
  const keyed = byKey(step, eligible);
  const refined = [...keyed.cells].map(([key, wholes]) =>
    refineKey(
      step,
      wholes,
      sharing(step, others.get(wholes[0]?.start ?? "") ?? [], wholes[0]),
      keyed.groups.get(key) ?? [],
    ),
  );
  return {
    cells: [...cells.filter((cell) => !divisible.has(cell)), ...refined.flatMap((each) => each.cells)],
    unequal: refined.flatMap(({ unequal }) => unequal),
    ambiguous: [...refined.flatMap(({ ambiguous }) => ambiguous), ...open.filter((cell) => !divisible.has(cell))],
  };
};
