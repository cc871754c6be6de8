import { type BilledMeter, billedMeter } from "../bill/billed-meter.ts";
import type { Charge } from "../bill/charge.ts";
import { parsePriceKey } from "../pricing/parsed-key.ts";
import type { PriceKey } from "../pricing/price.ts";
import { ec2Key, fargateKey } from "../pricing/price-key.ts";
import type { Purchase } from "../pricing/purchase.ts";
import { Decimal } from "../units/decimal.ts";
import type { ReviewScene } from "./review-scene.ts";
import { isWithin } from "./review-window.ts";

/** Usage on demand that a plan could cover, by what it is. */
export interface OpenUsage {
  readonly usageType: string;
  readonly region: string;
  /** Price key of the usage under a plan. */
  readonly keyUnder: (plan: Purchase) => PriceKey;
  readonly quantity: Decimal;
  readonly onDemand: Decimal;
}

/** Hours that are alike, with the usage of one of them. */
export interface OpenHours {
  readonly hours: Decimal;
  readonly usage: readonly OpenUsage[];
}

const HOURS_PER_DAY = 24;

/**
 * What of ECS ran on demand and could be covered, hour by hour; where the bill knows no hours, days are taken as flat, and
 * where it knows no days, the whole period. Usage that a commitment covers already is left out, hours without any are kept.
 */
export const openHours = (scene: ReviewScene): readonly OpenHours[] =>
  knowsHours(scene) ? realHours(scene) : flatHours(scene);

/** Whether the bill tells the use of single hours; one by the day begins every line at midnight. */
export const knowsHours = ({ bill }: ReviewScene): boolean => bill.hours !== null && bill.detail.granularity === "hour";

const realHours = (scene: ReviewScene): readonly OpenHours[] => {
  const { bill, period } = scene;
  const ofEcs = instancesOfEcs(scene);
  const byHour = new Map<string, OpenUsage[]>();
  for (const line of bill.hours ?? []) {
    const { hour, covered, service, usageType, region } = line;
    if (covered || !isWithin(hour.slice(0, 10), period)) continue;
    const meter = billedMeter(service, usageType, "", region ?? "");
    const place = region || meter.region;
    if (meter.kind === "instance" && !ofEcs(usageType, place)) continue;
    addUsage(byHour, hour, meter, place, line);
  }
  return withEmpty([...byHour].sort(byKey), 1, period.days * HOURS_PER_DAY);
};

const flatHours = ({ bill, current, period }: ReviewScene): readonly OpenHours[] => {
  const byDay = new Map<string, OpenUsage[]>();
  for (const { charge, meter, placing, region } of current) {
    if (placing.place !== "ecs" || charge.kind !== "usage") continue;
    addUsage(byDay, charge.day, meter, region ?? "", charge);
  }
  const hours = bill.detail.granularity === "month" ? period.days * HOURS_PER_DAY : HOURS_PER_DAY;
  const flat = [...byDay]
    .sort(byKey)
    .map(([day, usage]): [string, readonly OpenUsage[]] => [
      day,
      usage.map((each) => ({ ...each, quantity: each.quantity.div(hours), onDemand: each.onDemand.div(hours) })),
    ]);
  return withEmpty(flat, hours, period.days * HOURS_PER_DAY);
};

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

/** The hours with usage, each standing for so many, and those of the period without any. */
const withEmpty = (
  times: readonly (readonly [string, readonly OpenUsage[]])[],
  each: number,
  all: number,
): readonly OpenHours[] => {
  const used = times.map(([, usage]): OpenHours => ({ hours: new Decimal(each), usage }));
  const left = all - each * used.length;
  return left > 0 ? [...used, { hours: new Decimal(left), usage: [] }] : used;
};

const addUsage = (
  times: Map<string, OpenUsage[]>,
  time: string,
  meter: BilledMeter,
  region: string,
  { usageType, quantity, cost }: Pick<Charge, "usageType" | "quantity" | "cost">,
): void => {
  const keyUnder = planKey(meter);
  if (keyUnder === undefined) return;
  const usage = times.get(time) ?? [];
  usage.push({ usageType, region, keyUnder, quantity: new Decimal(quantity), onDemand: new Decimal(cost) });
  times.set(time, usage);
};

/** The price key of on-demand usage under a plan; undefined for what no Compute Savings Plan covers. */
const planKey = (meter: BilledMeter): OpenUsage["keyUnder"] | undefined => {
  if (meter.kind === "instance" && meter.market === "on-demand" && meter.key !== null) {
    return (plan) => ec2Key(meter.instanceType, plan);
  }
  const parsed = meter.kind === "fargate" && meter.market === "on-demand" ? parsePriceKey(meter.key) : undefined;
  if (parsed?.kind !== "fargate") return undefined;
  return (plan) => fargateKey(parsed.os, parsed.architecture, plan, parsed.meter);
};

/** Hours name no tags and no operation: instances count where all of their type and region are container instances with a price. */
const instancesOfEcs = ({ current }: ReviewScene): ((usageType: string, region: string) => boolean) => {
  const ecs = new Set<string>();
  const others = new Set<string>();
  for (const { charge, meter, placing, region } of current) {
    if (meter.kind !== "instance" || placing.place === "split") continue;
    (placing.place === "ecs" && meter.key !== null ? ecs : others).add(`${charge.usageType} ${region ?? ""}`);
  }
  return (usageType, region) => ecs.has(`${usageType} ${region}`) && !others.has(`${usageType} ${region}`);
};
