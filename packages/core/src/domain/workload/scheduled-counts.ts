import { type CronFields, cronFields } from "./cron-fields.ts";
import { isScheduledDay } from "./scheduled-runs.ts";

/** What a scheduled action sets, and when. */
export interface ScheduledAction {
  /** `cron()`, `rate()` or `at()`. */
  readonly expression: string;
  readonly min?: number;
  readonly max?: number;
  /** Minutes that the clock of the schedule is ahead of UTC. */
  readonly offsetMinutes: number;
}

/** What a service runs with between scheduled actions. */
export interface ScheduledBounds {
  /** Tasks before any action. */
  readonly desired: number;
  readonly min: number;
  readonly max: number;
  /** Whether it scales by load too: then it runs the least tasks that it may. */
  readonly tracked: boolean;
}

/** Tasks over a cycle of equal slots. */
export type ScheduledCounts =
  | {
      readonly kind: "cycle";
      readonly counts: readonly number[];
      readonly slotMinutes: number;
      /** A week, or a year where days of the month or months are named. */
      readonly days: 7 | 365;
    }
  /** No action comes again. */
  | { readonly kind: "once" }
  | { readonly kind: "not-understood"; readonly expression: string };

const MINUTES_A_DAY = 1440;

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

interface Event extends Bounds {
  /** Minute of the cycle. */
  readonly at: number;
}

const isWeekly = ({ days, months, weekdays }: CronFields): boolean =>
  days.kind === "any" && months.size === 12 && (weekdays.kind === "any" || weekdays.kind === "days");

type Parsed =
  | { readonly kind: "cron"; readonly fields: CronFields }
  /** Comes again after some time: what it sets holds all the time. */
  | { readonly kind: "always" }
  | { readonly kind: "once" };

const parse = (expression: string): Parsed | undefined => {
  const { kind = "", inner = "" } = /^\s*(?<kind>rate|cron|at)\((?<inner>.*)\)\s*$/is.exec(expression)?.groups ?? {};
  switch (kind.toLowerCase()) {
    case "at":
      return { kind: "once" };
    case "rate":
      return /^\s*[1-9]\d*\s+(?:minute|hour|day)s?\s*$/i.test(inner) ? { kind: "always" } : undefined;
    case "cron": {
      const fields = cronFields(inner);
      return fields === undefined ? undefined : { kind: "cron", fields };
    }
    default:
      return undefined;
  }
};

const eventsOf = (action: ScheduledAction, fields: CronFields, days: 7 | 365): readonly Event[] => {
  const total = days * MINUTES_A_DAY;
  const { min, max, offsetMinutes } = action;
  const bounds: Bounds = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  return Array.from({ length: days }, (_, day) => day)
    .filter((day) => isScheduledDay(fields, day, days))
    .flatMap((day) =>
      [...fields.hours].flatMap((hour) =>
        [...fields.minutes].map((minute) => ({
          at: (((day * MINUTES_A_DAY + hour * 60 + minute - offsetMinutes) % total) + total) % total,
          ...bounds,
        })),
      ),
    );
};

const greatestCommon = (a: number, b: number): number => (b === 0 ? a : greatestCommon(b, a % b));

/** Tasks after bounds have changed: those that run are kept within them; by load they fall to the least. */
const settle = (count: number, { min, max, tracked }: Omit<ScheduledBounds, "desired">): number =>
  tracked ? min : Math.max(min, Math.min(count, max));

/** Runs through the cycle once, telling the tasks of each slot, and ends with what holds then. */
const runThrough = (
  events: readonly Event[],
  start: ScheduledBounds,
  slots: { readonly count: number; readonly minutes: number },
) => {
  let { desired, min, max } = start;
  const { tracked } = start;
  const counts: number[] = [];
  let next = 0;
  for (let slot = 0; slot < slots.count; slot++) {
    for (let event = events[next]; event !== undefined && event.at <= slot * slots.minutes; event = events[++next]) {
      min = event.min ?? min;
      max = Math.max(event.max ?? max, min);
      desired = settle(desired, { min, max, tracked });
    }
    counts.push(desired);
  }
  return { counts, end: { desired, min, max, tracked } };
};

/**
 * Tasks of a service over the week, or the year, that its scheduled actions make, as Application Auto Scaling keeps its
 * count within the bounds of the last action.
 */
export const scheduledCounts = (bounds: ScheduledBounds, actions: readonly ScheduledAction[]): ScheduledCounts => {
  const parsed = actions.map((action) => ({ action, parsed: parse(action.expression) }));
  const odd = parsed.find((each) => each.parsed === undefined);
  if (odd !== undefined) return { kind: "not-understood", expression: odd.action.expression };
  const crons = parsed.flatMap((each) =>
    each.parsed?.kind === "cron" ? [{ action: each.action, fields: each.parsed.fields }] : [],
  );
  const always = parsed.filter((each) => each.parsed?.kind === "always");
  if (always.length > 0 && crons.length + always.length > 1) {
    return { kind: "not-understood", expression: always[0]?.action.expression ?? "" };
  }
  if (crons.length + always.length === 0) return { kind: "once" };
  const days = crons.every(({ fields }) => isWeekly(fields)) ? 7 : 365;
  const events = [
    ...always.map(({ action: { min, max } }) => ({
      at: 0,
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
    })),
    ...crons.flatMap(({ action, fields }) => eventsOf(action, fields, days)),
  ].sort((a, b) => a.at - b.at);
  const slotMinutes = events.reduce((common, { at }) => greatestCommon(common, at), 60);
  const slots = { count: (days * MINUTES_A_DAY) / slotMinutes, minutes: slotMinutes };
  const first = runThrough(events, { ...bounds, desired: settle(bounds.desired, bounds) }, slots);
  return { kind: "cycle", counts: runThrough(events, first.end, slots).counts, slotMinutes, days };
};
