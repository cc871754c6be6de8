import type { StrategyItem } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import { UNKNOWN } from "../../document/figures.ts";

const SHORT_NAMES: Readonly<Record<string, string>> = { FARGATE_SPOT: "SPOT" };

/** `FARGATE base 2 w1 + SPOT w3`; a provider that stands alone needs no weight. */
export const strategyText = (items: readonly StrategyItem[]): string =>
  items
    .map(({ capacityProvider, base, weight }) => {
      const alone = items.length === 1 ? "" : ` w${weight}`;
      return `${nameOf(capacityProvider, items)}${base === 0 ? "" : ` base ${base}`}${alone}`;
    })
    .join(" + ");

const nameOf = (provider: string, items: readonly StrategyItem[]): string =>
  items.length > 1 && Object.hasOwn(SHORT_NAMES, provider) ? (SHORT_NAMES[provider] ?? provider) : provider;

/** `FARGATE:base=2:weight=1 FARGATE_SPOT:base=0:weight=3`, as `capacity split` takes it. */
export const strategyArguments = (items: readonly StrategyItem[]): string =>
  items.map(({ capacityProvider, base, weight }) => `${capacityProvider}:base=${base}:weight=${weight}`).join(" ");

/** `3 + 7`, in the order of the strategy. */
export const tasksText = (items: readonly StrategyItem[], tasks: Readonly<Record<string, number>>): string =>
  items.map(({ capacityProvider }) => tasks[capacityProvider] ?? 0).join(" + ");

/** A share of the time in percent, to four decimals, never rounded up: 99.99999 % is not all of the time. */
export const availabilityText = (share: Decimal | null): string =>
  share === null ? UNKNOWN : `${share.times(100).toDecimalPlaces(4, Decimal.ROUND_DOWN).toFixed()}%`;
