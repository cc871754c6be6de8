/** Series of ECS that points can be told apart as. */
export type MetricColumn = "cpu" | "memory" | "cpuMaximum" | "memoryMaximum" | "tasks";

/** What the label of a CloudWatch result says; `service` is undefined where it names none. */
export interface LabelMeaning {
  readonly metric: "cpu" | "memory" | "tasks";
  readonly maximum: boolean;
  readonly service: string | undefined;
}

const METRIC =
  /(?<![a-z])(?:(cpu)[ _-]?utili[sz]ation(?:[_-]pct)?|(mem(?:ory)?)[ _-]?utili[sz]ation(?:[_-]pct)?|(running[ _-]?task(?:s|[ _-]?count)?)|(cpu)|(mem(?:ory)?))(?![a-z])/i;
const STATISTIC = /(?<![a-z])(avg|average|mean|max|maximum|min|minimum|sum|samplecount|p\d+(?:\.\d+)?)(?![a-z])/i;
const NAMESPACES = /(?<![\w/])(AWS\/ECS|ECS\/ContainerInsights|ECS)(?![\w/])/g;

/**
 * Meaning of a result label such as `production/api CPUUtilization Maximum`: the metric, the statistic and, in what is
 * left, the service. The result id (`cpu_max_3`) is looked at for what the label leaves open. Undefined where neither
 * names a metric or the statistic is one that sizes cannot rest on.
 */
export const readLabel = (label: string, id = ""): LabelMeaning | undefined => {
  const fromLabel = METRIC.exec(label);
  const match = fromLabel ?? METRIC.exec(id.replaceAll("_", " "));
  if (match === null) return undefined;
  const rest = fromLabel === null ? label : label.replace(fromLabel[0], " ");
  const statistic = STATISTIC.exec(rest)?.[1] ?? STATISTIC.exec(id.replaceAll("_", " "))?.[1] ?? "average";
  const isMaximum = /^max/i.test(statistic);
  if (!isMaximum && !/^(avg|average|mean)$/i.test(statistic)) return undefined;
  const service = serviceIn(rest.replace(STATISTIC, " "));
  const [, cpu, memory, tasks, shortCpu, shortMemory] = match;
  const metric = cpu !== undefined || shortCpu !== undefined ? "cpu" : (memory ?? shortMemory) ? "memory" : "tasks";
  return { metric: tasks === undefined ? metric : "tasks", maximum: isMaximum, service };
};

const serviceIn = (rest: string): string | undefined => {
  const words = rest
    .replace(NAMESPACES, " ")
    .split(/[\s|,;:()[\]]+/)
    .map((word) => word.replace(/^[-_./]+|[-_./]+$/g, ""))
    .filter((word) => word !== "");
  if (words.length === 0) return undefined;
  return words.length === 2 ? `${words[0]}/${words[1]}` : words.join(" ");
};

/** Service that a file is named after: `api-cpu.json` and `api.json.gz` are of `api`; undefined where nothing is left. */
export const serviceOfFile = (file: string): string | undefined => {
  const base = file.split(/[\\/]/).at(-1) ?? "";
  const name = base
    .replace(/\.gz$/i, "")
    .replace(/\.json$/i, "")
    .replace(
      /(^|[-_.])(cpu|mem|memory|max|maximum|avg|average|utili[sz]ation|metrics|statistics|data)(?=$|[-_.])/gi,
      "",
    );
  return name === "" || name === "-" ? undefined : name;
};
