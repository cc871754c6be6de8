import type { RegionBook } from "@ecs-cost/core";
import { loadInstanceTypes } from "@ecs-cost/pricing-data";
import { fixedPriceKeys, parsePriceKey } from "../../../packages/core/src/domain/pricing/parsed-key.ts";
import { EC2_PURCHASES, parseCommitment } from "../../../packages/core/src/domain/pricing/purchase.ts";

const DISCOUNTS: Readonly<Record<string, number>> = {
  "compute-sp": 0.73,
  "instance-sp": 0.66,
  "standard-ri": 0.66,
  "convertible-ri": 0.72,
};

const PAYMENTS: Readonly<Record<string, number>> = { "no-upfront": 1, "partial-upfront": 0.95, "all-upfront": 0.93 };

const discountOf = (purchase: string): number => {
  const parsed = parseCommitment(purchase);
  if (parsed === undefined) return 1;
  return (DISCOUNTS[parsed.commitment] ?? 1) * (PAYMENTS[parsed.payment] ?? 1) * (parsed.term === 3 ? 0.7 : 1);
};

const digits = (rate: number): string => rate.toFixed(10).replace(/\.?0+$/, "");

const FARGATE_RATES = { "vcpu-hour": 0.04, "gb-hour": 0.0045, "os-vcpu-hour": 0.046 } as const;

const madeUp = (key: string): number => {
  const parsed = parsePriceKey(key);
  if (parsed?.kind === "fargate-ephemeral") return 0.000111;
  if (parsed?.kind !== "fargate") return 0.05;
  return FARGATE_RATES[parsed.meter] * (parsed.architecture === "arm64" ? 0.8 : 1) * discountOf(parsed.purchase);
};

/** Tells transfer to most regions from transfer to one of them. */
const unitOf = (key: string): { readonly unit?: string } =>
  key === "xfer.interregion_general_gb" ? { unit: "GB to most other regions" } : {};

/**
 * A book in which nothing is missing: what the base lacks is made up, and every instance type, or those named, is there in
 * every way.
 */
export const fullBook = (base: RegionBook, names?: readonly string[]): RegionBook => {
  const types = loadInstanceTypes().filter(({ name }) => names?.includes(name) ?? true);
  const onDemand = Object.fromEntries(
    types.map(({ name, vcpu, memoryMiB, gpuCount }) => {
      const rate = vcpu * 0.03 + (memoryMiB / 1024) * 0.004 + gpuCount * 0.6;
      return [name, [base.ec2.onDemand[name]?.[0] ?? digits(rate), 0] as const];
    }),
  );
  const commitments = Object.fromEntries(
    EC2_PURCHASES.filter((purchase) => parseCommitment(purchase) !== undefined).map((purchase) => [
      purchase,
      Object.fromEntries(
        Object.entries(onDemand).map(([name, [rate]]) => [
          name,
          [digits(Number(rate) * discountOf(purchase)), 0] as const,
        ]),
      ),
    ]),
  );
  const prices = Object.fromEntries(
    fixedPriceKeys()
      .filter((key) => !/^fargate-spot|^xfer\.interregion_us_east/.test(key))
      .map((key) => [key, base.prices[key] ?? { rate: digits(madeUp(key)), origin: 0, ...unitOf(key) }]),
  );
  return { ...base, prices: { ...prices, ...base.prices }, ec2: { ...base.ec2, onDemand, commitments } };
};
