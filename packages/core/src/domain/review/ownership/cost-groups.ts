import type { CostGroup } from "../../report/review-report.ts";
import { type Decimal, ZERO } from "../../units/decimal.ts";
import { type ComparedRows, costPart } from "../cost-parts.ts";
import type { CostRow } from "../cost-row.ts";
import { divideCost, type OwnedCost } from "./divide-cost.ts";
import type { Ownership } from "./owner-rules.ts";

/** What cost can be put together by, several at once; `team` needs an ownership. */
export const GROUP_KEYS = [
  ...["account", "region", "month", "cluster", "service", "dimension", "launch-type", "team"],
] as const;
export type GroupKey =
  | "account"
  | "region"
  | "month"
  | "cluster"
  | "service"
  | "dimension"
  | "launch-type"
  | "team"
  | `tag:${string}`;

const keyReader = (key: GroupKey): ((owned: OwnedCost, month: string) => string) => {
  if (key.startsWith("tag:")) {
    const name = key.slice(4);
    return ({ row }) => (Object.hasOwn(row.tags, name) ? (row.tags[name] ?? "") : "");
  }
  switch (key) {
    case "month":
      return (_, month) => month;
    case "team":
      return ({ team }) => team;
    case "service":
      return ({ row }) => (row.serviceKey === undefined ? "" : `${row.cluster ?? ""}/${row.ecsService ?? ""}`);
    case "dimension":
      return ({ row }) => row.dimension ?? `${row.service} ${row.usageType}`;
    case "launch-type":
      return ({ row }) => row.launchType;
    default:
      return ({ row }) => (key === "account" ? row.account : key === "region" ? row.region : row.cluster) ?? "";
  }
};

/** Separates the values of several keys in one. */
const JOINT = " | ";

/** The total by several keys at once, the dearest first; the groups of a month add up to its cost. */
export const costGroups = (
  { current, previous }: ComparedRows,
  months: ReadonlyMap<string, readonly CostRow[]>,
  month: string,
  keys: readonly GroupKey[],
  ownership: Ownership | undefined,
): readonly CostGroup[] => {
  const readers = keys.map(keyReader);
  const valuesOf = (owned: OwnedCost, of: string): readonly string[] => readers.map((read) => read(owned, of));
  const rules = keys.includes("team") ? (ownership ?? { rules: [], tags: [] }) : undefined;
  const sums = (rows: readonly CostRow[], of: string): Map<string, { values: readonly string[]; cost: Decimal }> => {
    const found = new Map<string, { values: readonly string[]; cost: Decimal }>();
    const parts =
      rules === undefined ? rows.map((row) => ({ row, team: "", cost: row.cost })) : divideCost(rows, rules);
    for (const part of parts) {
      const values = valuesOf(part, of);
      const name = values.join("\n");
      found.set(name, { values, cost: (found.get(name)?.cost ?? ZERO).plus(part.cost) });
    }
    return found;
  };
  const groupOf = (values: readonly string[], cost: Decimal, before: Decimal | null): CostGroup => ({
    ...costPart(values.join(JOINT), cost, before),
    keys: Object.fromEntries(keys.map((key, index) => [key, values[index] ?? ""])),
  });
  if (keys.includes("month")) {
    const all = [...months].flatMap(([of, rows]) => [...sums(rows, of).values()]);
    return all.map(({ values, cost }) => groupOf(values, cost, null)).sort(byCost);
  }
  const now = sums(current, month);
  const before = previous === null ? null : sums(previous, month);
  const names = new Map([...(before ?? []), ...now].map(([name, { values }]) => [name, values]));
  return [...names]
    .map(([name, values]) => groupOf(values, now.get(name)?.cost ?? ZERO, before && (before.get(name)?.cost ?? ZERO)))
    .sort(byCost);
};

const byCost = (a: CostGroup, b: CostGroup): number => b.cost.comparedTo(a.cost) || (a.key < b.key ? -1 : 1);
