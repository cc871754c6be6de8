import type { Decimal } from "../units/decimal.ts";

/** An amount as a sentence shows it: `$12.30`, or `12.30 CNY` in another currency than dollars. */
export const moneyText = (amount: Decimal, currency: string): string => {
  const text = amount.toDecimalPlaces(2).toFixed(2);
  if (currency !== "USD") return `${text} ${currency}`;
  return text.startsWith("-") ? `-$${text.slice(1)}` : `$${text}`;
};
