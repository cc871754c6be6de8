import { isoDate } from "../demand/timestamp.ts";
import type { Reason } from "../issues/issue.ts";
import type { TaskSize } from "../sizing/fargate-sizes.ts";
import { type Signs, STARVED_SHARE, startsAnew } from "./signs/signs.ts";

/** A size with what a task of it has in percent of the present size. */
export interface SizeGiven {
  readonly size: TaskSize;
  readonly current: TaskSize;
  readonly room: TaskSize;
}

/** What the shape of the series says of the advice, in words; nothing of it is left out silently. */
export const signReasons = (signs: Signs, given: SizeGiven): readonly Reason[] => [
  ...levelReason(signs),
  ...saturationReasons(signs),
  ...sawToothReason(signs),
  ...startReason(signs, given),
  ...hiddenReason(signs, given),
  ...steadyReason(signs),
  ...fractionReason(signs),
];

const percent = (value: number): string => `${Number(value.toFixed(value < 10 ? 1 : 0))} %`;

const levelReason = ({ level }: Signs): Reason[] => {
  if (level === undefined) return [];
  const { day, daysAfter, ratio } = level;
  const moved = ratio > 1 ? `rose ${ratio.toFixed(1)} times` : `fell to ${percent(100 * ratio)} of what it was`;
  const since = daysAfter === 1 ? "one day" : `${daysAfter} days`;
  const what = startsAnew(level)
    ? `the ${since} since then tell what it needs, the days before do not`
    : `the ${since} since then are too few to rely on`;
  return [{ code: "level-change", detail: `CPU ${moved} on ${isoDate(day)}: ${what}.` }];
};

const saturationReasons = ({ saturation, sawTooth }: Signs): Reason[] => [
  ...(saturation.cpu > 0.001
    ? [
        {
          code: "saturated",
          detail:
            saturation.cpu >= STARVED_SHARE
              ? `The tasks use all of their CPU for ${percent(100 * saturation.cpu)} of the time: what they would need is not known, and is more than was seen. Look again after the change.`
              : "The tasks use all of their CPU at times: what they would need is not known, and may be more.",
        },
      ]
    : []),
  ...(saturation.memory && sawTooth === undefined
    ? [
        {
          code: "memory-at-limit",
          detail: "Memory reached what the task has: what it would need is not known, and may be more.",
        },
      ]
    : []),
];

const sawToothReason = ({ sawTooth, saturation }: Signs): Reason[] => {
  if (sawTooth === undefined) return [];
  const { falls, from, to } = sawTooth;
  const shape = `Memory climbs to ${percent(from)} and falls back to ${percent(to)}, ${falls} times in the days looked at:`;
  const detail = saturation.memory
    ? `${shape} a leak, or tasks that are killed at their limit. What they need is not known; more memory only puts the next fall off. See the exit reasons of stopped tasks.`
    : `${shape} a leak that restarts end, or work in batches. Do not make memory less while it does.`;
  return [{ code: "memory-saw-tooth", detail }];
};

const startReason = ({ bursts }: Signs, { current, size, room }: SizeGiven): Reason[] => {
  if (bursts === undefined) return [];
  const { count, minutes, cpu, usual } = bursts;
  const slower = cpu / room.cpu;
  const lasts = slower > 1 ? minutes * slower : minutes;
  const longer =
    slower > 1
      ? `At ${size.cpu} units each takes ${slower.toFixed(1)} times as long, about ${rounded(lasts)} minutes: give starts a health-check grace period of ${rounded(lasts)} minutes or more.`
      : `At ${size.cpu} units it takes no longer.`;
  return [
    {
      code: "start-up",
      detail: `CPU reaches ${percent(cpu)} of ${current.cpu} units for about ${rounded(minutes)} minutes, ${count} times, and is at ${percent(usual)} otherwise: tasks that start, by its shape, or a job that runs now and then. ${longer}`,
    },
  ];
};

const rounded = (minutes: number): string => String(Math.max(1, Math.ceil(minutes - 1e-6)));

const hiddenReason = ({ hiddenPeaks }: Signs, { current, room }: SizeGiven): Reason[] => {
  if (hiddenPeaks === undefined || hiddenPeaks.minute <= room.cpu) return [];
  const { periodMinutes, minute } = hiddenPeaks;
  return [
    {
      code: "averages-only",
      detail: `Averages over ${periodMinutes} minutes hide peaks: by their spread within the hour a single minute may need up to ${Math.ceil((minute / 100) * current.cpu)} CPU units. Give maxima, or points of one minute.`,
    },
  ];
};

const steadyReason = ({ steadyMemory }: Signs): Reason[] =>
  steadyMemory === undefined
    ? []
    : [
        {
          code: "memory-not-following-load",
          detail: `Memory stands at ${percent(steadyMemory.level)} while CPU moves ${steadyMemory.cpuRatio.toFixed(1)}-fold: a heap or cache that fills what it gets, such as that of a JVM. Do not make it less before the limit of the heap is known.`,
        },
      ];

const fractionReason = ({ fractions }: Signs): Reason[] =>
  fractions
    ? [
        {
          code: "fractions",
          detail:
            "All values of CPU lie within 0..1 and are read as percent: if they are fractions of 1, the size advised is far too small. Say their unit.",
        },
      ]
    : [];
