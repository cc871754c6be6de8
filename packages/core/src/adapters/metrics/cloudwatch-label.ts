/** What the label of a CloudWatch result says; `service` is undefined where it names none. */
export interface LabelMeaning {
  readonly metric: "cpu" | "memory" | "tasks";
  readonly maximum: boolean;
  readonly service: string | undefined;
}

type Metric = LabelMeaning["metric"];

const NAMES: readonly (readonly [RegExp, Metric])[] = [
  [/(?<![a-z])cpu[_-]?utili[sz]ation([_-]pct)?(?![a-z])/i, "cpu"],
  [/(?<![a-z])memory[_-]?utili[sz]ation([_-]pct)?(?![a-z])/i, "memory"],
  [/(?<![a-z])running[_-]?tasks?([_-]?count)?(?![a-z])/i, "tasks"],
];
const SHORT_NAMES: readonly (readonly [RegExp, Metric])[] = [
  [/(?<![a-z])cpu(?![a-z])/i, "cpu"],
  [/(?<![a-z])mem(ory)?(?![a-z])/i, "memory"],
  [/(?<![a-z])tasks?(?![a-z])/i, "tasks"],
];
/** In a label a statistic is a word of its own: services have names such as `max-api`. */
const STATISTIC =
  /(?<![^\s|,;:()])(avg|average|mean|max|maximum|min|minimum|sum|samplecount|p\d+(?:\.\d+)?)(?![^\s|,;:()])/i;
const ID_STATISTIC = /(?<![a-z])(avg|average|mean|max|maximum|min|minimum|sum|samplecount|p\d+)(?![a-z])/i;
const NAMESPACES = /(?<![\w/])(AWS\/ECS|ECS\/ContainerInsights|ECS)(?![\w/])/g;

/**
 * Meaning of a result label such as `production/api CPUUtilization Maximum`: the metric, the statistic and, in what is
 * left, the service. The result id (`cpu_max_3`) is looked at for what the label leaves open. Undefined where neither
 * names a metric or the statistic is one that sizes cannot rest on.
 */
export const readLabel = (label: string, id = ""): LabelMeaning | undefined => {
  const named = find(NAMES, label);
  const metric = named?.metric ?? find(NAMES, id)?.metric ?? find(SHORT_NAMES, id)?.metric;
  if (metric === undefined) return undefined;
  const rest = label.replace(named?.text ?? "", " ");
  const statistic = STATISTIC.exec(rest)?.[1] ?? ID_STATISTIC.exec(id)?.[1] ?? "average";
  const maximum = /^max/i.test(statistic);
  if (!maximum && !/^(avg|average|mean)$/i.test(statistic)) return undefined;
  return { metric, maximum, service: serviceIn(rest.replace(STATISTIC, " ")) };
};

const find = (
  names: readonly (readonly [RegExp, Metric])[],
  text: string,
): { readonly metric: Metric; readonly text: string } | undefined => {
  for (const [pattern, metric] of names) {
    const match = pattern.exec(text);
    if (match !== null) return { metric, text: match[0] };
  }
  return undefined;
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
