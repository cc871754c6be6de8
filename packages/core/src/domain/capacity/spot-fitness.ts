import type { Reason } from "../issues/issue.ts";
import type { OperatingSystem } from "../workload/task.ts";

/** What is known of a service that decides whether Spot suits it; undefined is not known. */
export interface SpotFacts {
  readonly os: OperatingSystem;
  readonly scheduling: "replica" | "daemon";
  /** Smallest desired count. */
  readonly tasks: number;
  /** Longest `stopTimeout` of a container, in seconds; ECS takes 30 where none is set. */
  readonly stopTimeoutSeconds?: number;
  /** Seconds from placement until a task serves. */
  readonly startUpSeconds?: number;
  /** Seconds of work that an ending task may have to finish or save. */
  readonly drainSeconds?: number;
  /** EBS volumes or other state that dies with the task. */
  readonly statefulVolumes?: boolean;
  /** The work must not run twice at a time, such as a leader or a scheduler. */
  readonly singleton?: boolean;
  readonly minimumHealthyPercent?: number;
  readonly behindLoadBalancer?: boolean;
  /** Seconds; Elastic Load Balancing takes 300 where none is set. */
  readonly deregistrationDelaySeconds?: number;
}

/** `unfit`: Spot cannot or must not be used; `conditional`: only after what the reasons ask for; `fit`: nothing against it. */
export interface SpotFitness {
  readonly verdict: "fit" | "conditional" | "unfit";
  readonly reasons: readonly Reason[];
}

/** Warning before a Spot task or instance is taken, and the longest `stopTimeout` on Fargate; seconds. */
const SPOT_NOTICE_SECONDS = 120;
/** `stopTimeout` where a container sets none; seconds. */
const DEFAULT_STOP_TIMEOUT_SECONDS = 30;
/** Deregistration delay where a target group sets none; seconds. */
const DEFAULT_DEREGISTRATION_SECONDS = 300;

interface Rule {
  readonly code: string;
  readonly verdict: "conditional" | "unfit";
  readonly when: (facts: SpotFacts) => boolean;
  readonly detail: (facts: SpotFacts) => string;
}

const effectiveStopTimeout = (facts: SpotFacts): number => facts.stopTimeoutSeconds ?? DEFAULT_STOP_TIMEOUT_SECONDS;

const deregistrationDelay = (facts: SpotFacts): number =>
  facts.deregistrationDelaySeconds ?? DEFAULT_DEREGISTRATION_SECONDS;

const RULES: readonly Rule[] = [
  {
    code: "spot-not-on-windows",
    verdict: "unfit",
    when: ({ os }) => os === "windows",
    detail: () =>
      "Fargate Spot and Managed Instances run no Windows tasks, and Windows tasks are not put on Spot here.",
  },
  {
    code: "spot-not-for-daemons",
    verdict: "unfit",
    when: ({ scheduling }) => scheduling === "daemon",
    detail: () => "A daemon service follows its instances and takes no capacity provider strategy.",
  },
  {
    code: "spot-singleton",
    verdict: "unfit",
    when: ({ singleton, tasks }) => singleton === true || tasks === 1,
    detail: ({ tasks }) =>
      tasks === 1
        ? "At one task every interruption is an outage until the replacement serves."
        : "A task of which only one may run cannot overlap with its replacement: every interruption is an outage.",
  },
  {
    code: "spot-stateful-volumes",
    verdict: "unfit",
    when: ({ statefulVolumes }) => statefulVolumes === true,
    detail: () => "A service task's EBS volume is deleted with the task: its state is lost at every interruption.",
  },
  {
    code: "spot-drain-longer-than-notice",
    verdict: "unfit",
    when: ({ drainSeconds }) => (drainSeconds ?? 0) > SPOT_NOTICE_SECONDS,
    detail: ({ drainSeconds }) =>
      `Ending work takes ${drainSeconds} s, the notice is ${SPOT_NOTICE_SECONDS} s: work is cut off unless it is saved on the way.`,
  },
  {
    code: "spot-stop-timeout-short",
    verdict: "conditional",
    when: (facts) =>
      effectiveStopTimeout(facts) < Math.min(facts.drainSeconds ?? SPOT_NOTICE_SECONDS, SPOT_NOTICE_SECONDS),
    detail: (facts) =>
      `SIGKILL follows SIGTERM after the stopTimeout of ${effectiveStopTimeout(facts)} s${facts.stopTimeoutSeconds === undefined ? " (the default)" : ""}, not after the two minutes of notice: raise it to what ending the work needs, at most ${SPOT_NOTICE_SECONDS} s.`,
  },
  {
    code: "spot-stop-timeout-over-notice",
    verdict: "conditional",
    when: (facts) => effectiveStopTimeout(facts) > SPOT_NOTICE_SECONDS,
    detail: (facts) =>
      `A stopTimeout of ${effectiveStopTimeout(facts)} s is longer than the notice of ${SPOT_NOTICE_SECONDS} s: capacity may go before it ends.`,
  },
  {
    code: "spot-slow-start",
    verdict: "conditional",
    when: ({ startUpSeconds }) => (startUpSeconds ?? 0) > SPOT_NOTICE_SECONDS,
    detail: ({ startUpSeconds }) =>
      `A task takes ${startUpSeconds} s to serve, longer than the notice: each interruption leaves a gap. Keep enough on-demand tasks for it.`,
  },
  {
    code: "spot-few-replicas",
    verdict: "conditional",
    when: ({ tasks, singleton }) => tasks === 2 && singleton !== true,
    detail: () =>
      "With two tasks one reclaim takes at least half of the capacity: keep one on demand or run more, smaller tasks.",
  },
  {
    code: "spot-minimum-healthy-percent",
    verdict: "conditional",
    when: ({ minimumHealthyPercent }) => minimumHealthyPercent !== undefined && minimumHealthyPercent < 50,
    detail: ({ minimumHealthyPercent }) =>
      `A minimum healthy percent of ${minimumHealthyPercent} lets a deployment stop most tasks while Spot may be slow to give new ones.`,
  },
  {
    code: "spot-deregistration",
    verdict: "conditional",
    when: (facts) => facts.behindLoadBalancer === true && deregistrationDelay(facts) >= SPOT_NOTICE_SECONDS,
    detail: (facts) =>
      `The target group's deregistration delay of ${deregistrationDelay(facts)} s${facts.deregistrationDelaySeconds === undefined ? " (the default)" : ""} does not fit into the notice of ${SPOT_NOTICE_SECONDS} s: set it below, and let tasks finish their requests on SIGTERM.`,
  },
];

/** Whether a service is fit for Spot and why not; on Windows never. */
export const assessSpot = (facts: SpotFacts): SpotFitness => {
  const broken = RULES.filter((rule) => rule.when(facts));
  const unfit = broken.some((rule) => rule.verdict === "unfit");
  return {
    verdict: unfit ? "unfit" : broken.length > 0 ? "conditional" : "fit",
    reasons: broken.map((rule) => ({ code: rule.code, detail: rule.detail(facts) })),
  };
};

/** To be said of every strategy that has Spot in it. */
export const NO_FALLBACK: Reason = {
  code: "no-spot-fallback",
  detail:
    "ECS starts no on-demand tasks in place of Spot tasks that it cannot place or that were reclaimed: base and weight fix the split, and Spot tasks wait until there is capacity.",
};
