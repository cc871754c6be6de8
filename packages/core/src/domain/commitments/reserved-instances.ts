import { Decimal } from "../units/decimal.ts";
import type { CommitmentUse, InstanceUsage, ReservedInstance } from "./commitment.ts";
import { familyOf, normalizationFactor } from "./normalization-factor.ts";
import { byId, DECIMAL_PLACES, type OpenUsage } from "./open-usage.ts";

/** An instance that a reservation can cover and how much of the reservation one hour of it takes. */
interface Candidate {
  readonly line: OpenUsage;
  readonly factor: Decimal;
}

/**
 * Covers instances with reservations: those of one size first, then the size-flexible ones, which go to the smallest
 * size first and can cover a larger instance in part. Reservations of one kind go by id.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/apply_ri.html checked 2026-11-20
 */
export const applyReservedInstances = (
  reservations: readonly ReservedInstance[],
  open: readonly OpenUsage[],
): CommitmentUse[] => {
  const order = [...reservations].sort((a, b) => Number(isFlexible(a)) - Number(isFlexible(b)) || byId(a, b));
  const uses = new Map(order.map((reservation) => [reservation, applyReservation(reservation, open)]));
  return reservations.flatMap((reservation) => uses.get(reservation) ?? []);
};

const isFlexible = (reservation: ReservedInstance): boolean =>
  reservation.sizeFlexible && normalizationFactor(reservation.instanceType) !== undefined;

/** Counts in normalised units, so that only the instance at which the reservation ends is divided. */
const applyReservation = (reservation: ReservedInstance, open: readonly OpenUsage[]): CommitmentUse => {
  const { id, count, rate } = reservation;
  const flexible = isFlexible(reservation);
  const own = new Decimal(flexible ? (normalizationFactor(reservation.instanceType) ?? 1) : 1);
  let units = count.times(own);
  for (const { line, factor } of candidates(reservation, flexible, open)) {
    if (units.isZero()) break;
    const needed = line.left.times(factor);
    const whole = needed.lessThanOrEqualTo(units);
    const taken = whole ? needed : units;
    const quantity = whole ? line.left : units.div(factor).toDecimalPlaces(DECIMAL_PLACES, Decimal.ROUND_DOWN);
    line.reserved.push({ id, quantity, cost: taken.div(own).times(rate) });
    line.left = line.left.minus(quantity);
    units = units.minus(taken);
  }
  const unused = units.div(own).toDecimalPlaces(DECIMAL_PLACES);
  return { id, committed: count, used: count.minus(unused), unused };
};

const candidates = (reservation: ReservedInstance, flexible: boolean, open: readonly OpenUsage[]): Candidate[] => {
  const found: Candidate[] = [];
  for (const line of open) {
    const { instance } = line.usage;
    if (instance === undefined || line.left.isZero() || !samePlace(instance, reservation)) continue;
    const factor = flexible ? familyFactor(instance.instanceType, reservation.instanceType) : undefined;
    if (factor !== undefined) found.push({ line, factor: new Decimal(factor) });
    else if (instance.instanceType === reservation.instanceType) found.push({ line, factor: new Decimal(1) });
  }
  return found.sort((a, b) => a.factor.comparedTo(b.factor) || byId(a.line.usage, b.line.usage));
};

const familyFactor = (instanceType: string, reservedType: string): string | undefined =>
  familyOf(instanceType) === familyOf(reservedType) ? normalizationFactor(instanceType) : undefined;

const samePlace = (a: InstanceUsage, b: InstanceUsage): boolean =>
  a.region === b.region && (a.platform ?? "linux") === (b.platform ?? "linux");
