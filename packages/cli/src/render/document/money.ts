import type { Decimal } from "@ecs-cost/core/estimate";
import { signedDollars } from "./change-figures.ts";
import { dollars, UNKNOWN } from "./figures.ts";

/** Amounts of one currency as text: plain, and with their sign. */
export interface Money {
  readonly plain: (amount: Decimal | null) => string;
  readonly signed: (amount: Decimal | null) => string;
}

const inCurrency =
  (draw: (amount: Decimal | null) => string, currency: string) =>
  (amount: Decimal | null): string =>
    amount === null ? UNKNOWN : `${draw(amount).replace("$", "")} ${currency}`;

/** Dollars as `$1,234.57`, every other currency as `1,234.57 CNY`. */
export const moneyIn = (currency: string): Money =>
  currency === "USD"
    ? { plain: dollars, signed: signedDollars }
    : { plain: inCurrency(dollars, currency), signed: inCurrency(signedDollars, currency) };
