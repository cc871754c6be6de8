import type { CostedLines } from "../../domain/costing/costed-lines.ts";
import type { UsageByService } from "../../domain/demand/usage-by-service.ts";
import type { Issue } from "../../domain/issues/issue.ts";
import type { PriceCatalogue } from "../../domain/pricing/price.ts";
import type { RightsizeReport, ServiceRightsizing } from "../../domain/report/rightsize-report.ts";
import type { SizeAdvice } from "../../domain/rightsizing/advise-sizes.ts";
import { divideContainers } from "../../domain/rightsizing/divide-containers.ts";
import { type Decimal, sum, ZERO } from "../../domain/units/decimal.ts";
import type { Inventory } from "../../domain/workload/inventory.ts";
import { type CostContext, createContext } from "../context/cost-context.ts";
import { matchUsage } from "../context/match-usage.ts";
import { NAMED } from "../context/named-assumptions.ts";
import { identityOf } from "../context/service-identity.ts";
import { knownTotal, noteCosts, reportHead, reportTail, totalsOf } from "../estimate/estimate.ts";
import { reprice, savingBetween, withAdvice } from "../estimate/reprice-service.ts";
import { type EstimatedCosts, estimateCosts, type ServiceCost } from "../estimate/service-costs.ts";
import { backtestReport } from "./backtest-usage.ts";
import { accountPast } from "./calibrate.ts";
import { type AdvisedService, type PricedAdvice, priceAdvice } from "./combine-advice.ts";
import { compareStrategies } from "./compare-strategies.ts";
import { type JudgedService, judgeService } from "./judge-service.ts";
import { type RightsizePlan, type RightsizeSettings, settingsReport, settlePlan } from "./settings.ts";
import { type RightsizeSubject, runsOnFargate, subjectOf } from "./subject.ts";

/**
 * Task sizes that utilization allows, what they save in USD a month and why. `usage` holds series by service as their
 * source names it: `name` or `cluster/name`. Every service is answered: resize, keep or withheld.
 *
 * @throws {RangeError} where a strategy or one of its settings is unknown or out of range.
 */
export const rightsize = (
  inventory: Inventory,
  usage: UsageByService,
  catalogue: PriceCatalogue,
  settings: RightsizeSettings = {},
): RightsizeReport => {
  const settled = settlePlan(settings);
  const context = createContext(inventory, catalogue, settings);
  const matched = matchUsage(inventory.services, usage, context.notes);
  const costs = estimateCosts(context);
  noteCosts(costs, context);
  const subjectFor = (cost: ServiceCost): RightsizeSubject => {
    const { id } = cost.compute.service;
    return subjectOf(cost, matched.usageOf(id), matched.ambiguous.has(id), settled, catalogue);
  };
  const account = accountPast(costs.services, subjectFor, settled, settings);
  const plan = { ...settled, account };
  const judged = costs.services.map((cost) => judgeService(subjectFor(cost), plan, settings));
  const sizes = judged.map(({ size }) => size);
  noteWithheld(sizes, context);
  if (judged.some(losesNetwork)) context.notes.assume(NAMED.networkWithSize);
  const resized = withSizes(sizes, context);
  const advised = judged.map((each, index) => advisedService(each, resized.services[index]));
  const extras = priceAdvice(advised, context);
  if ([...extras.values()].some(({ combined }) => combined.advice.includes("office-hours"))) {
    context.notes.assume(NAMED.hourlyScaled);
  }
  const services = advised.map((each, index) => serviceReport(each, judged[index], extras));
  const others = {
    ...(settings.compareStrategies === true
      ? {
          strategies: compareStrategies(
            judged.map(({ byStrategy }) => byStrategy),
            costs,
            plan,
            context,
          ),
        }
      : {}),
    ...(settings.backtest === undefined || settings.backtest === false
      ? {}
      : {
          backtest: backtestReport(
            judged.flatMap(({ backtested }) => backtested ?? []),
            plan,
            settings.backtest,
          ),
        }),
  };
  return { ...assemble(services, costs, resized, plan, context), ...others, ...reportTail(context) };
};

const losesNetwork = ({ cost, size: { advice, current, recommended } }: JudgedService): boolean =>
  advice === "resize" && runsOnFargate(cost) && (recommended?.cpu ?? 0) < (current?.cpu ?? 0);

const withSizes = (sizes: readonly SizeAdvice[], context: CostContext): EstimatedCosts => {
  const byId = new Map(sizes.map((size) => [size.id, size]));
  if (sizes.some(({ advice, tasks }) => advice === "resize" && tasks !== null))
    context.notes.assume(NAMED.trackedTasks);
  return reprice(context, context.inventory.services, (service) => withAdvice(service, byId.get(service.id)));
};

const advisedService = (
  { cost, size, changes }: JudgedService,
  resized: EstimatedCosts["services"][number] | undefined,
): AdvisedService => {
  if (resized === undefined) throw new Error(`No cost of ${size.id}`);
  return { cost, resized, size, changes };
};

/** Withheld for want of metrics makes a report incomplete, as a missing price does; advice on half of it does not. */
const noteWithheld = (sizes: readonly SizeAdvice[], { notes }: CostContext): void => {
  for (const { id, advice, reasons } of sizes) {
    const [reason] = reasons;
    const half = reasons.find(({ code }) => HALF_MEASURED.includes(code));
    if (half !== undefined) notes.report({ code: "no-metrics", severity: "info", subject: id, detail: half.detail });
    if (advice !== "withheld" || reason === undefined) continue;
    const code = WITHHELD_CODES[reason.code];
    if (code !== undefined) notes.report({ code, severity: "warning", subject: id, detail: reason.detail });
  }
};

const HALF_MEASURED = ["cpu-not-measured", "memory-not-measured"];

const WITHHELD_CODES: Readonly<Record<string, Issue["code"]>> = {
  "no-metrics": "no-metrics",
  "unknown-tasks": "no-metrics",
  "too-few-points": "too-few-points",
  "no-size-holds": "nothing-fits",
};

const serviceReport = (
  { cost, resized, size }: AdvisedService,
  judged: JudgedService | undefined,
  extras: ReadonlyMap<string, PricedAdvice>,
): ServiceRightsizing => {
  const { service, runsOn } = cost.compute;
  const { current, recommended, fitting, evidence } = size;
  const priced = extras.get(service.id);
  if (priced === undefined) throw new Error(`No price of the advice for ${service.id}`);
  return {
    ...identityOf(service),
    runsOn,
    current,
    advice: size.advice,
    recommended,
    monthlyCost: cost.lines.monthlyCost,
    recommendedMonthlyCost: resized.lines.monthlyCost,
    monthlySaving: savingBetween(cost, resized),
    complete: cost.lines.complete && resized.lines.complete,
    confidence: evidence?.confidence ?? null,
    performanceRisk: size.risk?.level ?? null,
    risk: size.risk,
    idle: size.idle,
    demand: size.demand,
    bindingDimension: fitting?.binding ?? null,
    forcedWaste: fitting?.waste ?? null,
    nextSize: fitting === null ? null : { smaller: fitting.nextSmaller, larger: fitting.nextLarger },
    tasks: size.tasks,
    reasons: size.reasons,
    evidence,
    projected: size.projected,
    containers:
      current === null || recommended === null
        ? []
        : divideContainers(service.task?.containers ?? [], current, recommended),
    usage: judged?.shape ?? null,
    ...priced,
    ...(judged?.beside === undefined ? {} : { computeOptimizer: judged.beside }),
  };
};

const assemble = (
  services: readonly ServiceRightsizing[],
  costs: EstimatedCosts,
  resized: EstimatedCosts,
  plan: RightsizePlan,
  context: CostContext,
): Omit<RightsizeReport, "issues" | "assumptions"> => {
  const { complete } = totalsOf(costs, context);
  const totalMonthlyCost = knownTotal(costs);
  const monthlySaving = sumKnown(services.map((service) => service.monthlySaving));
  return {
    ...reportHead("rightsize", context),
    settings: settingsReport(plan),
    totalMonthlyCost,
    recommendedMonthlyCost: totalMonthlyCost.minus(monthlySaving),
    monthlySaving,
    combinedMonthlySaving: sumKnown(services.map(({ combined }) => combined.monthlySaving)),
    complete: complete && services.every((service) => service.monthlySaving !== null),
    advice: {
      resize: countOf(services, "resize"),
      keep: countOf(services, "keep"),
      withheld: countOf(services, "withheld"),
    },
    services,
    shared: costs.shared satisfies CostedLines,
    fleets: costs.fleets.reports,
    recommendedFleets: resized.fleets.reports,
  };
};

const countOf = (services: readonly ServiceRightsizing[], advice: ServiceRightsizing["advice"]): number =>
  services.filter((service) => service.advice === advice).length;

const sumKnown = (values: readonly (Decimal | null)[]): Decimal => sum(values.map((value) => value ?? ZERO));
