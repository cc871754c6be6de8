import { demandOf, type UsageDemand } from "../demand/demand-window.ts";
import { peakOf } from "../demand/quantile.ts";
import { taskCountsOf } from "../demand/season.ts";
import type { ServiceUsage } from "../demand/usage.ts";
import type { Reason } from "../issues/issue.ts";
import type { TaskSize } from "../sizing/fargate-sizes.ts";
import { describeSize, type SizeCost } from "../sizing/size-fit.ts";
import { cheapestSize, fittingOf, type SizeFitting, type SizeGrid } from "../sizing/size-grid.ts";
import { adviseDemand, type WholeAdvice, type WholeDemand } from "./advise-demand.ts";
import { NO_CASES, type PastCases, pastCases } from "./calibration/past-cases.ts";
import { type Calibration, type CalibrationPool, poolCases } from "./calibration/pool.ts";
import { evidenceOf, type SizeEvidence } from "./evidence.ts";
import { type Projection, projectUtilization } from "./projection.ts";
import { resolveSettings, type SettingValues } from "./settings.ts";
import { signReasons } from "./sign-reasons.ts";
import { signsOf } from "./signs/signs.ts";
import { type SizeRisk, sizeRisk } from "./size-risk.ts";
import type { AnyStrategy, StrategyContext } from "./strategy.ts";
import {
  chooseTrackedSize,
  neededPerTask,
  type RunningTasks,
  type TargetTracking,
  taskCounter,
  trackingReason,
} from "./target-tracking.ts";
import { judgeSize } from "./verdict.ts";

/** A service whose task size is looked at. */
export interface SizingSubject {
  /** `cluster/name`. */
  readonly id: string;
  /** Undefined where it is not known. */
  readonly current: TaskSize | undefined;
  /** Undefined where no series belongs to it. */
  readonly usage: ServiceUsage | undefined;
  readonly grid: SizeGrid;
  readonly scaling?: readonly TargetTracking[];
  /** Running tasks, used where the series does not give them. */
  readonly tasks?: number;
}

export interface SizingOptions {
  readonly strategy: AnyStrategy;
  /** Settings that differ from the defaults. */
  readonly settings?: Readonly<Record<string, number | undefined>>;
  /** What a task of a size costs per hour, in any unit; orders the sizes. */
  readonly cost: SizeCost;
  /** Fewest minutes with CPU and with memory values; DEFAULT_MIN_POINTS where not given. */
  readonly minPoints?: number;
  /** Newest days with points; DEFAULT_LOOKBACK_DAYS where not given. */
  readonly lookbackDays?: number;
  /** Share of the cost, 0 to 1, below which a smaller size is not worth the change; 0 where not given. */
  readonly minSaving?: number;
  /** What the past of the account's services says; that of the services given where it is not. */
  readonly pool?: CalibrationPool;
  /** Cases of each service by its id, where they are at hand. */
  readonly past?: ReadonlyMap<string, PastCases>;
}

export const DEFAULT_MIN_POINTS = 100;
export const DEFAULT_LOOKBACK_DAYS = 14;
/** Percent: a service that never reaches this in CPU and memory is idle, as AWS defines it. */
const IDLE_BELOW = 1;

/** Advice on the task size of one service, with everything that explains it. Costs are in the unit of `SizingOptions.cost`. */
export interface SizeAdvice {
  readonly id: string;
  readonly advice: "resize" | "keep" | "withheld";
  readonly current: TaskSize | null;
  /** The current size where it keeps or withholds. */
  readonly recommended: TaskSize | null;
  /** Mean tasks now and then, where target tracking changes them with the size. */
  readonly tasks: { readonly current: number; readonly recommended: number } | null;
  readonly idle: boolean;
  /** CPU units and MiB that a task of the recommended size needs by the strategy; null where withheld. */
  readonly demand: TaskSize | null;
  readonly fitting: SizeFitting | null;
  readonly projected: Projection | null;
  /** At the recommended size; null where nothing is advised. */
  readonly risk: SizeRisk | null;
  readonly evidence: SizeEvidence | null;
  readonly reasons: readonly Reason[];
}

/**
 * Advice for every service, in the order given.
 *
 * @throws {RangeError} where a setting is unknown or out of range; `resolveSettings` says so beforehand.
 */
export const adviseSizes = (subjects: readonly SizingSubject[], options: SizingOptions): SizeAdvice[] => {
  const resolved = resolveSettings(options.strategy.settings, options.settings);
  if (!resolved.ok) throw new RangeError(resolved.problems.join(" "));
  const share = allowedShare(resolved.values);
  const past = subjects.map((subject) => options.past?.get(subject.id) ?? pastOf(subject, share, options.lookbackDays));
  const pool = options.pool ?? poolCases(past);
  return subjects.map((subject, index) => {
    const own = past[index] ?? NO_CASES;
    return adviseSize(subject, options, resolved.values, { pool, own });
  });
};

/** Percent of the time that CPU may be short where a strategy does not say it. */
const USUAL_RISK = 1;

/** Share of the time, 0 to 1, in which CPU may be short by the settings of a strategy. */
export const allowedShare = ({ riskCpu = USUAL_RISK }: SettingValues): number => riskCpu / 100;

/** What the past of a service says of the margin that its size needs. */
export const pastOf = (
  { usage, current, grid }: Pick<SizingSubject, "usage" | "current" | "grid">,
  share: number,
  lookbackDays = DEFAULT_LOOKBACK_DAYS,
): PastCases => {
  if (usage === undefined || current === undefined) return NO_CASES;
  return pastCases({ current, grid, ...daysOf(usage, lookbackDays), share });
};

/** The newest days and all days of a service, one list where they are the same. */
const daysOf = (
  usage: ServiceUsage,
  lookbackDays: number,
): { readonly demand: UsageDemand; readonly history: UsageDemand } => {
  const history = demandOf(usage);
  const isAll = history.days.length <= lookbackDays;
  return { demand: isAll ? history : { days: history.days.slice(-lookbackDays) }, history };
};

const adviseSize = (
  subject: SizingSubject,
  options: SizingOptions,
  settings: SettingValues,
  calibration: Calibration,
): SizeAdvice => {
  const { usage, current } = subject;
  if (usage === undefined) return withheld(subject, null, noMetrics(subject.id));
  const { demand, history } = daysOf(usage, options.lookbackDays ?? DEFAULT_LOOKBACK_DAYS);
  if (current === undefined) {
    return withheld(subject, evidenceOf(usage, demand, options.strategy.id, settings, []), NO_SIZE);
  }
  const context: StrategyContext = { history, calibration, signs: signsOf(demand, history) };
  const prove = (advice?: WholeAdvice): SizeEvidence => {
    const quantiles = advice?.kind === "demand" ? advice.quantiles : [];
    return evidenceOf(usage, demand, options.strategy.id, settings, quantiles, context.signs);
  };
  const { strategy, minPoints = DEFAULT_MIN_POINTS } = options;
  const advice = adviseDemand(demand, current, { strategy, minPoints }, settings, context);
  if (advice.kind === "withheld") return withheld(subject, prove(), advice.reason);
  return chooseSize({ subject, current, demand, advice, options, settings, context, evidence: prove(advice) });
};

const noMetrics = (id: string): Reason => ({ code: "no-metrics", detail: `No series belongs to ${id}.` });
const NO_SIZE: Reason = { code: "no-task-size", detail: "The current task size is not known." };

const withheld = (subject: SizingSubject, evidence: SizeEvidence | null, reason: Reason): SizeAdvice => ({
  id: subject.id,
  advice: "withheld",
  current: subject.current ?? null,
  recommended: subject.current ?? null,
  tasks: null,
  idle: false,
  demand: null,
  fitting: null,
  projected: null,
  risk: null,
  evidence,
  reasons: [reason],
});

interface Choice {
  readonly subject: SizingSubject;
  readonly current: TaskSize;
  readonly demand: UsageDemand;
  readonly advice: WholeDemand;
  readonly options: SizingOptions;
  readonly settings: SettingValues;
  readonly context: StrategyContext;
  readonly evidence: SizeEvidence;
}

const chooseSize = (choice: Choice): SizeAdvice => {
  const { subject, demand, advice, options, evidence } = choice;
  const needed: TaskSize = { cpu: advice.cpu, memory: advice.memory };
  if (subject.scaling === undefined || subject.scaling.length === 0) {
    const size = cheapestSize(subject.grid, needed, options.cost);
    return size === undefined
      ? withheld(subject, evidence, nothingHolds(needed))
      : concluded(choice, { size, neededAt: () => needed, tasksNow: 1, tasksThen: 1, tracking: [] });
  }
  const running = runningTasks(subject, demand);
  if (running === undefined) return withheld(subject, evidence, TASKS_UNKNOWN);
  const unmeasured = subject.scaling.find(({ metric }) => peakOf(demand, metric) === undefined);
  if (unmeasured !== undefined) return withheld(subject, evidence, targetUnmeasured(unmeasured));
  return chooseTracked(choice, needed, running, subject.scaling);
};

const chooseTracked = (
  choice: Choice,
  needed: TaskSize,
  running: RunningTasks,
  policies: readonly TargetTracking[],
): SizeAdvice => {
  const { subject, current, demand, options, evidence } = choice;
  const tasks = taskCounter(current, demand, running, policies);
  const chosen = chooseTrackedSize(subject.grid, current, needed, running, policies, tasks, options.cost);
  if (chosen === undefined) return withheld(subject, evidence, nothingHolds(needed));
  return concluded(choice, {
    size: chosen.size,
    neededAt: (size) => neededPerTask(size, current, needed, policies, tasks),
    tasksNow: tasks(current),
    tasksThen: chosen.tasks,
    tracking: [trackingReason(policies, { size: current, tasks: tasks(current) }, chosen)],
  });
};

interface Outcome {
  readonly size: TaskSize;
  /** What a task of a size needs. */
  readonly neededAt: (size: TaskSize) => TaskSize;
  readonly tasksNow: number;
  readonly tasksThen: number;
  readonly tracking: readonly Reason[];
}

const concluded = (choice: Choice, outcome: Outcome): SizeAdvice => {
  const { subject, current, demand, advice, options, evidence } = choice;
  const { size, neededAt, tasksNow, tasksThen, tracking } = outcome;
  const { resize, reason } = judgeSize({
    grid: subject.grid,
    current,
    size,
    needed: neededAt(size),
    costNow: options.cost(current) * tasksNow,
    costThen: options.cost(size) * tasksThen,
    tracked: tracking.length > 0,
    minSaving: options.minSaving ?? 0,
  });
  const recommended = resize ? size : current;
  const needed = neededAt(recommended);
  const ratio = resize ? tasksThen / tasksNow : 1;
  const memoryTracked = subject.scaling?.some(({ metric }) => metric === "memory") === true;
  const idle = isIdle(demand);
  const memoryRatio = memoryTracked ? ratio : 1;
  const projected = projectUtilization(demand, current, recommended, ratio, memoryRatio);
  const room = {
    cpu: (100 * recommended.cpu * ratio) / current.cpu,
    memory: (100 * recommended.memory * memoryRatio) / current.memory,
  };
  const share = allowedShare(choice.settings);
  const signs = signReasons(choice.context.signs, { size: recommended, current, room });
  return {
    id: subject.id,
    advice: resize ? "resize" : "keep",
    current,
    recommended,
    tasks: tracking.length === 0 ? null : { current: tasksNow, recommended: resize ? tasksThen : tasksNow },
    idle,
    demand: needed,
    fitting: fittingOf(subject.grid, recommended, needed, options.cost),
    projected,
    risk: sizeRisk({ demand, ...choice.context, projected, room, share }),
    evidence,
    reasons: eachOnce([...(idle ? [IDLE] : []), reason, ...tracking, ...signs, ...advice.reasons]),
  };
};

const eachOnce = (reasons: readonly Reason[]): readonly Reason[] =>
  [...new Map(reasons.toReversed().map((reason) => [reason.code, reason])).values()].toReversed();

const TASKS_UNKNOWN: Reason = {
  code: "unknown-tasks",
  detail: "Target tracking changes the number of tasks with their size, and how many run is not known.",
};

const targetUnmeasured = ({ metric }: TargetTracking): Reason => ({
  code: "no-metrics",
  detail: `Target tracking follows ${metric === "cpu" ? "CPU" : metric}, of which the days looked at have no value.`,
});

const IDLE: Reason = {
  code: "idle",
  detail: `CPU and memory never reached ${IDLE_BELOW} %: stop the service if nothing needs it.`,
};

const nothingHolds = (needed: TaskSize): Reason => ({
  code: "no-size-holds",
  detail: `No size that is allowed holds ${describeSize(needed)}.`,
});

const isIdle = (demand: UsageDemand): boolean =>
  (peakOf(demand, "cpu") ?? IDLE_BELOW) < IDLE_BELOW && (peakOf(demand, "memory") ?? IDLE_BELOW) < IDLE_BELOW;

const runningTasks = (subject: SizingSubject, demand: UsageDemand): RunningTasks | undefined => {
  const counts = taskCountsOf(demand);
  if (counts !== undefined && counts.mean > 0) return { mean: counts.mean, most: counts.most };
  return subject.tasks === undefined || subject.tasks <= 0 ? undefined : { mean: subject.tasks, most: subject.tasks };
};
