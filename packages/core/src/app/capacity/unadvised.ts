import type { CountProfile } from "../../domain/capacity/count-profile.ts";
import type { IssueCode, Reason } from "../../domain/issues/issue.ts";
import type { CapacityStatus, ServiceCapacity } from "../../domain/report/capacity-report.ts";
import { isLegalSize } from "../../domain/sizing/fargate-sizes.ts";
import { Decimal } from "../../domain/units/decimal.ts";
import type { Service } from "../../domain/workload/service.ts";
import type { CostContext } from "../context/cost-context.ts";
import { identityOf } from "../context/service-identity.ts";
import type { ServiceOptions } from "./options.ts";
import { runsOn, type ServiceProviders } from "./providers.ts";
import { type CapacitySettings, DEFAULT_AVAILABILITY } from "./settings.ts";

/** Why a service gets no strategy. */
export interface Obstacle {
  readonly status: Exclude<CapacityStatus, "advised">;
  readonly reasons: readonly Reason[];
  /** Set where the report is incomplete for it. */
  readonly issue?: IssueCode;
}

/** What keeps a service from a strategy before any price is looked up; undefined where nothing does. */
export const whyNotAdvisable = (
  service: Service,
  profile: CountProfile | undefined,
  { today, todayType }: ServiceProviders,
): Obstacle | undefined => {
  if (service.scheduling === "daemon") return never("daemon", DAEMON);
  if (today === undefined) return never("external", EXTERNAL);
  if (service.task === undefined) return unknown("missing-task-definition", NO_TASK);
  const { cpu, memory, os } = service.task;
  if (todayType === "fargate" && !isLegalSize(cpu, memory, os))
    return unknown("invalid-task-size", badSize(cpu, memory));
  if (profile === undefined) {
    return service.demand?.kind === "runs" ? never("standalone-runs", RUNS) : unknown("unknown-demand", NO_COUNT);
  }
  return profile.points.at(-1)?.count === 0 ? never("no-tasks", NO_TASKS) : undefined;
};

const DAEMON = "A daemon service runs one task on every instance and takes no capacity provider strategy.";
const EXTERNAL = "Tasks on hosts of your own (ECS Anywhere) have no capacity providers.";
const RUNS =
  "Standalone tasks have no desired count that a base and weights could divide: each RunTask call names its own strategy. " +
  "compare tells what Spot would save.";
const NO_TASKS = "The desired count is 0; give the counts that it scales over with --counts MIN..MAX.";
const NO_TASK = "Its task definition is in none of the inputs, so that a task has no price.";
const NO_COUNT = "How many tasks run is not given; give desiredCount, hourlyCounts, --counts MIN..MAX or --metrics.";

const badSize = (cpu: number, memory: number): string =>
  `Fargate does not run ${cpu} CPU units with ${memory} MiB, so that a task has no price; sizes tells the nearest that it runs.`;

const never = (code: string, detail: string): Obstacle => ({ status: "not-applicable", reasons: [{ code, detail }] });

const unknown = (issue: IssueCode, detail: string): Obstacle => ({
  status: "unknown",
  reasons: [{ code: issue, detail }],
  issue,
});

/** Why no provider has a price: one is missing, which the report tells by key, nothing fits, or nothing is allowed. */
export const whyUnpriced = ({ reasons, missingKeys }: ServiceOptions): Obstacle => {
  if (missingKeys.length > 0) return { status: "unknown", reasons };
  for (const issue of ["nothing-fits", "missing-price"] as const) {
    if (reasons.some(({ code }) => code === issue)) return { status: "unknown", reasons, issue };
  }
  const windows = reasons.some(({ code }) => code === "windows-price");
  return windows
    ? { status: "unknown", reasons, issue: "unsupported-platform" }
    : { status: "not-applicable", reasons };
};

/** A service without a strategy, with its reasons. */
export const unadvised = (
  service: Service,
  providers: ServiceProviders,
  { status, reasons, issue }: Obstacle,
  settings: CapacitySettings,
  { inventory, notes }: CostContext,
): ServiceCapacity => {
  const told = inventory.issues.some(({ code, subject }) => code === issue && subject === service.id);
  if (issue !== undefined && !told) {
    const detail = reasons.map((reason) => reason.detail).join(" ");
    notes.report({ code: issue, severity: "warning", subject: service.id, detail });
  }
  return {
    ...identityOf(service),
    status,
    runsOn: runsOn(service, providers),
    interruptible: service.interruptible,
    feasible: false,
    strategy: [],
    count: 0,
    tasks: {},
    averageTasks: {},
    monthlyCost: null,
    uninterruptedMonthlyCost: null,
    monthlySaving: null,
    availability: {
      required: new Decimal(settings.availability ?? DEFAULT_AVAILABILITY),
      achieved: null,
      model: { id: "reclaim-groups", spot: [] },
      worstCount: null,
      requiredTasks: null,
    },
    today: null,
    frontier: [],
    twoServices: null,
    savingsPlan: null,
    fitness: null,
    providers: [],
    targetCapacity: null,
    reasons,
  };
};
