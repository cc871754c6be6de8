import type { MetricColumn } from "../../../domain/demand/metric-point.ts";
import type { SeriesMeaning, SeriesOwner } from "../reading/held-series.ts";
import { columnMeaning, findMeaning } from "../series/meaning.ts";
import { isOwnerKey, ownerOf, serviceInWords, tagsIn } from "../series/owner.ts";

/** What a column of a table holds. */
export type TableColumn =
  | { readonly kind: "time" | "metric" | "statistic" | "scope" | "value" | "ignored" }
  /** Tells what the row is of, under this key. */
  | { readonly kind: "tag"; readonly key: string }
  | { readonly kind: "series"; readonly owner: SeriesOwner; readonly meaning: SeriesMeaning };

/** Names of columns as the user tells them, by what they hold. */
export type ToldColumns = Readonly<Partial<Record<ToldColumn, string>>>;
export const TOLD_COLUMNS = [
  "service",
  "cluster",
  "task",
  "container",
  "time",
  "metric",
  "value",
  "cpu",
  "memory",
  "cpu-maximum",
  "memory-maximum",
  "tasks",
] as const;
export type ToldColumn = (typeof TOLD_COLUMNS)[number];

const TIME =
  /^(@?timestamp|_?time|date|date[ _-]?time|ts|epoch|(@?timestamp|time|date)[ _]?\(?(utc|gmt|ms|s)\)?|bin\(.*\))$/i;
const METRIC =
  /^(metric(s|[ _]?name)?|__name__|series|query|target|legend|measurement|_measurement|field|_field|display[ _]?name)$/i;
const STATISTIC = /^(stat(istic)?|aggregat(or|ion))$/i;
const SCOPE = /^(scopes?|tags?|tag_?set|labels?|dimensions?|group)$/i;
const VALUE = /^(_?value|avg|average|mean|max|maximum|point)$/i;

/** What `metric` says of a column that names only a service. */
export const meaningOf = (column: MetricColumn): SeriesMeaning => {
  if (column === "tasks") return { quantity: "tasks", statistic: "average", unit: "count" };
  const isMaximum = column === "cpuMaximum" || column === "memoryMaximum";
  const quantity = column === "cpu" || column === "cpuMaximum" ? "cpu" : "memory";
  return { quantity, statistic: isMaximum ? "maximum" : "average", unit: "unknown" };
};

/** Whether a header cell names a column of times. */
export const isTimeName = (name: string): boolean => TIME.test(name.trim());

/** What a column holds by its name; `metric` is what columns of a service's name hold. */
export const columnOf = (name: string, metric: MetricColumn | undefined): TableColumn => {
  const text = name.trim();
  if (text === "" || text.startsWith("@ptr")) return { kind: "ignored" };
  if (TIME.test(text)) return { kind: "time" };
  if (METRIC.test(text)) return { kind: "metric" };
  if (STATISTIC.test(text)) return { kind: "statistic" };
  if (SCOPE.test(text)) return { kind: "scope" };
  if (VALUE.test(text)) return { kind: "value" };
  if (isOwnerKey(text)) return { kind: "tag", key: text };
  return seriesColumn(text, metric);
};

/** A column of one series by its name: `web CPUUtilization`, `avg:aws.ecs.service.cpuutilization{servicename:web}`. */
export const seriesColumn = (text: string, metric: MetricColumn | undefined): TableColumn => {
  const { tags, rest } = tagsIn(text);
  const found = columnMeaning(rest);
  if (found === "other-statistic") return { kind: "ignored" };
  if (found === "no-metric" && metric === undefined) return { kind: "ignored" };
  const owner = ownerOf(tags);
  const words = found === "no-metric" ? rest : found.rest;
  const service = owner.service ?? serviceInWords(words.replace(/[={}"]/g, " "));
  return {
    kind: "series",
    owner: service === undefined ? owner : { ...owner, service },
    meaning: found === "no-metric" ? meaningOf(metric ?? "cpu") : found.meaning,
  };
};

const COLUMN_METRICS: Readonly<Partial<Record<ToldColumn, MetricColumn>>> = {
  cpu: "cpu",
  memory: "memory",
  "cpu-maximum": "cpuMaximum",
  "memory-maximum": "memoryMaximum",
  tasks: "tasks",
};

/** What a column holds that the user told: its unit is the one that its name tells. */
export const toldColumn = (told: ToldColumn, name: string): TableColumn => {
  if (told === "time" || told === "metric" || told === "value") return { kind: told };
  const metric = COLUMN_METRICS[told];
  if (metric === undefined) return { kind: "tag", key: told };
  const meaning = meaningOf(metric);
  const found = findMeaning(name);
  const sameKind = typeof found === "object" && found.meaning.quantity === meaning.quantity;
  return { kind: "series", owner: {}, meaning: sameKind ? { ...meaning, unit: found.meaning.unit } : meaning };
};
