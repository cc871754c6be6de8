import { Decimal } from "../units/decimal.ts";

/** Finest step of a part where the total itself has no finer one: 1e-12. */
const DECIMAL_PLACES = 12;

/**
 * Splits a total over integer weights so that the parts add up to it exactly: whole multiples of 1e-12 (or of the
 * total's own last digit, if finer) by largest remainder, ties to the first. Weights that are all zero share equally.
 * Split quantities with it, never money, so that every cost stays quantity x rate.
 *
 * @example allocate(new Decimal(1), [2, 1]) // 0.666666666667, 0.333333333333
 */
export const allocate = (total: Decimal, weights: readonly (bigint | number)[]): Decimal[] => {
  const scale = Math.max(DECIMAL_PLACES, total.decimalPlaces());
  return allocateUnits(toUnits(total, scale), weights.map(BigInt)).map((units) => fromUnits(units, scale));
};

/** The quantity as a whole number of 10^-scale; exact where it has no more decimal places than that. */
export const toUnits = (quantity: Decimal, scale: number): bigint => BigInt(quantity.toFixed(scale).replace(".", ""));

/** The inverse of `toUnits`. */
export const fromUnits = (units: bigint, scale: number): Decimal => new Decimal(`${units}e-${scale}`);

/** Splits whole units over weights by largest remainder, ties to the first. */
export const allocateUnits = (total: bigint, weights: readonly bigint[]): bigint[] => {
  if (total < 0n || weights.some((weight) => weight < 0n)) throw new RangeError("Totals and weights are not negative");
  let sum = 0n;
  for (const weight of weights) sum += weight;
  if (sum === 0n) {
    if (weights.length === 0 && total > 0n) throw new RangeError("There is nobody to allocate to");
    return weights.length === 0
      ? []
      : allocateUnits(
          total,
          weights.map(() => 1n),
        );
  }
  const parts = weights.map((weight) => (total * weight) / sum);
  let left = total;
  for (const part of parts) left -= part;
  if (left === 0n) return parts;
  const order = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of order.slice(0, Number(left))) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts;
};
