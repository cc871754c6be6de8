import { sum } from "../../../domain/units/decimal.ts";
import { SUBJECT } from "../../bill/cost-explorer/bill-notes.ts";
import { type Cell, CLUSTER_TAG, tagDimension } from "../../bill/cost-explorer/grouping.ts";
import { type TaggedUsage, togetherAskable, withinOf } from "./ce-ecs-tags.ts";
import { question } from "./ce-question.ts";
import { askAll, learnQuietly, type Run } from "./ce-run.ts";

const CLUSTER = tagDimension(CLUSTER_TAG);
const MISSING = "accounts are not told apart";

const isUsage =
  ({ recordTypes, services }: TaggedUsage) =>
  ({ values }: Cell): boolean =>
    recordTypes.includes(values.RECORD_TYPE ?? "") && services.includes(values.SERVICE ?? "");

const withoutAccount = (run: Run, usage: TaggedUsage): readonly Cell[] =>
  run.cells.filter(isUsage(usage)).filter(({ values }) => values.LINKED_ACCOUNT === undefined);

/** Usage of services that several accounts use: by cluster, which is in one account, and by usage type where there is none. */
export const learnAccounts = async (run: Run, usage: TaggedUsage): Promise<void> => {
  const open = withoutAccount(run, usage);
  if (open.length === 0) return;
  const clusters = [...new Set(open.flatMap(({ values }) => values[CLUSTER] ?? []))]
    .filter((name) => name !== "")
    .sort();
  const hasClusters = open.some(({ values }) => values[CLUSTER] !== undefined);
  const byCluster =
    clusters.length === 0
      ? []
      : [question(run.period, ["LINKED_ACCOUNT", CLUSTER], { ...withinOf(usage), [CLUSTER]: clusters })];
  const loose = open.filter(({ values }) => !hasClusters || values[CLUSTER] === "");
  const recordTypes = usage.recordTypes.filter((type) => loose.some(({ values }) => values.RECORD_TYPE === type));
  const byUsage = togetherAskable(loose, { ...usage, recordTypes }).map((part) => {
    const within = withinOf(part);
    return question(
      run.period,
      ["LINKED_ACCOUNT", "USAGE_TYPE"],
      hasClusters ? { ...within, [CLUSTER]: [""] } : within,
    );
  });
  for (const answer of await askAll(run, [...byCluster, ...byUsage], MISSING)) learnQuietly(run, answer?.grouping);
  const left = withoutAccount(run, usage);
  if (left.length === 0) return;
  run.issues.push({
    code: "bill-detail",
    severity: "info",
    subject: SUBJECT,
    detail: `${sum(left.map(({ cost }) => cost)).toFixed()} ${run.currency} of usage could be of several accounts; it stays without one`,
  });
};
