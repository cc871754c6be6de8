import { billedMeter } from "../../bill/billed-meter.ts";
import type { ResourceCharge } from "../../bill/charge.ts";
import { Decimal, sum, ZERO } from "../../units/decimal.ts";
import type { CostRow } from "../cost-row.ts";
import {
  amountText,
  type Claim,
  type FindingContext,
  type FindingDraft,
  quantityText,
  savingOf,
} from "./finding-draft.ts";
import { isOwn, isTiedAlike } from "./own-resource.ts";

/** Share of a load balancer capacity unit below which a load balancer carries next to nothing. */
const IDLE_LCU = "0.001";
/** GB in the days seen below which a NAT gateway carries next to nothing. */
const IDLE_GB = "1";

/** One resource with all its lines of the month. */
interface Resource {
  readonly id: string;
  readonly lines: readonly (ResourceCharge & { readonly key: string | null })[];
}

/** Load balancers and NAT gateways that are paid for by the hour and carry next to nothing. */
export const idleResources = (context: FindingContext): readonly FindingDraft[] => {
  const resources = resourcesOf(context);
  return resources.flatMap((resource) => [...idleBalancer(resource, context), ...idleGateway(resource, context)]);
};

const resourcesOf = ({ scene }: FindingContext): readonly Resource[] => {
  const lines = new Map<string, (ResourceCharge & { key: string | null })[]>();
  for (const charge of scene.bill.resources ?? []) {
    if (charge.month.slice(0, 7) !== scene.window.month || !isOwn(charge)) continue;
    const { key } = billedMeter(charge.service, charge.usageType, charge.operation, charge.region ?? "");
    const known = lines.get(charge.resource);
    if (known === undefined) lines.set(charge.resource, [{ ...charge, key }]);
    else known.push({ ...charge, key });
  }
  return [...lines].map(([id, of]) => ({ id, lines: of })).sort((a, b) => (a.id < b.id ? -1 : 1));
};

const quantityOf = ({ lines }: Resource, isMeant: (key: string) => boolean): Decimal =>
  sum(lines.map(({ key, quantity }) => (key !== null && isMeant(key) ? new Decimal(quantity) : ZERO)));

const idleBalancer = (resource: Resource, context: FindingContext): readonly FindingDraft[] => {
  const hours = quantityOf(resource, (key) => key === "alb.hour" || key === "nlb.hour");
  const units = quantityOf(resource, (key) => key === "alb.lcu_hour" || key === "nlb.lcu_hour");
  if (!hours.greaterThan(0) || units.greaterThan(hours.times(IDLE_LCU))) return [];
  return finding(resource, context, {
    code: "idle-load-balancer",
    detail: `${quantityText(hours)} hours with ${quantityText(units)} LCU-hours: nothing goes through it.`,
    action: "Delete the load balancer, or let its services share another by rules.",
  });
};

const idleGateway = (resource: Resource, context: FindingContext): readonly FindingDraft[] => {
  const hours = quantityOf(resource, (key) => key === "nat.hour" || key === "nat.regional.hour");
  const gb = quantityOf(resource, (key) => key === "nat.gb" || key === "nat.regional.gb");
  if (!hours.greaterThan(0) || gb.greaterThanOrEqualTo(IDLE_GB)) return [];
  return finding(resource, context, {
    code: "idle-nat-gateway",
    detail: `${quantityText(hours)} hours with ${quantityText(gb)} GB: next to nothing goes through it.`,
    action: "Delete the NAT gateway once no route leads to it.",
  });
};

const finding = (
  { id, lines }: Resource,
  { scene, scale }: FindingContext,
  wording: Pick<FindingDraft, "action" | "code" | "detail">,
): readonly FindingDraft[] => {
  const rows = scene.rows.current.filter((row) => lines.some((line) => isOf(row, line)));
  if (rows.length === 0) return [];
  const cost = sum(lines.map((line) => new Decimal(line.cost)));
  if (!cost.greaterThan(0)) return [];
  const claims = claimsOf(lines, rows);
  return [
    {
      ...wording,
      subject: id,
      effort: "low",
      confidence: "high",
      monthlySaving: savingOf(claims, scale),
      detail: `${wording.detail} It cost ${amountText(cost, { scene })} in the days seen.`,
      claims,
    },
  ];
};

const isOf = (row: CostRow, line: ResourceCharge): boolean =>
  row.service === line.service &&
  row.usageType === line.usageType &&
  row.operation === line.operation &&
  (row.account ?? line.account) === (line.account ?? row.account) &&
  isTiedAlike(row, line);

/** What the resource cost is taken off the rows that hold its lines, in their order. */
const claimsOf = (lines: readonly ResourceCharge[], rows: readonly CostRow[]): readonly Claim[] => {
  const claims: Claim[] = [];
  const left = new Map(rows.map((row) => [row, row.cost]));
  for (const line of lines) {
    let cost = new Decimal(line.cost);
    for (const row of rows) {
      const saving = Decimal.max(ZERO, Decimal.min(cost, left.get(row) ?? ZERO));
      if (!isOf(row, line) || saving.isZero()) continue;
      claims.push({ row, saving, part: true });
      left.set(row, (left.get(row) ?? ZERO).minus(saving));
      cost = cost.minus(saving);
    }
  }
  return claims;
};
