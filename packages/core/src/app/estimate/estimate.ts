import { listCost } from "../../domain/costing/costed-lines.ts";
import type { Issue } from "../../domain/issues/issue.ts";
import type { PriceCatalogue } from "../../domain/pricing/price.ts";
import { type EstimateReport, SCHEMA_VERSION, type ServiceEstimate } from "../../domain/report/report.ts";
import { type Decimal, sum, ZERO } from "../../domain/units/decimal.ts";
import type { Inventory } from "../../domain/workload/inventory.ts";
import { type CostContext, type CostSettings, createContext } from "../context/cost-context.ts";
import { identityOf } from "../context/service-identity.ts";
import { noteMissingPrices, notePrices } from "./price-notes.ts";
import { type EstimatedCosts, estimateCosts, type ServiceCost } from "./service-costs.ts";

/**
 * What the workloads of an inventory cost in a month as they are configured, in USD, line by line as AWS bills them.
 * Nothing is thrown for what is not known: it stands in `issues`, and is in no total.
 */
export const estimate = (
  inventory: Inventory,
  catalogue: PriceCatalogue,
  settings: CostSettings = {},
): EstimateReport => estimateIn(createContext(inventory, catalogue, settings));

/** The same of a context. */
export const estimateIn = (context: CostContext): EstimateReport => {
  const costs = estimateCosts(context);
  noteCosts(costs, context);
  return {
    ...reportHead("estimate", context),
    ...totalsOf(costs, context),
    services: costs.services.map(serviceEstimate),
    shared: costs.shared,
    fleets: costs.fleets.reports,
    ...reportTail(context),
  };
};

/** Tells which prices are missing, derived or old among what the inventory uses as configured. */
export const noteCosts = (costs: EstimatedCosts, context: CostContext): void => {
  const parts = costs.services.map(({ compute, lines }) => ({ subject: compute.service.id, lines }));
  noteMissingPrices([...parts, { subject: "shared", lines: costs.shared }], "warning", context);
  notePrices([...parts.flatMap(({ lines }) => lines.lineItems), ...costs.shared.lineItems], context);
};

/** Issues of costs that are in no line. */
const LEFT_OUT: ReadonlySet<string> = new Set(["not-understood", "unknown-cost"] satisfies Issue["code"][]);

/** Whether something that is billed is not in the lines at all. */
const leavesOut = ({ notes }: CostContext): boolean =>
  notes.issues().some(({ code, severity }) => severity !== "info" && LEFT_OUT.has(code));

/** Exact sum of what could be priced, null where nothing could, and whether that is everything. */
export const totalsOf = (
  costs: EstimatedCosts,
  context: CostContext,
): Pick<EstimateReport, "totalMonthlyCost" | "listMonthlyCost" | "converted" | "complete"> => {
  const services = costs.services.map(({ lines }) => lines);
  const isEmpty = costs.shared.lineItems.length + costs.shared.unpriced.length === 0;
  const parts = isEmpty ? services : [...services, costs.shared];
  const nothingKnown = parts.length > 0 && parts.every(({ monthlyCost }) => monthlyCost === null);
  const totalMonthlyCost = nothingKnown ? null : knownTotal(costs);
  const currency = context.catalogue.rateCard?.currency;
  return {
    totalMonthlyCost,
    ...listCost([...services, costs.shared].flatMap(({ lineItems }) => lineItems)),
    ...(currency === undefined
      ? {}
      : { converted: { ...currency, totalMonthlyCost: totalMonthlyCost?.times(currency.perUsd) ?? null } }),
    complete: parts.every(({ complete }) => complete) && !leavesOut(context),
  };
};

/** Exact sum of what could be priced. */
export const knownTotal = ({ services, shared }: EstimatedCosts): Decimal =>
  sum([...services.map(({ lines }) => lines), shared].map(({ monthlyCost }) => monthlyCost ?? ZERO));

export const reportHead = <Command extends string>(command: Command, { catalogue, hours }: CostContext) =>
  ({
    schemaVersion: SCHEMA_VERSION,
    command,
    region: catalogue.region,
    currency: "USD",
    hoursPerMonth: hours.toFixed(),
    prices: { source: catalogue.source, asOf: catalogue.asOf },
    ...(catalogue.rateCard === undefined ? {} : { rateCard: catalogue.rateCard }),
  }) as const;

export const reportTail = ({ notes }: CostContext) => ({ assumptions: notes.assumptions(), issues: notes.issues() });

const serviceEstimate = ({ compute, lines }: ServiceCost): ServiceEstimate => ({
  ...identityOf(compute.service),
  runsOn: compute.runsOn,
  tasks:
    compute.tasks === undefined
      ? null
      : Object.fromEntries([...compute.tasks].map(([name, tasks]) => [name, tasks.toDecimalPlaces(6).toNumber()])),
  ...lines,
});
