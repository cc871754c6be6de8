import { invalidInput } from "../../file/text/invalid-input.ts";
import { isRecord, type JsonRecord, recordsOf, textOf } from "./record.ts";

/** What a query of `get-metric-data` asks for: the texts that its result can be told by. */
export interface MetricQuery {
  readonly metric: string;
  readonly statistic: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly label: string;
}

/** Queries by their id. */
export type MetricQueries = ReadonlyMap<string, MetricQuery>;

/** The queries of a list, as `--metric-data-queries` takes it; none where it is another list. */
export const queriesIn = (listed: unknown): MetricQueries =>
  new Map(recordsOf(listed).flatMap((query) => entryOf(query) ?? []));

const entryOf = (query: JsonRecord): readonly (readonly [string, MetricQuery])[] | undefined => {
  const stat = query["MetricStat"];
  const id = textOf(query["Id"]);
  if (id === "" || !isRecord(stat) || !isRecord(stat["Metric"])) return undefined;
  const metric = stat["Metric"];
  const dimensions = Object.fromEntries(
    recordsOf(metric["Dimensions"]).map((each) => [textOf(each["Name"]), textOf(each["Value"])]),
  );
  return [
    [
      id,
      {
        metric: textOf(metric["MetricName"]),
        statistic: textOf(stat["Stat"]),
        dimensions,
        label: textOf(query["Label"]),
      },
    ],
  ];
};

/**
 * Adds the queries of one file to those that are known.
 *
 * @throws {BorderError} `invalid-metrics` where an id stands for two queries.
 */
export const addQueries = (known: Map<string, MetricQuery>, file: string, queries: MetricQueries): void => {
  for (const [id, query] of queries) {
    const other = known.get(id);
    if (other !== undefined && JSON.stringify(other) !== JSON.stringify(query)) {
      throw invalidInput("invalid-metrics", { file }, `has another query with the id ${id}`, {
        hint: "Read each result with its own query file, in a run of its own, or give the queries different ids.",
      });
    }
    known.set(id, query);
  }
};
