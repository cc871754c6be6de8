import type { CommitmentRow, Ec2Book, ManagedInstancesFee, OnDemandRow, SpotRow } from "@ecs-cost/core";
import { amount, cell, type Dated, Newest, origin, type Row } from "./facts.ts";
import type { Origins } from "./origins.ts";
import { payment } from "./stated-prices.ts";

export interface InstanceFacts {
  readonly onDemand: readonly Row[];
  readonly reserved: readonly Row[];
  readonly commitments: readonly Row[];
  readonly spot: readonly Row[];
}

type OnDemand = Dated & { readonly rate: string };
type Committed = Dated & { readonly rate: string; readonly onDemandThatDay?: string };

/** EC2 prices of one region. All rows given are of that region. */
export const instancePrices = (facts: InstanceFacts, origins: Origins): Ec2Book => {
  const onDemand = onDemandFacts(facts);
  return {
    onDemand: Object.fromEntries(
      onDemand.map(([name, { rate, ...origin }]): [string, OnDemandRow] => [name, [rate, origins.place(origin)]]),
    ),
    spot: spotRows(facts.spot, origins),
    commitments: commitmentRows(facts, new Map(onDemand), origins),
  };
};

/** The on-demand price lists; a type that none of them has takes the rate that stood beside its reserved rates. */
const onDemandFacts = (facts: InstanceFacts): readonly (readonly [string, OnDemand])[] => {
  const newest = new Newest<OnDemand>();
  for (const row of facts.onDemand) {
    const name = cell(row, "instance_type");
    newest.add(name, { rate: amount(row, "usd_hour"), ...origin(row) });
  }
  for (const row of facts.reserved) {
    const name = cell(row, "instance_type");
    if (newest.has(name)) continue;
    newest.add(name, { rate: amount(row, "on_demand_that_day"), ...origin(row) });
  }
  return newest.entries();
};

const spotRows = (rows: readonly Row[], origins: Origins): Ec2Book["spot"] => {
  const sorted = [...rows].sort((a, b) => (cell(a, "instance_type") < cell(b, "instance_type") ? -1 : 1));
  return Object.fromEntries(
    sorted.map((row): [string, SpotRow] => {
      const band = Number(amount(row, "interruption_band"));
      const savings = amount(row, "savings_percent", /^-?\d+$/);
      return [cell(row, "instance_type"), [savings, band, origins.place(origin(row))]];
    }),
  );
};

/** Columns of the reserved table and the purchases that they state. */
export const RESERVED_COLUMNS = [
  ["standard_1y", "standard-ri-1y-no-upfront"],
  ["standard_3y", "standard-ri-3y-no-upfront"],
  ["convertible_1y", "convertible-ri-1y-no-upfront"],
  ["convertible_3y", "convertible-ri-3y-no-upfront"],
] as const;

const commitmentRows = (
  facts: InstanceFacts,
  onDemand: ReadonlyMap<string, OnDemand>,
  origins: Origins,
): Ec2Book["commitments"] => {
  const newest = new Newest<Committed>();
  for (const row of facts.reserved) addReserved(newest, row, onDemand);
  for (const row of facts.commitments) {
    const purchase = `${cell(row, "product").replaceAll("_", "-")}-${cell(row, "term_years")}y-${payment(row)}`;
    newest.add(`${purchase} ${cell(row, "instance_type")}`, { rate: amount(row, "usd_hour"), ...origin(row) });
  }
  const byPurchase: Record<string, Record<string, CommitmentRow>> = {};
  for (const [id, { rate, onDemandThatDay, ...origin }] of newest.entries()) {
    const [purchase = "", name = ""] = id.split(" ");
    const place = origins.place(origin);
    byPurchase[purchase] ??= {};
    byPurchase[purchase][name] = onDemandThatDay === undefined ? [rate, place] : [rate, place, onDemandThatDay];
  }
  return byPurchase;
};

const addReserved = (newest: Newest<Committed>, row: Row, onDemand: ReadonlyMap<string, OnDemand>): void => {
  const name = cell(row, "instance_type");
  const comparable = !(name.includes(".metal") && onDemand.get(name)?.source.includes("dedicated tenancy"));
  for (const [column, purchase] of RESERVED_COLUMNS) {
    if (cell(row, column) === "") continue;
    newest.add(`${purchase} ${name}`, {
      rate: amount(row, column),
      ...origin(row),
      ...(comparable ? { onDemandThatDay: amount(row, "on_demand_that_day") } : {}),
    });
  }
};

const SERIES: Readonly<
  Record<string, { readonly series: readonly string[]; readonly kept: readonly [number, number] }>
> = {
  "all types": { series: [], kept: [100, 100] },
  "G series": { series: ["g", "gr"], kept: [65, 100] },
  "P series and Trainium": { series: ["p", "trn"], kept: [40, 100] },
};

/** The fee of each series: the base fraction, less the announced reduction. */
export const managedInstancesFees = (rows: readonly Row[], origins: Origins): readonly ManagedInstancesFee[] => {
  const base = rows.find((row) => row["scope"] === "all types");
  if (base === undefined) throw new Error("The base fee of Managed Instances is missing");
  return rows.map((row) => {
    const rule = SERIES[cell(row, "scope")];
    if (rule === undefined) throw new Error(`Unknown scope of a Managed Instances fee: ${cell(row, "scope")}`);
    const documents = row === base ? [row] : [row, base];
    return {
      series: rule.series,
      fraction: scaled(amount(base, "fee_fraction"), rule.kept),
      origin: origins.place({
        asOf: cell(row, "as_of"),
        source: documents.map((each) => `${cell(each, "basis")} (${cell(each, "source")})`).join("; on "),
      }),
    };
  });
};

/** An exact product of a short decimal and a whole percentage. */
const scaled = (fraction: string, [part, whole]: readonly [number, number]): string => {
  const thousandths = Math.round(Number(fraction) * 1000);
  return String((thousandths * part) / whole / 1000);
};
