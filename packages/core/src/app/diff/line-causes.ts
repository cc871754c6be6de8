import { unknownOf, unpricedText } from "../../domain/report/diff-lines.ts";
import type { AttributeValue, ChangeCause, LineChange } from "../../domain/report/diff-report.ts";
import type { EstimateReport, ServiceEstimate } from "../../domain/report/report.ts";
import { type Decimal, ZERO } from "../../domain/units/decimal.ts";
import type { DiffCauses } from "./inventory-causes.ts";
import { isMatched, type Pair } from "./pairs.ts";
import { type OwnChange, priceChange } from "./steps.ts";

/** A share of a line's change and what caused it. */
interface Part {
  readonly changes: readonly OwnChange[];
  readonly cost: Decimal;
}

/**
 * Finds causes where only the lines of two reports are known: a rate that differs is a price, a quantity that differs
 * goes to what the report says of the service (size, platform, where it runs, tasks) or stands for itself.
 */
export const reportCauses = (
  before: EstimateReport,
  after: EstimateReport,
  pairs: readonly Pair<ServiceEstimate>[],
  linesOf: { readonly services: readonly (readonly LineChange[])[]; readonly shared: readonly LineChange[] },
): DiffCauses => {
  const prices = priceChange({ region: before.region, ...before.prices }, { region: after.region, ...after.prices });
  return {
    services: pairs.map((pair, index) =>
      isMatched(pair) ? serviceCauses(pair, linesOf.services[index] ?? [], prices) : [],
    ),
    shared: sharedIsKnown(before, after) ? causesOf(linesOf.shared, [], prices) : [],
  };
};

const sharedIsKnown = ({ shared: before }: EstimateReport, { shared: after }: EstimateReport): boolean =>
  unpricedText(before) === unpricedText(after);

const serviceCauses = (
  { before, after }: Required<Pair<ServiceEstimate>>,
  lines: readonly LineChange[],
  prices: OwnChange,
): readonly ChangeCause[] => {
  const own = ATTRIBUTES.flatMap(({ attribute, show }): readonly OwnChange[] => {
    const change = { attribute, from: show(before), to: show(after) };
    return change.from === change.to ? [] : [change];
  });
  const unknown = unknownOf(before);
  if (unknown === undefined || unknown !== unknownOf(after)) {
    const priced = lines.some((line) => priceParts(line, prices).length > 0) ? [prices] : [];
    return [...own, ...priced].map((change) => ({ ...change, monthlyChange: null }));
  }
  return causesOf(lines, own, prices);
};

const tasksText = ({ tasks }: ServiceEstimate): AttributeValue => {
  const entries = Object.entries(tasks ?? {});
  if (tasks === null || entries.length === 0) return null;
  return entries.length === 1
    ? (entries[0]?.[1] ?? null)
    : entries.map(([provider, count]) => `${count} ${provider}`).join(" + ");
};

const ATTRIBUTES: readonly { attribute: string; show: (service: ServiceEstimate) => AttributeValue }[] = [
  { attribute: "cluster", show: ({ cluster }) => cluster },
  { attribute: "name", show: ({ name }) => name },
  { attribute: "task.cpu", show: ({ cpu }) => cpu },
  { attribute: "task.memory", show: ({ memory }) => memory },
  { attribute: "task.arch", show: ({ architecture }) => architecture },
  { attribute: "task.os", show: ({ os }) => os },
  { attribute: "placement", show: ({ runsOn }) => runsOn.join(" + ") },
  { attribute: "tasks", show: tasksText },
];

const causesOf = (
  lines: readonly LineChange[],
  own: readonly OwnChange[],
  prices: OwnChange,
): readonly ChangeCause[] => {
  const parts = lines.flatMap((line) => [...quantityParts(line, own), ...priceParts(line, prices)]);
  const named = new Set(parts.flatMap(({ changes }) => changes));
  const idle = own.filter((change) => !named.has(change)).map((change) => ({ changes: [change], cost: ZERO }));
  const sums = new Map<string, ChangeCause>();
  for (const { changes, cost } of [...parts, ...idle]) {
    const cause = joined(changes);
    const known = sums.get(cause.attribute);
    sums.set(cause.attribute, { ...cause, monthlyChange: (known?.monthlyChange ?? ZERO).plus(cost) });
  }
  const kept = [...sums.values()].filter(
    ({ attribute, monthlyChange }) =>
      monthlyChange?.isZero() !== true || own.some((change) => change.attribute === attribute),
  );
  return kept.sort((a, b) => rankOf(a, own, prices) - rankOf(b, own, prices));
};

/** Attributes of the service in their order, then quantities as they stand on the bill, then prices. */
const rankOf = ({ attribute }: ChangeCause, own: readonly OwnChange[], prices: OwnChange): number => {
  if (attribute === prices.attribute) return own.length + 1;
  const place = own.findIndex((change) => attribute.startsWith(change.attribute));
  return place < 0 ? own.length : place;
};

const joined = (changes: readonly OwnChange[]): OwnChange => {
  const [first, ...more] = changes;
  if (first !== undefined && more.length === 0) return first;
  const textOf = (values: readonly AttributeValue[]): string => values.map((value) => value ?? "none").join(" + ");
  return {
    attribute: changes.map(({ attribute }) => attribute).join(" + "),
    from: textOf(changes.map(({ from }) => from)),
    to: textOf(changes.map(({ to }) => to)),
  };
};

const priceParts = ({ before, after }: LineChange, prices: OwnChange): readonly Part[] =>
  before === null || after === null || before.rate.equals(after.rate)
    ? []
    : [{ changes: [prices], cost: after.quantity.times(after.rate.minus(before.rate)) }];

const FLEET = /^(?:ec2|managed-instances)\//;
const PLATFORM = ["task.arch", "task.os", "placement", "tasks"];

/** Names of what may have moved the quantity of a line. */
const movers = ({ dimension, label }: LineChange): readonly string[] => {
  if (FLEET.test(dimension) || label === "root volumes") return ["cluster", "task.cpu", "task.memory", ...PLATFORM];
  if (!dimension.startsWith("fargate")) return [];
  if (dimension.endsWith("vcpu-hour")) return ["task.cpu", ...PLATFORM];
  return dimension.endsWith("/gb-hour") ? ["task.memory", ...PLATFORM] : PLATFORM;
};

/** A share that division gives is cut here, so that it and the rest are exactly the whole. */
const SHARE_PLACES = 20;

const quantityParts = (line: LineChange, own: readonly OwnChange[]): readonly Part[] => {
  const { before, after, quantity, cost } = line;
  const known = before === null || after === null ? cost : quantity.times(before.rate);
  if (known.isZero()) return [];
  const names = movers(line);
  const changes = own.filter(({ attribute }) => names.includes(attribute));
  if (changes.length === 0) return [{ changes: [unexplained(line)], cost: known }];
  const [size, tasks] = changes;
  const sized = before !== null && after !== null && changes.length === 2 && tasks?.attribute === "tasks";
  if (!sized || size === undefined || typeof size.from !== "number" || typeof size.to !== "number" || size.from === 0) {
    return [{ changes, cost: known }];
  }
  const bySize = before.cost.times(size.to).div(size.from).toDecimalPlaces(SHARE_PLACES).minus(before.cost);
  return [
    { changes: [size], cost: bySize },
    { changes: [tasks], cost: known.minus(bySize) },
  ];
};

const unexplained = (line: LineChange): OwnChange => {
  const { dimension, label, before, after } = line;
  if (FLEET.test(dimension) || label === "root volumes") return { attribute: "fleet", from: null, to: null };
  return {
    attribute: label === undefined ? dimension : `${dimension} (${label})`,
    from: before?.quantity.toFixed() ?? null,
    to: after?.quantity.toFixed() ?? null,
  };
};
