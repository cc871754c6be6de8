import type { Assumption } from "../issues/issue.ts";

/** How one pool of Spot capacity loses and regains tasks. Every field can be set by the user. */
export interface InterruptionModel {
  /** Reclaims that one running task meets per hour, >= 0. */
  readonly ratePerTaskHour: number;
  /** Share of the pool's tasks that one reclaim takes together, 0 to 1; 0 takes each task on its own. */
  readonly shareTakenTogether: number;
  /** Share of all hours in which the pool has no capacity and none of its tasks runs, 0 to 1. */
  readonly shareWithoutCapacity: number;
  /** Hours from the loss of a task until its replacement serves, >= 0. */
  readonly replaceHours: number;
}

/** An interruption model with where its figures come from. */
export interface SourcedInterruption {
  readonly model: InterruptionModel;
  /** ISO date or year-month of the figures; empty where the user gave all of them. */
  readonly asOf: string;
  readonly source: string;
  /** Set while any figure is a default. */
  readonly assumption?: Assumption;
}

/** -ln(1 - f) for the upper end f of each Spot Advisor band: 5, 10, 15, 20 %, and 30 % for the open band. */
const RECLAIMS_PER_MONTH: readonly number[] = [0.051293, 0.105361, 0.162519, 0.223144, 0.356675];
const BAND_LABELS = ["under 5 %", "5 to 10 %", "10 to 15 %", "15 to 20 %", "over 20 % (taken as 30 %)"] as const;
const HOURS_IN_MONTH = 730;
const UNKNOWN_BAND = 4;

const GUESSED = {
  /** One of three Availability Zones. */
  shareTakenTogether: 1 / 3,
  /** About seven hours a month. */
  shareWithoutCapacity: 0.01,
  /** Three minutes. */
  replaceHours: 0.05,
} as const;

const GUESSED_TEXT =
  "a reclaim takes the tasks of one of three zones together, there is no capacity 1 % of the time, a task is replaced in 3 minutes";

/** Fargate Spot. AWS publishes no interruption figure for it: all of it is an assumption, made 2026-11-20. */
export const FARGATE_SPOT_INTERRUPTION: SourcedInterruption = {
  model: { ratePerTaskHour: 0.223144 / HOURS_IN_MONTH, ...GUESSED },
  asOf: "2026-11-20",
  source: "assumption",
  assumption: {
    code: "fargate-spot-interruption",
    detail: `AWS publishes no interruption figures for Fargate Spot. Assumed: 20 % of tasks are reclaimed in a month, ${GUESSED_TEXT}.`,
  },
};

/**
 * EC2 Spot instances (Auto Scaling group or Managed Instances) by the band of the Spot Advisor, 0 (under 5 % a month)
 * to 4 (over 20 %), bands as of June 2025; an unknown band counts as the worst.
 */
export const ec2SpotInterruption = (band: number | undefined): SourcedInterruption => {
  const known = band !== undefined && band in RECLAIMS_PER_MONTH;
  const index = known ? band : UNKNOWN_BAND;
  return {
    model: { ratePerTaskHour: (RECLAIMS_PER_MONTH[index] ?? 0) / HOURS_IN_MONTH, ...GUESSED },
    asOf: "2025-06",
    source: known ? `EC2 Spot Advisor, band ${band}` : "assumption",
    assumption: {
      code: known ? `ec2-spot-interruption-band-${band}` : "ec2-spot-interruption-unknown",
      detail: `Spot instances: ${known ? "" : "band not known, taken as "}${BAND_LABELS[index]} reclaimed in a month (Spot Advisor, 2025-06). Assumed: ${GUESSED_TEXT}.`,
    },
  };
};

/** Replaces the figures that the user gives; once all four are given, nothing is assumed any more. */
export const withInterruptionSettings = (
  defaults: SourcedInterruption,
  given: Partial<InterruptionModel>,
): SourcedInterruption => {
  const model = { ...defaults.model, ...given };
  const left = Object.keys(defaults.model).filter((field) => given[field as keyof InterruptionModel] === undefined);
  if (left.length === 0) return { model, asOf: "", source: "given" };
  return left.length === Object.keys(model).length ? defaults : { ...defaults, model };
};

/**
 * Share of the time, while there is capacity, in which a task is being replaced: up for 1 / rate hours on average,
 * then down for the replacement, so p = rate x hours / (1 + rate x hours).
 */
export const downShare = (model: InterruptionModel): number => {
  const load = model.ratePerTaskHour * model.replaceHours;
  return load / (1 + load);
};

/**
 * Groups of tasks that are reclaimed together: as many whole groups as the share fits into one, so that no group is
 * smaller than the share. Infinity where each task is reclaimed on its own.
 */
export const reclaimGroups = (model: InterruptionModel): number =>
  model.shareTakenTogether === 0
    ? Number.POSITIVE_INFINITY
    : Math.max(1, Math.floor(1 / model.shareTakenTogether + 1e-9));

/** Throws a RangeError that names the first field that is out of its range. */
export const assertInterruption = (model: InterruptionModel): void => {
  const ranges: readonly [keyof InterruptionModel, number][] = [
    ["ratePerTaskHour", Number.MAX_VALUE],
    ["shareTakenTogether", 1],
    ["shareWithoutCapacity", 1],
    ["replaceHours", Number.MAX_VALUE],
  ];
  for (const [field, most] of ranges) {
    const value = model[field];
    if (!(value >= 0 && value <= most)) throw new RangeError(`${field} is ${value}: expected 0 to ${most}`);
  }
};
