import type { PlacedCharge } from "../bill/place-bill.ts";
import type { BilledLaunchType } from "../bill/place-charge.ts";
import type { PriceKey } from "../pricing/price.ts";
import { Decimal, ZERO } from "../units/decimal.ts";
import { usageFamily } from "./usage-family.ts";

/** What ECS cost over a period by everything that a review groups it by; days are added up. */
export interface CostRow {
  readonly service: string;
  readonly usageType: string;
  readonly operation: string;
  readonly unit: string;
  readonly region: string | null;
  readonly account: string | null;
  readonly dimension: PriceKey | null;
  readonly launchType: BilledLaunchType;
  /** Usage that can replace each other; see `usageFamily`. */
  readonly family: string;
  /** Null where the source has no such tags, empty where the charge has none. */
  readonly cluster: string | null;
  readonly ecsService: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** See `PlacedCharge`. */
  readonly serviceKey: string | undefined;
  /** How sure it is that an overhead comes along with ECS; null of what is none. */
  readonly tie: "certain" | "likely" | null;
  /** Paid by a Savings Plan or a reservation. */
  readonly covered: boolean;
  readonly quantity: Decimal;
  /** Commitments spread over what they covered. */
  readonly cost: Decimal;
  /** At on-demand prices; null where it is not known of everything. */
  readonly onDemandCost: Decimal | null;
}

type Identity = Omit<CostRow, "quantity" | "cost" | "onDemandCost">;

const NONE = "\u0000";

const keyOf = (row: Identity): string =>
  [
    row.service,
    row.usageType,
    row.operation,
    row.unit,
    row.region ?? NONE,
    row.account ?? NONE,
    row.launchType,
    row.cluster ?? NONE,
    row.ecsService ?? NONE,
    row.covered ? "1" : "0",
    row.tie ?? NONE,
    tagsKey(row.tags),
  ].join("\n");

/** One text for equal tags, whatever their order. */
export const tagsKey = (tags: Readonly<Record<string, string>>): string => {
  const keys = Object.keys(tags);
  return keys.length === 0 ? "" : JSON.stringify(keys.sort().map((key) => [key, tags[key]]));
};

/** Charges of ECS added up over the days. */
export const costRows = (charges: Iterable<PlacedCharge>): CostRow[] => {
  const rows = new Map<string, { -readonly [Key in keyof CostRow]: CostRow[Key] }>();
  for (const placed of charges) {
    if (placed.placing.place !== "ecs") continue;
    const { charge } = placed;
    const identity = identityOf(placed, placed.placing.launchType);
    const key = keyOf(identity);
    let row = rows.get(key);
    if (row === undefined) {
      row = { ...identity, quantity: ZERO, cost: ZERO, onDemandCost: ZERO };
      rows.set(key, row);
    }
    row.quantity = row.quantity.plus(usedQuantity(placed));
    row.cost = row.cost.plus(charge.effectiveCost);
    row.onDemandCost = addOnDemand(row.onDemandCost, placed);
  }
  return [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
};

const identityOf = (
  { charge, meter, region, serviceKey, placing }: PlacedCharge,
  launchType: BilledLaunchType,
): Identity => ({
  service: charge.service,
  usageType: charge.usageType,
  operation: charge.operation,
  unit: charge.unit,
  region,
  account: charge.account,
  dimension: meter.key,
  launchType,
  family: usageFamily(charge.service, meter),
  cluster: charge.cluster,
  ecsService: charge.ecsService,
  tags: charge.tags,
  serviceKey,
  tie: tieOf(placing),
  covered: charge.kind === "covered",
});

const tieOf = (placing: PlacedCharge["placing"]): CostRow["tie"] => {
  const strength = placing.place === "ecs" ? placing.tie?.strength : undefined;
  return strength === undefined || strength === "others" ? null : strength;
};

/** A discount reduces the cost of usage that its own line counts. */
export const usedQuantity = ({ charge }: PlacedCharge): Decimal =>
  charge.kind === "discount" ? ZERO : new Decimal(charge.quantity);

const addOnDemand = (known: Decimal | null, { charge }: PlacedCharge): Decimal | null => {
  if (known === null || charge.kind === "discount") return known;
  if (charge.onDemandCost !== null) return known.plus(charge.onDemandCost);
  return charge.kind === "usage" ? known.plus(charge.cost) : null;
};

/** Exact cost of rows. */
export const rowsCost = (rows: Iterable<CostRow>): Decimal => {
  let total = ZERO;
  for (const row of rows) total = total.plus(row.cost);
  return total;
};

/** Exact cost of what ran tasks, without what comes along. */
export const computeCost = (rows: readonly CostRow[]): Decimal =>
  rowsCost(rows.filter(({ launchType }) => launchType !== "overhead"));

/** Id of the ECS service of a row, `cluster/name`; undefined where no tag names one. */
export const serviceIdOf = ({ cluster, ecsService }: Pick<CostRow, "cluster" | "ecsService">): string | undefined =>
  (ecsService ?? "") === "" ? undefined : `${cluster ?? ""}/${ecsService}`;
