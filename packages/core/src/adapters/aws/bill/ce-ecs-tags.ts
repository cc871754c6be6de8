import type { BillDetail } from "../../../domain/bill/charge.ts";
import { SUBJECT } from "../../bill/cost-explorer/bill-notes.ts";
import {
  type Cell,
  CLUSTER_TAG,
  type Grouping,
  SERVICE_TAG,
  tagDimension,
  type Within,
} from "../../bill/cost-explorer/grouping.ts";
import { type Answered, type Question, question } from "./ce-question.ts";
import { askAll, learn, type Run } from "./ce-run.ts";

const SERVICE = tagDimension(SERVICE_TAG);
const CLUSTER = tagDimension(CLUSTER_TAG);

/** Usage that tags can be on, one charge type at a time. */
export interface TaggedUsage {
  readonly recordTypes: readonly string[];
  readonly services: readonly string[];
}

/** Clusters by the ECS services in them. */
type Pairs = ReadonlyMap<string, ReadonlySet<string>>;

/** The part of the bill that this usage is. */
export const withinOf = ({ services, recordTypes }: TaggedUsage): Within => ({
  RECORD_TYPE: recordTypes,
  SERVICE: services,
});

/** Which ECS services and clusters there are. */
export const pairQuestion = (run: Run, usage: TaggedUsage): Question =>
  question(run.period, [CLUSTER, SERVICE], withinOf(usage), "");

const pairsOf = ({ grouping }: Answered): Pairs => {
  const pairs = new Map<string, Set<string>>();
  for (const {
    keys: [cluster = "", service = ""],
  } of grouping.amounts) {
    pairs.set(service, (pairs.get(service) ?? new Set()).add(cluster));
  }
  return pairs;
};

/** Services whose name is in one cluster only, and the others. */
const split = (pairs: Pairs): { readonly unique: readonly string[]; readonly ambiguous: readonly string[] } => {
  const names = [...pairs.keys()].filter((name) => name !== "").sort();
  const isUnique = (name: string): boolean => pairs.get(name)?.size === 1;
  return { unique: names.filter(isUnique), ambiguous: names.filter((name) => !isUnique(name)) };
};

const withName = (grouping: Grouping, names: readonly string[]): Grouping => ({
  dimensions: grouping.dimensions,
  within: { ...grouping.within, [SERVICE]: names },
  amounts: grouping.amounts.filter(({ keys }) => names.includes(keys[grouping.dimensions.indexOf(SERVICE)] ?? "")),
});

/** Answers for one cluster each as one grouping that has the cluster too. */
const joined = (answers: readonly (readonly [cluster: string, Answered])[]): Grouping | undefined => {
  const [first] = answers;
  if (first === undefined) return undefined;
  const { [CLUSTER]: _cluster, ...within } = first[1].grouping.within;
  return {
    dimensions: [CLUSTER, ...first[1].grouping.dimensions],
    within,
    amounts: answers.flatMap(([cluster, { grouping }]) =>
      grouping.amounts.map((amount) => ({ ...amount, keys: [cluster, ...amount.keys] })),
    ),
  };
};

const MISSING_SERVICES = "what each ECS service cost is not known";
const MISSING_CLUSTERS = "what each cluster cost is not known for services of the same name";

/**
 * Charge types in as few parts as can be asked about at once: within a part no usage type of a day is of two of them, so
 * that its groups are told apart.
 */
export const togetherAskable = (cells: readonly Cell[], usage: TaggedUsage): readonly TaggedUsage[] => {
  const parts: { recordTypes: string[]; seen: Set<string> }[] = [];
  for (const recordType of usage.recordTypes) {
    const found = cells.filter(({ values }) => values.RECORD_TYPE === recordType);
    const keys = found.map(({ start, values }) => `${start} ${values.USAGE_TYPE ?? ""}`);
    const part = parts.find(({ seen }) => !keys.some((key) => seen.has(key)));
    if (part === undefined) parts.push({ recordTypes: [recordType], seen: new Set(keys) });
    else {
      part.recordTypes.push(recordType);
      for (const key of keys) part.seen.add(key);
    }
  }
  return parts.map(({ recordTypes }) => ({ ...usage, recordTypes }));
};

/** Usage of the charge types that these cells have. */
const ofCells = (cells: readonly Cell[], usage: TaggedUsage): TaggedUsage => {
  const types = new Set(cells.map(({ values }) => values.RECORD_TYPE));
  return { ...usage, recordTypes: usage.recordTypes.filter((type) => types.has(type)) };
};

const learnServices = async (run: Run, usage: TaggedUsage): Promise<void> => {
  const questions = togetherAskable(run.cells, usage).map((part) =>
    question(run.period, [SERVICE, "USAGE_TYPE"], withinOf(part), ""),
  );
  for (const answer of await askAll(run, questions, MISSING_SERVICES)) learn(run, answer?.grouping);
};

/** Tasks and instances that have a cluster and no service; where there are none, the rest has no cluster either. */
const learnLooseClusters = async (run: Run, usage: TaggedUsage, pairs: Pairs): Promise<void> => {
  const loose = run.cells.filter(({ values }) => values[SERVICE] === "");
  const withins = togetherAskable(loose, ofCells(loose, usage)).map((part) => ({ ...withinOf(part), [SERVICE]: [""] }));
  const dimensions = [CLUSTER, "USAGE_TYPE"] as const;
  if (!pairs.has("")) {
    for (const within of withins) learn(run, { dimensions, within, rest: "", amounts: [] });
    return;
  }
  const questions = withins.map((within) => question(run.period, dimensions, within, ""));
  for (const answer of await askAll(run, questions, MISSING_CLUSTERS)) learn(run, answer?.grouping);
};

const learnSharedNames = async (
  run: Run,
  usage: TaggedUsage,
  pairs: Pairs,
  names: readonly string[],
): Promise<void> => {
  const clusters = [...new Set(names.flatMap((name) => [...(pairs.get(name) ?? [])]))].sort();
  const named = run.cells.filter(({ values }) => names.includes(values[SERVICE] ?? ""));
  const parts = togetherAskable(named, ofCells(named, usage));
  const asked = parts.flatMap((part) => clusters.map((cluster) => ({ part, cluster })));
  const questions = asked.map(({ part, cluster }) =>
    question(run.period, [SERVICE, "USAGE_TYPE"], { ...withinOf(part), [SERVICE]: names, [CLUSTER]: [cluster] }),
  );
  const answers = await askAll(run, questions, MISSING_CLUSTERS);
  for (const part of parts) {
    const found = asked.flatMap(({ part: of, cluster }, at): (readonly [string, Answered])[] => {
      const answer = of === part ? answers[at] : undefined;
      return answer === undefined ? [] : [[cluster, answer]];
    });
    if (found.length === clusters.length) learn(run, joined(found));
  }
};

/** Divides usage by ECS service and cluster; tells whether any tag was found. */
export const learnEcsTags = async (
  run: Run,
  usage: TaggedUsage,
  answered: Answered | undefined,
): Promise<BillDetail["ecsTags"]> => {
  if (answered === undefined) return false;
  const pairs = pairsOf(answered);
  if (pairs.size === 0) {
    run.issues.push({
      code: "bill-detail",
      severity: "warning",
      subject: SUBJECT,
      detail: `no line has the tag ${SERVICE_TAG} or ${CLUSTER_TAG}, so costs by service and cluster are not known; turn on ECS managed tags for services and activate both cost allocation tags in Billing`,
    });
    return false;
  }
  const { unique, ambiguous } = split(pairs);
  await learnServices(run, usage);
  if (unique.length > 0) learn(run, withName(answered.grouping, unique));
  if (ambiguous.length > 0) await learnSharedNames(run, usage, pairs, ambiguous);
  await learnLooseClusters(run, usage, pairs);
  return true;
};

/** Divides usage by a tag: exactly where no ECS service is named, and by service where all of a service has one value. */
export const learnTag = async (run: Run, usage: TaggedUsage, key: string, hasServices: boolean): Promise<void> => {
  const tag = tagDimension(key);
  const names = [...new Set(run.cells.flatMap(({ values }) => values[SERVICE] ?? []))]
    .filter((name) => name !== "")
    .sort();
  const untold = run.cells.filter(({ values }) => !hasServices || values[SERVICE] === "");
  const loose = togetherAskable(untold, ofCells(untold, usage)).map((part) => {
    const within = withinOf(part);
    return question(run.period, [tag, "USAGE_TYPE"], hasServices ? { ...within, [SERVICE]: [""] } : within, "");
  });
  const ofServices =
    names.length === 0 ? [] : [question(run.period, [tag, SERVICE], { ...withinOf(usage), [SERVICE]: names })];
  const missing = `what each value of the tag ${key} cost is not known`;
  for (const answer of await askAll(run, [...loose, ...ofServices], missing)) learn(run, answer?.grouping);
};
