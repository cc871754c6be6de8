import type { PlacedCharge } from "../bill/place-bill.ts";
import type { BilledLine, UnplacedLine } from "../report/review-report.ts";
import { type Decimal, ZERO } from "../units/decimal.ts";
import { type CostRow, usedQuantity } from "./cost-row.ts";

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Rows added up to lines by service, usage type, region and launch type, the most expensive first. */
export const billedLines = (rows: Iterable<CostRow>): readonly BilledLine[] => {
  const lines = new Map<string, Draft<BilledLine>>();
  for (const { service, usageType, region, dimension, launchType, tie, unit, quantity, cost } of rows) {
    const key = [service, usageType, region ?? "", launchType, dimension ?? "", tie ?? "", unit].join("\n");
    let line = lines.get(key);
    if (line === undefined) {
      const along = tie === null ? {} : { tie };
      line = {
        service,
        usageType,
        region,
        dimension,
        launchType,
        ...along,
        quantity: ZERO,
        unit,
        rate: null,
        cost: ZERO,
      };
      lines.set(key, line);
    }
    line.quantity = line.quantity.plus(quantity);
    line.cost = line.cost.plus(cost);
  }
  return settle(lines);
};

/** Charges that could not be placed, added up alike. */
export const unplacedLines = (charges: Iterable<PlacedCharge>): readonly UnplacedLine[] => {
  const lines = new Map<string, Draft<UnplacedLine>>();
  for (const placed of charges) {
    const { charge, placing, region } = placed;
    if (placing.place !== "unplaced") continue;
    const { service, usageType, unit } = charge;
    const { reason } = placing;
    const key = [service, usageType, region ?? "", reason, unit].join("\n");
    let line = lines.get(key);
    if (line === undefined) {
      line = { service, usageType, region, quantity: ZERO, unit, rate: null, cost: ZERO, reason };
      lines.set(key, line);
    }
    line.quantity = line.quantity.plus(usedQuantity(placed));
    line.cost = line.cost.plus(charge.effectiveCost);
  }
  return settle(lines);
};

type Draft<Line> = { -readonly [Key in keyof Line]: Line[Key] };

interface Priced {
  cost: Decimal;
  quantity: Decimal;
  rate: Decimal | null;
}

const settle = <Line extends Priced>(lines: ReadonlyMap<string, Line>): readonly Line[] => {
  const entries = [...lines.entries()];
  entries.sort(([a, x], [b, y]) => y.cost.comparedTo(x.cost) || compareTexts(a, b));
  for (const [, line] of entries) line.rate = line.quantity.isZero() ? null : line.cost.div(line.quantity);
  return entries.map(([, line]) => line);
};
