import { BorderError, isBorderError } from "../../../domain/issues/border-error.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import type { BillReading, BillRequest, BillSource } from "../../../ports/bill-source.ts";
import { estimatedIssue, recordTypeIssues, SUBJECT } from "../../bill/cost-explorer/bill-notes.ts";
import { chargesOf } from "../../bill/cost-explorer/charges.ts";
import type { Cell, GroupedAmount } from "../../bill/cost-explorer/grouping.ts";
import { recordKind } from "../../bill/cost-explorer/record-type.ts";
import { ECS_NAMES, LOAD_BALANCING_NAMES, RELATED_NAMES } from "../../bill/cost-explorer/service-code.ts";
import type { Aws } from "../client/open-aws.ts";
import { learnAccounts } from "./ce-accounts.ts";
import { learnEcsTags, learnTag, pairQuestion, type TaggedUsage } from "./ce-ecs-tags.ts";
import { COST_EXPLORER_PAGE_PRICE, pagesCost } from "./ce-plan.ts";
import { type Answered, ask, type Question, question } from "./ce-question.ts";
import { askAll, learn, learnQuietly, type Run, valuesOf } from "./ce-run.ts";

export interface CostExplorerBillOptions {
  /** Most requests, further pages apart; default 40. What would need more is told as not known. */
  readonly mostRequests?: number;
}

const MOST_REQUESTS = 40;
/** Kinds of charges that have usage types and tags; others are known by service. */
const TAGGED_KINDS = ["usage", "covered", "discount"];
const DAY_MS = 86_400_000;

const isoDay = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

const nextDay = (day: string): string => isoDay(Date.parse(day) + DAY_MS);

/** First day that Cost Explorer keeps without being asked to: 13 months before the current one. */
const historyBegins = (now: number): string => {
  const date = new Date(now);
  return isoDay(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - 13, 1));
};

const HINTS: Readonly<Record<string, string>> = {
  DataUnavailableException:
    "Cost Explorer has no data yet: enable it in the Billing console and wait a day, or give bill files.",
  BillExpirationException: "The report behind these dates expired at AWS; repeat the command.",
};
const HISTORY_HINT =
  "Cost Explorer keeps about 14 months unless multi-year data are enabled in its preferences; give bill files for older months.";

const explained = (error: unknown, from: string, now: number): unknown => {
  if (!isBorderError(error) || error.code !== "aws-refused") return error;
  const named = error.cause instanceof Error ? HINTS[error.cause.name] : undefined;
  const hint = named ?? (from < historyBegins(now) ? HISTORY_HINT : error.hint);
  const { message, code, source, cause } = error;
  return new BorderError(message, { code, source, cause, ...(hint === undefined ? {} : { hint }) });
};

const wholeDaysOf = (request: BillRequest, now: number): Run["period"] => {
  const today = isoDay(now);
  const [to = today] = [request.to, today].sort();
  if (request.from < to) return { from: request.from, to };
  throw new BorderError(`Cost Explorer knows nothing yet from ${request.from} on`, {
    code: "no-bill-yet",
    source: "user",
    hint: "Name a month that has begun; data arrive up to a day late.",
  });
};

const cellOf = ({ start, keys, cost, effectiveCost, quantity, unit }: GroupedAmount): Cell => ({
  ...{ start, cost, effectiveCost, quantity, unit },
  values: { RECORD_TYPE: keys[0] ?? "", SERVICE: keys[1] ?? "" },
});

const currencyOf = ({ currencies }: Answered): string => {
  if (currencies.length < 2) return currencies[0] ?? "USD";
  throw new BorderError(`Cost Explorer gives amounts in ${currencies.join(" and ")}`, {
    code: "several-currencies",
    source: "aws",
    hint: "Read the bill of one account at a time.",
  });
};

/** Charge types of services that have to do with ECS, by kind. */
const recordTypesOf = (cells: readonly Cell[], kinds: readonly string[]): readonly string[] =>
  valuesOf(
    cells.filter(({ values }) => RELATED_NAMES.includes(values.SERVICE ?? "")),
    "RECORD_TYPE",
  ).filter((type) => kinds.includes(recordKind(type)?.kind ?? ""));

const usageQuestions = (run: Run, services: readonly string[]): readonly Question[] =>
  recordTypesOf(run.cells, TAGGED_KINDS).map((type) =>
    question(run.period, ["SERVICE", "USAGE_TYPE"], { RECORD_TYPE: [type], SERVICE: services }),
  );

const balancerQuestions = (run: Run, services: readonly string[]): readonly Question[] => {
  const names = services.filter((name) => LOAD_BALANCING_NAMES.includes(name));
  const types = recordTypesOf(run.cells, ["usage"]);
  if (names.length === 0) return [];
  return types.map((type) =>
    question(run.period, ["USAGE_TYPE", "OPERATION"], { RECORD_TYPE: [type], SERVICE: names }),
  );
};

/** What the second round asks, all at the same time; returns whether ECS tags were found. */
const learnDetail = async (run: Run, tagKeys: readonly string[]): Promise<boolean> => {
  const services = valuesOf(run.cells, "SERVICE").filter((name) => RELATED_NAMES.includes(name));
  const usage: TaggedUsage = { services, recordTypes: recordTypesOf(run.cells, TAGGED_KINDS) };
  const usageTypes = usageQuestions(run, services);
  if (usageTypes.length === 0) return false;
  const accounts = [question(run.period, ["LINKED_ACCOUNT", "SERVICE"])];
  const hasEcs = services.some((name) => ECS_NAMES.includes(name));
  const pairs = hasEcs && usage.recordTypes.length > 0 ? [pairQuestion(run, usage)] : [];
  const [byUsage, byOperation, byAccount, byPair] = await Promise.all([
    askAll(run, usageTypes, "what was used is not known"),
    askAll(run, balancerQuestions(run, services), "kinds of load balancers are not told apart"),
    askAll(run, accounts, "accounts are not told apart"),
    askAll(run, pairs, "what each ECS service and cluster cost is not known"),
  ]);
  for (const answer of [...byUsage, ...byOperation]) learn(run, answer?.grouping);
  for (const answer of byAccount) learnQuietly(run, answer?.grouping);
  const ecsTags = await learnEcsTags(run, usage, byPair[0]);
  await learnAccounts(run, usage);
  for (const key of tagKeys) await learnTag(run, usage, key, ecsTags);
  return ecsTags;
};

/** The day after the last one with amounts where the reading reaches the present, which comes late. */
const lastKnown = ({ period, cells, aws }: Run): string => {
  if (period.to < isoDay(aws.timing.now())) return period.to;
  const last = cells
    .map(({ start }) => start)
    .sort()
    .at(-1);
  return last === undefined ? period.from : nextDay(last);
};

const emptyIssue = ({ from, to }: Run["period"]): Issue => ({
  code: "empty-month",
  severity: "warning",
  subject: SUBJECT,
  detail: `there is no charge at all from ${from} to ${to} (exclusive)`,
});

const readBill = async (aws: Aws, request: BillRequest, options: CostExplorerBillOptions): Promise<BillReading> => {
  const period = wholeDaysOf(request, aws.timing.now());
  let pages = 0;
  const paid = (): void => {
    pages += 1;
    aws.observe({ code: "cost-explorer-progress", pages, usd: pagesCost(pages) });
  };
  const whole = question(period, ["RECORD_TYPE", "SERVICE"]);
  const first = await ask(aws, whole, paid).catch((error: unknown) => {
    throw explained(error, period.from, aws.timing.now());
  });
  const cells = first.grouping.amounts.map(cellOf);
  const requestsLeft = (options.mostRequests ?? MOST_REQUESTS) - 1;
  const run: Run = { aws, period, currency: currencyOf(first), issues: [], paid, requestsLeft, cells };
  const ecsTags = await learnDetail(run, request.tagKeys);
  const estimated = first.estimatedFrom === undefined ? [] : [estimatedIssue(first.estimatedFrom)];
  return {
    bill: {
      format: "cost-explorer",
      source: "cost-explorer",
      currency: run.currency,
      from: period.from,
      to: lastKnown(run),
      detail: { granularity: "day", ecsTags, splitCostAllocation: false, resources: false, amortised: true },
      charges: chargesOf(run.cells, request.tagKeys),
      hours: null,
      resources: null,
    },
    issues: [
      ...(cells.length === 0 ? [emptyIssue(period)] : []),
      ...estimated,
      ...recordTypeIssues(cells),
      ...run.issues,
    ],
    readingCost: {
      usd: pagesCost(pages),
      detail: `${pages} ${pages === 1 ? "page" : "pages"} of Cost Explorer at $${COST_EXPLORER_PAGE_PRICE}`,
    },
  };
};

/** Cost Explorer as a source of the bill; AWS bills $0.01 for each page. Action: ce:GetCostAndUsage. */
export const costExplorerBill = (aws: Aws, options: CostExplorerBillOptions = {}): BillSource => ({
  read: (request) => readBill(aws, request, options),
});
