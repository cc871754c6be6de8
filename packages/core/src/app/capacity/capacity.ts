import { adviseCapacity } from "../../domain/capacity/advise-capacity.ts";
import type { CapacityAdvice, CapacityRequest } from "../../domain/capacity/capacity-advice.ts";
import type { AvailabilityCache } from "../../domain/capacity/capacity-problem.ts";
import type { UsageByService } from "../../domain/demand/usage-by-service.ts";
import { demandedParts, type InstanceMember } from "../../domain/placement/configured-fleets.ts";
import type { PriceCatalogue } from "../../domain/pricing/price.ts";
import type { CapacityReport, CapacityReportSettings, ServiceCapacity } from "../../domain/report/capacity-report.ts";
import { Decimal, sum, ZERO } from "../../domain/units/decimal.ts";
import type { Inventory } from "../../domain/workload/inventory.ts";
import type { Service } from "../../domain/workload/service.ts";
import { type CostContext, createContext } from "../context/cost-context.ts";
import { type MatchedUsage, matchUsage } from "../context/match-usage.ts";
import { identityOf } from "../context/service-identity.ts";
import { reportHead, reportTail } from "../estimate/estimate.ts";
import { countsOf, permissionOf, spotFactsOf } from "./demand.ts";
import { createFleetPrices, type FleetMember, type FleetPrices } from "./fleet-prices.ts";
import { isLegal, noteOptions, noteStrategy, noteToday } from "./notes.ts";
import { type Advisable, optionsOf, type ServiceOptions } from "./options.ts";
import { partsToday, providersOf, runsOn, type ServiceProviders } from "./providers.ts";
import { type CapacitySettings, DEFAULT_AVAILABILITY } from "./settings.ts";
import { steadyAdvice } from "./steady-advice.ts";
import { targetCapacityOf } from "./target-capacity.ts";
import { unadvised, whyNotAdvisable, whyUnpriced } from "./unadvised.ts";

/**
 * The cheapest capacity provider strategy of every service that keeps enough tasks running at every count, beside
 * today's. Compute only. A service that cannot be advised carries its reasons and never stops the rest. `usage` holds
 * series by service as their source names it, of which the running tasks count.
 *
 * @throws {RangeError} where a setting is out of its range.
 */
export const capacity = (
  inventory: Inventory,
  catalogue: PriceCatalogue,
  settings: CapacitySettings = {},
  usage?: UsageByService,
): CapacityReport => {
  const context = createContext(inventory, catalogue, settings);
  const matched = matchUsage(inventory.services, usage ?? new Map(), context.notes);
  const candidates = inventory.services.map((service) => candidateOf(service, settings, matched, context));
  const fleets = createFleetPrices(
    candidates.flatMap(({ member }) => member ?? []),
    candidates.flatMap((candidate) => runningOf(candidate, context)),
    context,
  );
  const cache: AvailabilityCache = new Map();
  const services = candidates.map((candidate) => serviceCapacity(candidate, { fleets, settings, context, cache }));
  const totalMonthlyCost = sumOfKnown(services.map(({ monthlyCost }) => monthlyCost));
  return {
    ...reportHead("capacity", context),
    settings: settingsOf(settings),
    totalMonthlyCost,
    todayMonthlyCost: sumOfKnown(services.map(({ today }) => today?.monthlyCost ?? null)),
    monthlySaving: sumOfKnown(services.map(({ monthlySaving }) => monthlySaving)),
    complete: totalMonthlyCost !== null && services.every(({ status }) => status !== "unknown"),
    services,
    ...reportTail(context),
  };
};

/** Exact sum of what is known, null where there is something and none of it is. */
const sumOfKnown = (costs: readonly (Decimal | null)[]): Decimal | null =>
  costs.length > 0 && costs.every((cost) => cost === null) ? null : sum(costs.map((cost) => cost ?? ZERO));

const settingsOf = (settings: CapacitySettings): CapacityReportSettings => {
  const { required } = settings;
  const share = required?.kind === "share" ? `${new Decimal(required.share).times(100).toFixed()}%` : null;
  return {
    availability: new Decimal(settings.availability ?? DEFAULT_AVAILABILITY),
    required: required?.kind === "tasks" ? String(required.tasks) : share,
    counts: settings.counts ?? null,
    providers: settings.providers ?? [],
    interruption: { ...settings.interruption },
  };
};

interface Candidate {
  readonly service: Service;
  readonly providers: ServiceProviders;
  readonly profile: ReturnType<typeof countsOf>;
  /** Set where the service could be on a fleet. */
  readonly member: FleetMember | undefined;
}

interface Advising {
  readonly fleets: FleetPrices;
  readonly settings: CapacitySettings;
  readonly context: CostContext;
  readonly cache: AvailabilityCache;
}

const candidateOf = (
  service: Service,
  settings: CapacitySettings,
  usage: MatchedUsage,
  { inventory }: CostContext,
): Candidate => {
  const { shared } = inventory;
  const providers = providersOf(service, shared, settings);
  const profile = countsOf(service, settings, usage.usageOf(service.id));
  const { task } = service;
  const types = [...new Set([providers.todayType, ...providers.specs.map(({ type }) => type)])];
  const tasks = service.scheduling === "daemon" ? 0 : profile?.points.at(-1)?.count;
  const counts = (service.scheduling === "daemon" ? undefined : profile?.points.map(({ count }) => count)) ?? [];
  const { todayType } = providers;
  const member =
    task && tasks !== undefined
      ? { service, task, tasks, types, todayType, partsToday: partsToday(providers, counts, shared) }
      : undefined;
  return { service, providers, profile, member };
};

/** What a service puts on the fleets of today; standalone runs, which get no advice, share them too. */
const runningOf = (
  { service, providers, member }: Candidate,
  { inventory, hours }: CostContext,
): readonly InstanceMember[] => {
  const { task, demand } = service;
  if (member !== undefined) return [{ service, task: member.task, parts: [...member.partsToday.values()] }];
  if (task === undefined || demand === undefined) return [];
  return [{ service, task, parts: demandedParts(providers.placement, demand, hours, inventory.shared) }];
};

const serviceCapacity = (candidate: Candidate, advising: Advising): ServiceCapacity => {
  const { service, providers, profile, member } = candidate;
  const { context, settings, fleets } = advising;
  const obstacle = whyNotAdvisable(service, profile, providers);
  if (obstacle !== undefined) return unadvised(service, providers, obstacle, settings, context);
  if (profile === undefined || member === undefined) throw new Error(`Nothing keeps ${service.id} from advice`);
  noteStrategy(service, providers, context);
  const advisable: Advisable = { service, task: member.task, profile, providers, member };
  const options = optionsOf(advisable, fleets, settings, context);
  noteOptions(options, context);
  if (options.priced.length === 0) return unadvised(service, providers, whyUnpriced(options), settings, context);
  const request = requestOf(advisable, options, settings, context);
  const found = adviseCapacity(request, advising.cache);
  const fixed = profile.points.length === 1 && settings.zeroWeightBase !== false;
  const advice = fixed ? steadyAdvice(found, request.options, settings.maxWeight ?? STEADY_WEIGHT) : found;
  for (const assumption of [...advice.assumptions, ...providers.assumptions]) context.notes.assume(assumption);
  return reportOf(advisable, options, advice, context);
};

/** Largest weight to make of a fixed count, where none is set: one digit. */
const STEADY_WEIGHT = 9;

const requestOf = (
  { service, profile, providers }: Advisable,
  { priced }: ServiceOptions,
  settings: CapacitySettings,
  { inventory, hours }: CostContext,
): CapacityRequest => {
  const permission = permissionOf(service, profile, providers, settings.required);
  const facts = spotFactsOf(
    service,
    profile,
    permission.required,
    inventory.shared,
    settings.interruption?.replaceHours,
  );
  const target = settings.availability ?? DEFAULT_AVAILABILITY;
  return {
    service: { id: service.id, name: service.name, cluster: service.cluster },
    goal: { profile, required: permission.required, target, hoursPerMonth: hours },
    options: priced.map(({ option }) => option),
    spotAllowed: permission.spotAllowed,
    assumptions: permission.assumptions,
    ...(facts === undefined ? {} : { facts }),
    ...(providers.today === undefined || !isLegal(service, providers) ? {} : { today: providers.today }),
    ...(settings.maxWeight === undefined ? {} : { maxWeight: settings.maxWeight }),
    ...(settings.zeroWeightBase === undefined ? {} : { zeroWeightBase: settings.zeroWeightBase }),
  };
};

const reportOf = (
  advisable: Advisable,
  options: ServiceOptions,
  { id: _, assumptions: __, ...advice }: CapacityAdvice,
  context: CostContext,
): ServiceCapacity => {
  const { service, providers } = advisable;
  if (advice.today === null && isLegal(service, providers)) noteToday(service, options, context);
  return {
    ...identityOf(service),
    status: advice.today === null ? "unknown" : "advised",
    runsOn: runsOn(service, providers),
    interruptible: service.interruptible,
    ...advice,
    savingsPlan: withCommitment(advice.savingsPlan, options),
    providers: options.priced.map(({ spec, price }) => ({
      capacityProvider: spec.capacityProvider,
      type: spec.type,
      purchase: spec.purchase,
      taskHour: price.taskHour,
      instanceTypes: price.fleet?.instanceTypes ?? [],
    })),
    targetCapacity: targetCapacityOf(advisable, options, advice, context),
    reasons: [...advice.reasons, ...options.reasons],
  };
};

/** A plan is committed to for what it covers: not for ephemeral storage, volumes or fees. */
const withCommitment = (
  plan: CapacityAdvice["savingsPlan"],
  { priced }: ServiceOptions,
): CapacityAdvice["savingsPlan"] => {
  const rate = priced.find(({ spec }) => spec.capacityProvider === plan?.capacityProvider)?.price.commitment;
  return plan === null || rate === undefined ? plan : { ...plan, hourlyCommitment: rate.times(plan.tasks) };
};
