import type { TaskSize } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";

/** What stands where a figure is not known. */
export const UNKNOWN = "unknown";

const CENT = new Decimal("0.01");

const grouped = (digits: string): string => digits.replace(/\B(?=(?:\d{3})+(?!\d))/g, ",");

/**
 * Dollars and cents with thousands separators, rounded half up: the only place where money is rounded.
 *
 * @example dollars(new Decimal("1234.565")) // "$1,234.57"
 */
export const dollars = (amount: Decimal | null): string => {
  if (amount === null) return UNKNOWN;
  const size = amount.abs();
  if (!size.isZero() && size.lessThan(CENT)) return amount.isNegative() ? "> -$0.01" : "< $0.01";
  return `${amount.isNegative() && !amount.isZero() ? "-" : ""}$${moneyOf(size)}`;
};

/** An amount of any currency to two decimals with thousands separators. */
export const moneyOf = (amount: Decimal): string => {
  const [whole = "0", cents = "00"] = amount.toFixed(2, Decimal.ROUND_HALF_UP).split(".");
  return `${grouped(whole)}.${cents}`;
};

/** A sum of which a part is not known: at least that much. */
export const dollarsOf = (amount: Decimal | null, complete: boolean): string =>
  amount === null || complete ? dollars(amount) : `≥ ${dollars(amount)}`;

/** How a report begins: its total, what of it is known, or that nothing is. */
export const monthlyTitle = (total: Decimal | null, complete: boolean): string =>
  total === null ? "Cost not known" : `${complete ? "" : "At least "}${dollars(total)} a month`;

/** A rate in dollars with all its digits. */
export const rateOf = (rate: Decimal): string => `$${rate.toFixed()}`;

/** A quantity to four decimals at most, with thousands separators. */
export const quantityOf = (quantity: Decimal | number): string => {
  const [whole = "0", rest] = new Decimal(quantity).toDecimalPlaces(4, Decimal.ROUND_HALF_UP).toFixed().split(".");
  return rest === undefined ? grouped(whole) : `${grouped(whole)}.${rest}`;
};

/** A share (0 to 1) in percent to one decimal. */
export const percent = (share: Decimal | null): string =>
  share === null ? UNKNOWN : `${share.times(100).toFixed(1, Decimal.ROUND_HALF_UP)}%`;

/** `0.5 vCPU 1 GB`, or unknown where the task definition is missing. */
export const sizeOf = ({ cpu, memory }: { readonly cpu: number | null; readonly memory: number | null }): string =>
  cpu === null || memory === null ? UNKNOWN : taskSize({ cpu, memory });

const taskSize = ({ cpu, memory }: TaskSize): string =>
  `${quantityOf(new Decimal(cpu).div(1024))} vCPU ${quantityOf(new Decimal(memory).div(1024))} GB`;

/** `1 service`, `2 services`. */
export const counted = (count: number, noun: string): string =>
  `${grouped(String(count))} ${noun}${count === 1 ? "" : "s"}`;
