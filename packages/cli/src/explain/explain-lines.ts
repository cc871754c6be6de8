import type { EstimateReport, LineItem, Price, PriceCatalogue, ServiceEstimate } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";

/** One line of a bill with everything that it follows from. */
export interface ExplainedLine {
  /** `cluster/name`, or `shared`. */
  readonly subject: string;
  readonly dimension: string;
  readonly usageType: string;
  /** `quantity unit x rate = cost`, unrounded. */
  readonly formula: string;
  /** What the quantity is made of; absent where it is more than tasks x size x hours. */
  readonly quantityFormula?: string;
  readonly cost: Decimal;
  /** The row of the price book; null where the book has none under this key. */
  readonly price: Price | null;
  /** How the rate stands to that row. */
  readonly rateNote: string;
  readonly assumptions: readonly string[];
}

const CPU_UNITS = 1024;
const MIB = 1024;

/** Lines of one service, or of what is shared, traced to quantity and price row. */
export const explainLines = (
  subject: string,
  lines: readonly LineItem[],
  catalogue: PriceCatalogue | undefined,
  service: ServiceEstimate | undefined,
  hoursPerMonth: EstimateReport["hoursPerMonth"],
): readonly ExplainedLine[] =>
  lines.map((line) => {
    const { dimension, usageType, quantity, unit, rate, cost, assumptions = [] } = line;
    const found = catalogue?.find(dimension);
    const price = found?.found === true ? found.price : null;
    const made = service === undefined ? undefined : quantityFormula(line, service, new Decimal(hoursPerMonth));
    return {
      subject,
      dimension,
      usageType,
      formula: `${quantity.toFixed()} ${unit} x ${rate.toFixed()} = ${cost.toFixed()}`,
      ...(made === undefined ? {} : { quantityFormula: made }),
      cost,
      price,
      rateNote: price === null ? "the price book has no row under this key" : rateNote(line, price),
      assumptions,
    };
  });

/** Tasks x size x hours, where that is the whole quantity. */
const quantityFormula = (
  { dimension, quantity }: LineItem,
  { cpu, memory, tasks }: ServiceEstimate,
  hours: Decimal,
): string | undefined => {
  if (cpu === null || memory === null || tasks === null || !dimension.startsWith("fargate")) return undefined;
  const ofCpu = dimension.endsWith("/vcpu-hour");
  if (!ofCpu && !dimension.endsWith("/gb-hour")) return undefined;
  const each = ofCpu ? new Decimal(cpu).div(CPU_UNITS) : new Decimal(memory).div(MIB);
  const count = Object.values(tasks).find((number) => each.times(hours).times(number).eq(quantity));
  if (count === undefined) return undefined;
  return `${count} tasks x ${each.toFixed()} ${ofCpu ? "vCPU" : "GB"} x ${hours.toFixed()} hours`;
};

const rateNote = ({ rate, listRate }: LineItem, { tiers }: Price): string => {
  const isTier = (wanted: Decimal): boolean => tiers.some((tier) => wanted.eq(tier.rate));
  if (listRate !== undefined) return `discounted from the list rate ${listRate.toFixed()}`;
  if (isTier(rate)) return tiers.length === 1 ? "the rate of the row" : "the rate of one tier of the row";
  return tiers.length === 1 ? "not the rate of the row: another purchase or a share of a fleet" : "a mean over tiers";
};
