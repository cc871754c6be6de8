import { isOnFargate } from "../../domain/placement/assume-placement.ts";
import type { PriceCatalogue } from "../../domain/pricing/price.ts";
import { fargateKey } from "../../domain/pricing/price-key.ts";
import { nineToOne, type SizeCost } from "../../domain/sizing/size-fit.ts";
import { CPU_UNITS_PER_VCPU, MIB_PER_GB } from "../../domain/units/size.ts";
import type { TaskShape } from "../../domain/workload/task.ts";
import type { ServiceCompute } from "../estimate/service-compute.ts";

/** USD per vCPU-hour and GB-hour. */
interface Rates {
  readonly vcpu: number;
  readonly gb: number;
}

/**
 * What a task of a size costs an hour the way the service runs: Fargate rates of its architecture, on-demand and Spot
 * in the proportion of its tasks. CPU and memory at 9 : 1 on instances, and where a rate is missing.
 */
export const sizeCostOf = ({ placement, task, tasks }: SizedCompute, catalogue: PriceCatalogue): SizeCost => {
  if (!isOnFargate(placement)) return nineToOne;
  const shares = [...(tasks ?? [])].map(([name, count]) => ({
    purchase: name === "FARGATE_SPOT" ? "spot" : "on-demand",
    weight: count.toNumber(),
  }));
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  const parts = total > 0 ? shares : [{ purchase: "on-demand", weight: 1 }];
  const rates = parts.map(({ purchase, weight }) => ({ rates: ratesOf(task, purchase, catalogue), weight }));
  let vcpu = 0;
  let gb = 0;
  for (const { rates: each, weight } of rates) {
    if (each === undefined) return nineToOne;
    vcpu += each.vcpu * weight;
    gb += each.gb * weight;
  }
  return ({ cpu, memory }) => (cpu / CPU_UNITS_PER_VCPU) * vcpu + (memory / MIB_PER_GB) * gb;
};

/** Where a service with a known task runs. */
export interface SizedCompute extends Pick<ServiceCompute, "placement" | "tasks"> {
  readonly task: TaskShape;
}

const ratesOf = ({ os, architecture }: TaskShape, purchase: string, catalogue: PriceCatalogue): Rates | undefined => {
  const vcpu = rateOf(fargateKey(os, architecture, purchase, "vcpu-hour"), catalogue);
  const gb = rateOf(fargateKey(os, architecture, purchase, "gb-hour"), catalogue);
  const licence = os === "windows" ? rateOf(fargateKey(os, architecture, "on-demand", "os-vcpu-hour"), catalogue) : 0;
  if (vcpu === undefined || gb === undefined || licence === undefined) return undefined;
  return { vcpu: vcpu + licence, gb };
};

/** Sizes are only put in order with it; money is priced by line items. */
const rateOf = (key: string, catalogue: PriceCatalogue): number | undefined => {
  const lookup = catalogue.find(key);
  const rate = lookup.found ? lookup.price.tiers[0]?.rate : undefined;
  return rate === undefined ? undefined : Number(rate);
};
