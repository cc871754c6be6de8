import type { Quantity, SeriesMeaning, Statistic } from "../reading/held-series.ts";
import type { MetricUnit } from "../reading/unit.ts";

interface Named extends Omit<SeriesMeaning, "statistic"> {
  readonly pattern: RegExp;
}

const named = (
  pattern: RegExp,
  quantity: Quantity,
  unit: MetricUnit,
  more: { readonly counter?: boolean; readonly ofContainer?: boolean } = {},
): Named => ({ pattern, quantity, unit, ...more });

const CONTAINER = { ofContainer: true };

/**
 * Metrics by their names, the first that matches counts. Names of CloudWatch, of Container Insights, of cAdvisor and
 * ecs-exporter for Prometheus, and of Datadog.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html (checked 2026-12-01)
 * @see https://github.com/prometheus-community/ecs_exporter (checked 2026-12-01)
 */
const NAMES: readonly Named[] = [
  named(/(?<![a-z])container[._ -]?cpu[._ -]?utili[sz]ed(?![a-z])/i, "cpu", "units", CONTAINER),
  named(/(?<![a-z])container[._ -]?memory[._ -]?utili[sz]ed(?![a-z])/i, "memory", "MiB", CONTAINER),
  named(/(?<![a-z])container[._ -]?cpu[._ -]?utili[sz]ation(?![a-z])/i, "cpu", "percent", CONTAINER),
  named(/(?<![a-z])container[._ -]?memory[._ -]?utili[sz]ation(?![a-z])/i, "memory", "percent", CONTAINER),
  named(/(?<![a-z])container[._ -]?cpu[._ -]?reserved(?![a-z])/i, "cpuReserved", "units", CONTAINER),
  named(/(?<![a-z])container[._ -]?memory[._ -]?reserved(?![a-z])/i, "memoryReserved", "MiB", CONTAINER),
  named(/(?<![a-z])cpu[._ -]?utili[sz]ed(?![a-z])/i, "cpu", "units"),
  named(/(?<![a-z])memory[._ -]?utili[sz]ed(?![a-z])/i, "memory", "MiB"),
  named(/(?<![a-z])cpu[._ -]?reserved(?![a-z])/i, "cpuReserved", "units"),
  named(/(?<![a-z])memory[._ -]?reserved(?![a-z])/i, "memoryReserved", "MiB"),
  named(/(?<![a-z])(task[._ -]?)?cpu[._ -]?utili[sz]ation([._ -]?(pct|percent))?(?![a-z])/i, "cpu", "percent"),
  named(/(?<![a-z])(task[._ -]?)?mem(ory)?[._ -]?utili[sz]ation([._ -]?(pct|percent))?(?![a-z])/i, "memory", "percent"),
  named(/(?<![a-z])cpu[._ -]?maximum[._ -]?pct(?![a-z])/i, "cpu", "percent"),
  named(/(?<![a-z])memory[._ -]?maximum[._ -]?pct(?![a-z])/i, "memory", "percent"),
  named(
    /(?<![a-z])running[._ -]?tasks?([._ -]?count)?(?![a-z])|aws\.ecs\.service\.running(?![a-z])/i,
    "tasks",
    "count",
  ),
  named(/(container|ecs)_(container_)?cpu_(usage_)?seconds_total/i, "cpu", "vcpu", {
    counter: true,
    ofContainer: true,
  }),
  named(/(container|ecs)_(container_)?memory_(usage_|working_set_)?bytes(?![a-z_])/i, "memory", "bytes", CONTAINER),
  named(/(?<![a-z])(ecs\.fargate|container)\.cpu\.usage(?![a-z.])/i, "cpu", "nanocores", CONTAINER),
  named(/(?<![a-z])(ecs\.fargate\.mem|container\.memory)\.usage(?![a-z.])/i, "memory", "bytes", CONTAINER),
];

/** Short names, for ids and columns: their unit is not told. */
const SHORT_NAMES: readonly Named[] = [
  named(/(?<![a-z])cpu([._ -]?(pct|percent|%|usage))?(?![a-z])/i, "cpu", "unknown"),
  named(/(?<![a-z])mem(ory)?([._ -]?(pct|percent|%|usage))?(?![a-z])/i, "memory", "unknown"),
  named(/(?<![a-z])tasks?(?![a-z])/i, "tasks", "count"),
];

/** In a label a statistic is a word of its own: services have names such as `max-api`. */
const STATISTIC =
  /(?<![^\s|,;:()])(avg|average|mean|max|maximum|min|minimum|sum|samplecount|pct|p\d+(?:\.\d+)?)(?![^\s|,;:()])/i;
const ID_STATISTIC = /(?<![a-z])(avg|average|mean|max|maximum|min|minimum|sum|samplecount|p\d+)(?![a-z])/i;

/** What a text says: the meaning, and the text without the words that said it. */
export interface FoundMeaning {
  readonly meaning: SeriesMeaning;
  readonly rest: string;
}

/** Why a text has no meaning that sizes can rest on. */
export type NoMeaning = "no-metric" | "other-statistic";

/**
 * The meaning of a name such as `production/api MemoryUtilization Maximum`, `max(CpuUtilized)` or
 * `aws_ecs_cpuutilization_average`; `id` is looked at for what the name leaves open, `statistic` where it is told beside it.
 */
export const findMeaning = (text: string, id = "", statistic?: string): FoundMeaning | NoMeaning => {
  const found = find(NAMES, text) ?? find(NAMES, id) ?? find(SHORT_NAMES, id);
  return found === undefined ? "no-metric" : withStatistic(found, text, id, statistic);
};

/** The same for a column of a table, where short names (`cpu`, `mem %`) do as well. */
export const columnMeaning = (text: string): FoundMeaning | NoMeaning => {
  const found = find(NAMES, text) ?? find(SHORT_NAMES, text);
  return found === undefined ? "no-metric" : withStatistic(found, text, "", undefined);
};

interface Match {
  readonly named: Named;
  readonly text: string;
}

const find = (names: readonly Named[], text: string): Match | undefined => {
  for (const each of names) {
    const match = each.pattern.exec(text);
    if (match !== null) return { named: each, text: match[0] };
  }
  return undefined;
};

const withStatistic = (
  { named: { pattern: _, unit, ...what }, text: own }: Match,
  text: string,
  id: string,
  told: string | undefined,
): FoundMeaning | NoMeaning => {
  const rest = text.replace(own, " ");
  const word =
    told ?? /maximum/i.exec(own)?.[0] ?? STATISTIC.exec(rest)?.[1] ?? suffixOf(rest) ?? ID_STATISTIC.exec(id)?.[1];
  const statistic = statisticOf(word ?? "average");
  if (statistic === undefined) return "other-statistic";
  const percent = unit === "unknown" && /pct|percent|%/i.test(own);
  return {
    meaning: { ...what, unit: percent ? "percent" : unit, statistic },
    rest: rest.replace(STATISTIC, " "),
  };
};

/** `_average` and `.maximum`, as Prometheus and Datadog write statistics behind the name. */
const suffixOf = (rest: string): string | undefined =>
  /(?<![^\s._|])[._](average|avg|maximum|max|minimum|min|sum|sample_?count|p\d+)(?![a-z])/i.exec(rest)?.[1];

/** The statistic that a word names; undefined for those that sizes cannot rest on. */
export const statisticOf = (word: string): Statistic | undefined => {
  if (/^max/i.test(word)) return "maximum";
  if (/^(avg|average|mean)$/i.test(word)) return "average";
  return /^sum$/i.test(word) ? "sum" : undefined;
};
