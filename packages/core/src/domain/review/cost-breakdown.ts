import type { BilledService, CostPart, ReviewReport } from "../report/review-report.ts";
import { type Decimal, ZERO } from "../units/decimal.ts";
import { billedLines } from "./billed-lines.ts";
import { type ComparedRows, costPart, costParts } from "./cost-parts.ts";
import { type CostRow, rowsCost } from "./cost-row.ts";

/** The total by everything that it can be divided by. */
export type CostBreakdown = Pick<
  ReviewReport,
  "services" | "clusters" | "tags" | "regions" | "accounts" | "launchTypes" | "dimensions"
>;

/** Divides the total; what the source cannot tell has no parts. */
export const costBreakdown = (rows: ComparedRows, tagKeys: readonly string[]): CostBreakdown => ({
  services: billedServices(rows),
  clusters: costParts(rows, ({ cluster }) => cluster),
  tags: Object.fromEntries(tagKeys.map((key): [string, readonly CostPart[]] => [key, costParts(rows, tagOf(key))])),
  regions: costParts(rows, ({ region }) => region),
  accounts: costParts(rows, ({ account }) => account),
  launchTypes: costParts(rows, ({ launchType }) => launchType),
  dimensions: costParts(rows, ({ dimension, service, usageType }) => dimension ?? `${service} ${usageType}`),
});

const tagOf =
  (key: string) =>
  ({ tags }: CostRow): string | null =>
    Object.hasOwn(tags, key) ? (tags[key] ?? null) : null;

/** Services that a tag of ECS or a split names, those that are gone with a cost of 0. */
const billedServices = ({ current, previous }: ComparedRows): readonly BilledService[] => {
  const now = byService(current);
  const before = previous === null ? null : byService(previous);
  const keys = new Set([...now.keys(), ...(before?.keys() ?? [])]);
  const services = [...keys].map((key): BilledService => {
    const rows = now.get(key) ?? [];
    const [first] = rows.length > 0 ? rows : (before?.get(key) ?? []);
    return {
      ...costPart(key, rowsCost(rows), before && rowsCost(before.get(key) ?? [])),
      name: first?.ecsService ?? "",
      cluster: first?.cluster ?? "",
      account: first?.account ?? null,
      region: first?.region ?? null,
      lineItems: billedLines(rows),
    };
  });
  return services.sort((a, b) => b.cost.comparedTo(a.cost) || (a.key < b.key ? -1 : 1));
};

const byService = (rows: readonly CostRow[]): ReadonlyMap<string, readonly CostRow[]> => {
  const services = new Map<string, CostRow[]>();
  for (const row of rows) {
    const key = row.serviceKey;
    if (key === undefined) continue;
    const known = services.get(key);
    if (known === undefined) services.set(key, [row]);
    else known.push(row);
  }
  return services;
};

/** Cost that no tag and no split gives to a service; null where the source has neither. */
export const untaggedCost = (
  rows: readonly CostRow[],
  totalCost: Decimal,
  knowsServices: boolean,
): ReviewReport["untagged"] => {
  if (!knowsServices) return null;
  let cost = ZERO;
  for (const row of rows) if (row.serviceKey === undefined) cost = cost.plus(row.cost);
  return { cost, share: totalCost.isZero() ? null : cost.div(totalCost) };
};
