import type { RegionBook } from "../../../domain/pricing/book.ts";
import { Decimal } from "../../../domain/units/decimal.ts";

/** Lowest and highest share of another rate that a rate can be. */
type Bounds = readonly [least: string, most: string];

/**
 * What a rate of an instance can be, as a share of its on-demand rate. AWS names at most 90 % off for Spot and 72 % for
 * commitments (product pages, checked 2026-11-20); the bounds leave as much room again.
 */
const BOUNDS: Readonly<Record<"spot" | "commitment", Bounds>> = {
  spot: ["0.02", "2"],
  commitment: ["0.05", "1.25"],
};

/** A rate that changed by more than this in either direction is no rate of the same thing. */
const MOST_CHANGE = 50;

/** Units of currency per vCPU-hour, also those of China: t4g.nano is at 0.0021, the dearest accelerators below 10 dollars. */
const PER_VCPU: Bounds = ["0.0004", "100"];

const isBetween = (rate: Decimal, [least, most]: Bounds, unit: Decimal): boolean =>
  rate.greaterThanOrEqualTo(unit.times(least)) && rate.lessThanOrEqualTo(unit.times(most));

/** Why an on-demand rate cannot be one, or undefined; `vcpus` are those that the price list names, NaN for none. */
export const onDemandDoubt = (
  book: RegionBook,
  instanceType: string,
  rate: string,
  vcpus: number,
): string | undefined => {
  const now = new Decimal(rate);
  if (now.isZero()) return `${rate} an hour is implausible: no instance is free`;
  const known = Object.hasOwn(book.ec2.onDemand, instanceType) ? book.ec2.onDemand[instanceType]?.[0] : undefined;
  if (known !== undefined && !new Decimal(known).isZero()) {
    const bounds: Bounds = [new Decimal(1).dividedBy(MOST_CHANGE).toFixed(), String(MOST_CHANGE)];
    if (isBetween(now, bounds, new Decimal(known))) return undefined;
    return `${rate} an hour is implausible: the rate in use is ${known}`;
  }
  if (!(vcpus > 0) || isBetween(now, PER_VCPU, new Decimal(vcpus))) return undefined;
  return `${rate} an hour is implausible for ${vcpus} vCPU`;
};

/** Why a Spot price or the effective rate of a commitment cannot be one beside the on-demand rate, or undefined. */
export const shareDoubt = (kind: "spot" | "commitment", rate: string, onDemand: string): string | undefined => {
  const base = new Decimal(onDemand);
  if (base.isZero() || isBetween(new Decimal(rate), BOUNDS[kind], base)) return undefined;
  const share = new Decimal(rate).dividedBy(base).times(100).toSignificantDigits(2).toFixed();
  return `${rate} an hour is implausible: it is ${share} % of the on-demand rate of ${onDemand}`;
};
