import { type CapacityOption, isSpot } from "./capacity-option.ts";
import { expectedPrice } from "./capacity-problem.ts";

/** More providers than this are not searched together. */
const MOST_OPTIONS = 4;

export interface WorthwhileOptions {
  readonly kept: readonly CapacityOption[];
  /** On-demand providers that a cheaper one replaces at every count. */
  readonly dearer: readonly CapacityOption[];
  /** Left out only to keep the search small: the dearest Spot providers. */
  readonly leftOut: readonly CapacityOption[];
}

/**
 * Drops what cannot be part of the best strategy (on-demand providers dearer than one without a limit), then the
 * dearest beyond `MOST_OPTIONS`, with the cheapest on-demand provider always kept.
 */
export const worthwhileOptions = (options: readonly CapacityOption[]): WorthwhileOptions => {
  const cheapest = options.filter((option) => !isSpot(option) && option.maxTasks === undefined).sort(byPrice)[0];
  const undercuts = (option: CapacityOption): boolean =>
    cheapest === undefined || isSpot(option) || option === cheapest || option.price.lt(cheapest.price);
  const useful = options.filter(undercuts);
  const ranked = useful.filter((option) => option !== cheapest).sort(byPrice);
  const room = MOST_OPTIONS - (cheapest === undefined ? 0 : 1);
  const leftOut = ranked.slice(room);
  return {
    kept: useful.filter((option) => !leftOut.includes(option)),
    dearer: options.filter((option) => !undercuts(option)),
    leftOut,
  };
};

const byPrice = (a: CapacityOption, b: CapacityOption): number =>
  expectedPrice(a).comparedTo(expectedPrice(b)) || (a.capacityProvider < b.capacityProvider ? -1 : 1);
