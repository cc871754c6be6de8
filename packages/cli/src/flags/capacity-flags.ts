import {
  type CapacitySettings,
  Decimal,
  EMIT_FORMATS,
  type InterruptionModel,
  type RequiredTasks,
} from "@ecs-cost/core";
import * as Flags from "@oclif/core/flags";
import { usageError } from "../program/usage-error.ts";
import { parseProvider, parseType, TYPE_NAMES } from "./provider-spec.ts";
import { valuesOf } from "./report-flags.ts";

const GOAL = "GOAL";
const MODEL = "INTERRUPTION MODEL";
const PROVIDERS = "PROVIDERS";

/** What has to hold, what may be used and how Spot behaves. */
export const capacityFlags = {
  availability: Flags.string({
    env: "ECS_COST_AVAILABILITY",
    helpGroup: GOAL,
    helpValue: "SHARE",
    summary: "Share of the time in which the required tasks must run, such as 0.99 or 99%; default 0.999.",
  }),
  required: Flags.string({
    env: "ECS_COST_REQUIRED",
    helpGroup: GOAL,
    helpValue: "N|N%",
    summary: "Tasks that must stay up, for every service; default what each says (minAvailableTasks, interruptible).",
  }),
  counts: Flags.string({
    env: "ECS_COST_COUNTS",
    helpGroup: GOAL,
    helpValue: "MIN..MAX",
    summary: "Counts that every service scales over; default what each says (desiredCount, hourlyCounts).",
  }),
  providers: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    env: "ECS_COST_PROVIDERS",
    helpGroup: PROVIDERS,
    helpValue: TYPE_NAMES.join("|"),
    summary: "Types of providers to consider besides the one in use; a list with commas, or repeated.",
  }),
  provider: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    env: "ECS_COST_PROVIDER",
    helpGroup: PROVIDERS,
    helpValue: "NAME=TYPE:PURCHASE[:FAMILY+...][:max=N]",
    summary:
      "What a provider of yours is, for example spot-arm=asg:spot:m7g+c7g or ri=asg:standard-ri-1y-no-upfront:max=12; repeat it.",
  }),
  metrics: Flags.string({
    multiple: true,
    env: "ECS_COST_METRICS",
    helpGroup: GOAL,
    helpValue: "SRC",
    summary:
      "Running tasks by the hour, instead of the counts in INPUT: CSV (also gzip), CloudWatch JSON or Parquet files, folders of them, or cloudwatch for the live account. INPUT stands before it.",
  }),
  "max-weight": Flags.integer({
    min: 1,
    max: 20,
    env: "ECS_COST_MAX_WEIGHT",
    helpGroup: PROVIDERS,
    helpValue: "W",
    summary: "Largest weight to recommend; default 9 for up to three providers, 4 beyond.",
  }),
  "zero-weight-base": Flags.boolean({
    allowNo: true,
    default: true,
    env: "ECS_COST_ZERO_WEIGHT_BASE",
    helpGroup: PROVIDERS,
    summary: "Allow a base at weight 0, which has been observed to work but is not documented.",
  }),
  "spot-rate": Flags.string({
    env: "ECS_COST_SPOT_RATE",
    helpGroup: MODEL,
    helpValue: "RATE",
    summary: "Reclaims that one running Spot task meets per hour.",
  }),
  "spot-together": Flags.string({
    env: "ECS_COST_SPOT_TOGETHER",
    helpGroup: MODEL,
    helpValue: "SHARE",
    summary: "Share of the Spot tasks that one reclaim takes together, 0 to 1.",
  }),
  "spot-hours-without": Flags.string({
    env: "ECS_COST_SPOT_HOURS_WITHOUT",
    helpGroup: MODEL,
    helpValue: "HOURS",
    summary: "Hours of the month in which there is no Spot capacity.",
  }),
  "replace-seconds": Flags.string({
    env: "ECS_COST_REPLACE_SECONDS",
    helpGroup: MODEL,
    helpValue: "SECONDS",
    summary: "Time from the loss of a Spot task until its replacement serves.",
  }),
  emit: Flags.option({
    options: EMIT_FORMATS,
    env: "ECS_COST_EMIT",
    helpGroup: "OUTPUT",
    helpValue: EMIT_FORMATS.join("|"),
    summary: "Print the strategies that change, ready to paste, and nothing else.",
  })(),
};

/** What those flags say, as oclif hands them on. */
export interface CapacityFlagValues {
  readonly availability: string | undefined;
  readonly required: string | undefined;
  readonly counts: string | undefined;
  readonly providers: readonly string[] | undefined;
  readonly provider: readonly string[] | undefined;
  readonly "max-weight": number | undefined;
  readonly "zero-weight-base": boolean;
  readonly "spot-rate": string | undefined;
  readonly "spot-together": string | undefined;
  readonly "spot-hours-without": string | undefined;
  readonly "replace-seconds": string | undefined;
}

/** The same, checked; throws a usage error that names the flag. */
export const capacitySettings = (flags: CapacityFlagValues, hours: string): CapacitySettings => ({
  hoursPerMonth: hours,
  interruption: interruptionOf(flags, hours),
  providers: [...new Set(valuesOf(flags.providers).flatMap((list) => list.split(",").map(parseType)))],
  named: valuesOf(flags.provider).map(parseProvider),
  zeroWeightBase: flags["zero-weight-base"],
  ...optional("availability", flags.availability, parseShare),
  ...optional("required", flags.required, parseRequired),
  ...optional("counts", flags.counts, parseCounts),
  ...(flags["max-weight"] === undefined ? {} : { maxWeight: flags["max-weight"] }),
});

const optional = <K extends string, T>(
  key: K,
  text: string | undefined,
  parse: (text: string, flag: string) => T,
): { readonly [P in K]?: T } => (text === undefined ? {} : ({ [key]: parse(text, `--${key}`) } as Record<K, T>));

const PLAIN = /^\d{1,9}(?:\.\d{1,15})?$/;

const parseNumber = (text: string, flag: string, most: number): number => {
  const value = text.trim();
  if (!PLAIN.test(value) || Number(value) > most) {
    throw usageError(`${flag} ${text}: expected a number from 0${most === Number.MAX_VALUE ? "" : ` to ${most}`}`);
  }
  return Number(value);
};

/** `0.99` or `99%`. */
const parseShare = (text: string, flag: string): number => {
  const value = text.trim();
  if (!value.endsWith("%")) return parseNumber(value, flag, 1);
  return new Decimal(parseNumber(value.slice(0, -1), flag, 100)).div(100).toNumber();
};

const parseRequired = (text: string, flag: string): RequiredTasks => {
  const value = text.trim();
  if (value.endsWith("%")) return { kind: "share", share: parseShare(value, flag) };
  if (!/^\d{1,7}$/.test(value)) throw usageError(`${flag} ${text}: expected a number of tasks such as 4, or 50%`);
  return { kind: "tasks", tasks: Number(value) };
};

const MOST_COUNTS = 5000;

const parseCounts = (text: string, flag: string): { min: number; max: number } => {
  const { min, max } = /^\s*(?<min>\d{1,6})\s*(?:\.\.|-)\s*(?<max>\d{1,6})\s*$/.exec(text)?.groups ?? {};
  const range = { min: Number(min), max: Number(max) };
  if (min === undefined || range.max < range.min || range.max < 1) {
    throw usageError(`${flag} ${text}: expected MIN..MAX, such as 4..20`);
  }
  if (range.max - range.min > MOST_COUNTS) throw usageError(`${flag} ${text}: at most ${MOST_COUNTS} counts apart`);
  return range;
};

const interruptionOf = (flags: CapacityFlagValues, hours: string): Partial<InterruptionModel> => {
  const number = (flag: keyof CapacityFlagValues, most = Number.MAX_VALUE): number | undefined => {
    const text = flags[flag];
    return typeof text === "string" ? parseNumber(text, `--${flag}`, most) : undefined;
  };
  const without = number("spot-hours-without", Number(hours));
  const seconds = number("replace-seconds");
  const rate = number("spot-rate");
  const together = number("spot-together", 1);
  return {
    ...(rate === undefined ? {} : { ratePerTaskHour: rate }),
    ...(together === undefined ? {} : { shareTakenTogether: together }),
    ...(without === undefined ? {} : { shareWithoutCapacity: new Decimal(without).div(hours).toNumber() }),
    ...(seconds === undefined ? {} : { replaceHours: seconds / 3600 }),
  };
};
