import type { ChangeCauses } from "../report/review-report.ts";
import { type Decimal, ZERO } from "../units/decimal.ts";
import type { CostRow } from "./cost-row.ts";

/** One usage type in one region within its family. */
interface Line {
  quantity: Decimal;
  cost: Decimal;
}

interface Family {
  readonly before: Map<string, Line>;
  readonly after: Map<string, Line>;
}

/** Parts that come out of a division are cut here; what is cut goes to the mix, so that the sum is exact. */
const DECIMAL_PLACES = 12;

/**
 * Why cost changed. In each family of usage that can replace each other, with Q the quantity, R the cost of one unit of
 * the family before and r the cost of one unit of a usage type:
 *
 *     price    = sum of (r after - r before) x quantity after, over usage types that were there before
 *     quantity = (Q after - Q before) x R before
 *     mix      = change - price - quantity
 *
 * What is new or gone as a family is quantity; cost without any quantity is price.
 */
export const changeCauses = (before: readonly CostRow[], after: readonly CostRow[]): ChangeCauses => {
  let [price, quantity, change] = [ZERO, ZERO, ZERO];
  for (const family of familiesOf(before, after).values()) {
    const causes = familyCauses(family);
    price = price.plus(causes.price);
    quantity = quantity.plus(causes.quantity);
    change = change.plus(causes.change);
  }
  return { price, quantity, mix: change.minus(price).minus(quantity) };
};

const familiesOf = (before: readonly CostRow[], after: readonly CostRow[]): ReadonlyMap<string, Family> => {
  const families = new Map<string, Family>();
  const collect = (rows: readonly CostRow[], side: keyof Family): void => {
    for (const row of rows) {
      const name = `${row.family}\n${row.unit}`;
      let family = families.get(name);
      if (family === undefined) {
        family = { before: new Map(), after: new Map() };
        families.set(name, family);
      }
      const key = `${row.usageType}\n${row.region ?? ""}`;
      const line = family[side].get(key) ?? { quantity: ZERO, cost: ZERO };
      family[side].set(key, { quantity: line.quantity.plus(row.quantity), cost: line.cost.plus(row.cost) });
    }
  };
  collect(before, "before");
  collect(after, "after");
  return families;
};

const total = (lines: ReadonlyMap<string, Line>): Line => {
  let [quantity, cost] = [ZERO, ZERO];
  for (const line of lines.values()) {
    quantity = quantity.plus(line.quantity);
    cost = cost.plus(line.cost);
  }
  return { quantity, cost };
};

const familyCauses = ({ before, after }: Family): { price: Decimal; quantity: Decimal; change: Decimal } => {
  const [was, is] = [total(before), total(after)];
  const change = is.cost.minus(was.cost);
  if (was.quantity.isZero() && is.quantity.isZero()) return { price: change, quantity: ZERO, change };
  if (was.quantity.isZero() || is.quantity.isZero()) return { price: ZERO, quantity: change, change };
  if (isSameRate(was, is) && isOneLine(before, after)) return { price: ZERO, quantity: change, change };
  const quantity = was.cost.times(is.quantity.minus(was.quantity)).div(was.quantity).toDecimalPlaces(DECIMAL_PLACES);
  let price = ZERO;
  for (const [key, line] of after) {
    const then = before.get(key);
    if (then === undefined || then.quantity.isZero()) continue;
    price = price.plus(line.cost.minus(then.cost.times(line.quantity).div(then.quantity)));
  }
  return { price: price.toDecimalPlaces(DECIMAL_PLACES), quantity, change };
};

const isSameRate = (was: Line, is: Line): boolean => was.cost.times(is.quantity).equals(is.cost.times(was.quantity));

const isOneLine = (before: ReadonlyMap<string, Line>, after: ReadonlyMap<string, Line>): boolean =>
  before.size === 1 && after.size === 1 && [...before.keys()][0] === [...after.keys()][0];
