import {
  type AnyStrategy,
  describeSize,
  EXTRA_ADVICE,
  type ExtraAdviceCode,
  isLegalSize,
  legalSizes,
  parseCpu,
  parseMemory,
  type RightsizeSettings,
  resolveSettings,
  STRATEGIES,
  smallestSizeThatFits,
  type TaskSize,
} from "@ecs-cost/core";
import * as Flags from "@oclif/core/flags";
import { nearest } from "../program/nearest.ts";
import { usageError } from "../program/usage-error.ts";
import { valuesOf } from "./report-flags.ts";

const LONGEST_LOOKBACK = 93;

const STRATEGY_IDS = STRATEGIES.map(({ id }) => id);

/** `cpuPercentile` -> `cpu-percentile`. */
const flagName = (setting: string): string => setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const variable = (flag: string): string => `ECS_COST_${flag.toUpperCase().replaceAll("-", "_")}`;

/** Strategies by setting, each in the order in which settings are first named. */
const SETTINGS: ReadonlyMap<string, readonly AnyStrategy[]> = new Map(
  [...new Set(STRATEGIES.flatMap(({ settings }) => Object.keys(settings)))].map((name) => [
    name,
    STRATEGIES.filter(({ settings }) => Object.hasOwn(settings, name)),
  ]),
);

const settingSummary = (name: string, strategies: readonly AnyStrategy[]): string => {
  const help = strategies[0]?.settings[name]?.help ?? "";
  const defaults = strategies.map(({ id, settings }) => `${id} ${settings[name]?.default}`).join(", ");
  return `${help} (${defaults})`;
};

const settingFlag = (name: string, strategies: readonly AnyStrategy[]) =>
  Flags.string({
    env: variable(flagName(name)),
    helpGroup: "STRATEGY",
    helpValue: strategies[0]?.settings[name]?.unit ?? "N",
    summary: settingSummary(name, strategies),
  });

/** A flag for each setting of any strategy, made from its declaration. */
const settingFlags: Record<string, ReturnType<typeof settingFlag>> = Object.fromEntries(
  [...SETTINGS].map(([name, strategies]) => [flagName(name), settingFlag(name, strategies)]),
);

/** Flags of advice on task sizes. */
export const rightsizeFlags = {
  metrics: Flags.string({
    multiple: true,
    required: true,
    env: "ECS_COST_METRICS",
    helpGroup: "METRICS",
    helpValue: "SRC...",
    summary:
      "Utilization: CSV (also gzip), CloudWatch JSON or Parquet files, folders of them, - for standard input, or cloudwatch for the live account; SERVICE=FILE or SERVICE:METRIC=FILE for CSV of timestamp,value. INPUT stands before it.",
  }),
  lookback: Flags.string({
    env: "ECS_COST_LOOKBACK",
    helpGroup: "METRICS",
    helpValue: "DAYS",
    summary: `Newest days with points to look at, at most ${LONGEST_LOOKBACK}. (14)`,
  }),
  "min-points": Flags.string({
    env: "ECS_COST_MIN_POINTS",
    helpGroup: "METRICS",
    helpValue: "N",
    summary: "Fewest minutes with CPU and with memory values; with less, advice is withheld. (100)",
  }),
  strategy: Flags.option({
    options: STRATEGY_IDS,
    env: "ECS_COST_STRATEGY",
    helpGroup: "STRATEGY",
    helpValue: STRATEGY_IDS.join("|"),
    summary: "Rule that turns utilization into what a task needs. (default)",
  })(),
  "allow-sizes": Flags.string({
    env: "ECS_COST_ALLOW_SIZES",
    helpGroup: "ADVICE",
    helpValue: "CPU[/MEMORY],...",
    summary: "Only these sizes, for example 512/1024,1024/2048, or 512,1024 for all that Fargate has of them.",
  }),
  "min-saving": Flags.string({
    env: "ECS_COST_MIN_SAVING",
    helpGroup: "ADVICE",
    helpValue: "USD|N%",
    summary: "Keep the size where a smaller one saves less than so many USD a month, or percent.",
  }),
  advise: Flags.string({
    env: "ECS_COST_ADVISE",
    helpGroup: "ADVICE",
    helpValue: "A,B,...",
    summary: `Advice beside the size: all, none, or some of ${EXTRA_ADVICE.join(",")}. (all)`,
  }),
  "compare-strategies": Flags.boolean({
    env: "ECS_COST_COMPARE_STRATEGIES",
    helpGroup: "ADVICE",
    summary: "Put every strategy side by side, with its cost and its backtest.",
  }),
  backtest: Flags.boolean({
    env: "ECS_COST_BACKTEST",
    helpGroup: "ADVICE",
    summary:
      "Size on the first days and judge on the rest: how often the advice would have been wrong. May be followed by TRAIN/TEST in days, for example 7/3.",
  }),
  patch: Flags.string({
    env: "ECS_COST_PATCH",
    helpGroup: "OUTPUT",
    helpValue: "DIR",
    summary: "Write the task definitions with their new sizes into this folder, otherwise byte for byte as they were.",
  }),
  suggest: Flags.boolean({
    env: "ECS_COST_SUGGEST",
    helpGroup: "OUTPUT",
    summary:
      "Show what would apply the recommended sizes: a patch of task definitions and workload files, the exact attributes of Terraform and CloudFormation.",
  }),
  overwrite: Flags.boolean({
    env: "ECS_COST_OVERWRITE",
    helpGroup: "OUTPUT",
    dependsOn: ["patch"],
    summary: "Let --patch replace files that are there.",
  }),
  ...settingFlags,
};

/** What the flags say, as oclif hands them on. */
export interface RightsizeFlagValues {
  readonly strategy?: string | undefined;
  readonly lookback?: string | undefined;
  readonly "min-points"?: string | undefined;
  readonly "allow-sizes"?: string | undefined;
  readonly "min-saving"?: string | undefined;
  readonly advise?: string | undefined;
  readonly "compare-strategies": boolean;
  readonly backtest: boolean;
}

/** The settings that the flags describe; `values` are those of the strategies' settings by flag name. */
export const rightsizeSettings = (
  flags: RightsizeFlagValues,
  values: Readonly<Record<string, unknown>>,
  split: string | undefined,
): RightsizeSettings => {
  const { strategy, lookback, advise, "min-points": points, "allow-sizes": sizes, "min-saving": saving } = flags;
  const backtest = split === undefined ? flags.backtest || flags["compare-strategies"] : parseSplit(split);
  return {
    ...(strategy === undefined ? {} : { strategy }),
    strategySettings: strategySettings(strategy ?? STRATEGY_IDS[0] ?? "", values),
    ...(lookback === undefined
      ? {}
      : { lookbackDays: parseWhole("--lookback", lookback.replace(/d$/, ""), LONGEST_LOOKBACK) }),
    ...(points === undefined ? {} : { minPoints: parseWhole("--min-points", points, 1_000_000) }),
    ...(sizes === undefined ? {} : { allowSizes: parseSizes(sizes) }),
    ...(saving === undefined ? {} : { minSaving: parseSaving(saving) }),
    ...(advise === undefined ? {} : { advise: parseAdvise(advise) }),
    compareStrategies: flags["compare-strategies"],
    backtest,
  };
};

const strategySettings = (id: string, values: Readonly<Record<string, unknown>>): Record<string, number> => {
  const strategy = STRATEGIES.find((each) => each.id === id);
  const specs = strategy?.settings ?? {};
  const given = [...SETTINGS.keys()].flatMap((name): [string, number][] => {
    const text = values[flagName(name)];
    if (typeof text !== "string") return [];
    if (!Object.hasOwn(specs, name)) throw foreignSetting(name, id, Object.keys(specs));
    return [[name, parseNumber(`--${flagName(name)}`, text)]];
  });
  for (const [name, value] of given) {
    const resolved = resolveSettings(specs, { [name]: value });
    if (!resolved.ok) throw usageError(`--${flagName(name)}: ${resolved.problems.join(" ")}`);
  }
  return Object.fromEntries(given);
};

const foreignSetting = (name: string, id: string, own: readonly string[]): Error =>
  usageError(
    `--${flagName(name)}: the strategy ${id} has no such setting`,
    `It has ${own.map((each) => `--${flagName(each)}`).join(", ")}.`,
  );

const parseNumber = (flag: string, text: string): number => {
  const digits = text.trim().replace(/\s*%$/, "");
  if (!/^\d{1,9}(?:\.\d{1,9})?$/.test(digits)) throw usageError(`${flag} ${text}: expected a number`);
  return Number(digits);
};

const parseWhole = (flag: string, text: string, most: number): number => {
  const value = parseNumber(flag, text);
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw usageError(`${flag} ${text}: expected a whole number from 1 to ${most}`);
  }
  return value;
};

const parseSaving = (text: string): NonNullable<RightsizeSettings["minSaving"]> => {
  const trimmed = text.trim();
  if (trimmed.endsWith("%")) return { percent: parseNumber("--min-saving", trimmed) };
  const usd = trimmed.replace(/^\$/, "");
  parseNumber("--min-saving", usd);
  return { usd };
};

/** TRAIN/TEST as days. */
export const SPLIT = /^(?<train>\d{1,2})\/(?<test>\d{1,2})$/;

const parseSplit = (text: string): { readonly trainDays: number; readonly testDays: number } => {
  const { train, test } = SPLIT.exec(text)?.groups ?? {};
  const [trainDays, testDays] = [Number(train), Number(test)];
  if (!(trainDays >= 1 && testDays >= 1 && trainDays + testDays <= LONGEST_LOOKBACK)) {
    throw usageError(`--backtest ${text}: expected TRAIN/TEST in days, such as 7/3`);
  }
  return { trainDays, testDays };
};

const parseAdvise = (text: string): readonly ExtraAdviceCode[] => {
  const words = text.split(",").flatMap((word) => (word.trim() === "" ? [] : [word.trim()]));
  if (words.length === 1 && words[0] === "all") return EXTRA_ADVICE;
  if (words.length === 1 && words[0] === "none") return [];
  return words.map((word) => {
    const code = EXTRA_ADVICE.find((each) => each === word);
    if (code !== undefined) return code;
    const [guess] = nearest(word, EXTRA_ADVICE, 1);
    const hint = `${guess === undefined ? "" : `Did you mean ${guess}? `}There are all, none, ${EXTRA_ADVICE.join(", ")}.`;
    throw usageError(`--advise: there is no advice ${word}`, hint);
  });
};

const parseSizes = (text: string): readonly TaskSize[] =>
  valuesOf(text.replaceAll(",", ";")).flatMap((entry) => {
    const [cpuText = "", memoryText, ...more] = entry.split(/[/:]/).map((part) => part.trim());
    const cpu = parseCpu(cpuText);
    const memory = memoryText === undefined ? undefined : parseMemory(memoryText);
    if (cpu === undefined || more.length > 0 || (memoryText !== undefined && memory === undefined)) {
      throw usageError(`--allow-sizes ${entry}: expected CPU/MEMORY, such as 512/1024 or "0.5 vCPU/1 GB"`);
    }
    return memory === undefined ? sizesOf(entry, cpu) : [legal({ cpu, memory })];
  });

const sizesOf = (entry: string, cpu: number): readonly TaskSize[] => {
  const sizes = legalSizes("linux").filter((size) => size.cpu === cpu);
  if (sizes.length > 0) return sizes;
  const known = [...new Set(legalSizes("linux").map((size) => size.cpu))].join(", ");
  throw usageError(`--allow-sizes ${entry}: no size has ${cpu} CPU units`, `Fargate has ${known}.`);
};

/** Sizes of tasks on instances are free, but one list serves both. */
const legal = (size: TaskSize): TaskSize => {
  if (isLegalSize(size.cpu, size.memory, "linux")) return size;
  const fit = smallestSizeThatFits(size.cpu, size.memory, "linux");
  throw usageError(
    `--allow-sizes ${size.cpu}/${size.memory}: no task can have ${describeSize(size)} on Fargate`,
    fit.found ? `The nearest that holds it is ${fit.size.cpu}/${fit.size.memory}.` : fit.reason.detail,
  );
};
