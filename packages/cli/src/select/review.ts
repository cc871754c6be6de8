import type { BilledService, BudgetReport, CostPart, ReviewReport } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import { usageError } from "../program/usage-error.ts";
import type { Fields } from "./fields.ts";
import { type Figure, figure, type NamedFigure } from "./figure.ts";
import { parseFilter } from "./filter.ts";
import type { GateFigures } from "./gates.ts";
import type { GroupBy } from "./groups.ts";
import { parseProjection } from "./projection.ts";

/** A service of the bill as filters see it; the bill puts tags on lines, so that a service has none of its own. */
type ListedService = BilledService & { readonly tags: Readonly<Record<string, string>> };

/** What a filter and `--fields` can look at. */
const FIELDS: Fields<ListedService> = {
  name: ({ name }) => name,
  cluster: ({ cluster }) => cluster,
  id: ({ key }) => key,
  cost: ({ cost }) => cost,
  previousCost: ({ previousCost }) => previousCost,
  change: ({ change }) => change,
};

const KEYS = ["key", "lineItems"];

const untagged = (expression: string, flag: string): void => {
  if (!/(?:^|,)\s*tag[.:]/.test(expression)) return;
  throw usageError(`${flag}: services of a bill have no tags`, "--group-by tag:KEY puts costs together by a tag.");
};

const listed = (service: BilledService): ListedService => ({ ...service, tags: {} });

/** The services that an expression such as `cluster=production,change>100` describes. */
export const parseServiceFilter = (expression: string): ((service: BilledService) => boolean) => {
  untagged(expression, "--filter");
  const passes = parseFilter(expression, FIELDS);
  return (service) => passes(listed(service));
};

/** The fields of services that `--fields` names. */
export const parseServiceFields = (text: string) => {
  untagged(text, "--fields");
  const { names, read } = parseProjection(text, FIELDS, KEYS);
  return { names, read: (service: BilledService, name: string) => read(listed(service), name) };
};

/** A review of which some services are listed; its totals stay those of the month. */
export type SelectedReview = ReviewReport & {
  readonly filtered?: true;
  /** Services that `--top` left out. */
  readonly omittedServices?: number;
};

/** The services that pass, and of those the dearest. */
export const selectServices = (
  report: ReviewReport,
  passes: ((service: BilledService) => boolean) | undefined,
  top: number | undefined,
): SelectedReview => {
  const passing = passes === undefined ? report.services : report.services.filter(passes);
  const services = top === undefined ? passing : dearest(passing).slice(0, top);
  const omitted = passing.length - services.length;
  return {
    ...report,
    services,
    ...(passes === undefined ? {} : { filtered: true }),
    ...(omitted === 0 ? {} : { omittedServices: omitted }),
  };
};

const dearest = (services: readonly BilledService[]): readonly BilledService[] =>
  [...services].sort((a, b) => b.cost.comparedTo(a.cost) || (a.key < b.key ? -1 : 1));

/** Parts of the total by what `--group-by` names. */
export const groupReview = (report: ReviewReport, by: GroupBy): readonly CostPart[] => {
  if (by.kind === "tag") return Object.hasOwn(report.tags, by.key) ? (report.tags[by.key] ?? []) : [];
  if (by.kind === "cluster") return report.clusters;
  if (by.kind === "dimension") return report.dimensions;
  return report.services.map(({ key, cost, previousCost, change }) => ({ key, cost, previousCost, change }));
};

/** A figure that is not known at all decides nothing. */
const orOpen = (amount: Decimal | null): Figure =>
  amount === null ? { known: new Decimal(0), complete: false, open: true } : figure(amount);

const percentOf = (change: Decimal | null, base: Decimal | null): Figure => {
  if (change === null || base === null) return orOpen(null);
  const infinite = new Decimal(change.isNegative() ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
  const share = change.isZero() ? new Decimal(0) : base.isZero() ? infinite : change.div(base.abs()).times(100);
  return { known: share, complete: true, unit: "percent" };
};

const count = (list: readonly unknown[]): Figure => figure(new Decimal(list.length));
const total = (report: ReviewReport): Figure => figure(report.totalCost, report.complete && !lacksParts(report));

/** Whether parts of the bill were left out, so that any cost may be larger than the report knows. */
const lacksParts = ({ issues }: ReviewReport): boolean => issues.some(({ code }) => code === "broken-bill");
const change = (report: ReviewReport): Figure => orOpen(lacksParts(report) ? null : report.change);
const changePercent = (report: ReviewReport): Figure =>
  percentOf(lacksParts(report) ? null : report.change, report.previousCost);

const ofServices =
  (read: (service: BilledService) => Figure) =>
  (report: ReviewReport): readonly NamedFigure[] =>
    report.services.map((service) => {
      const known = read(service);
      return { service: service.key, ...known, ...(lacksParts(report) ? { complete: false } : {}) };
    });

/** The budget of which the largest share is used; open without one. */
const budgetShare = (report: ReviewReport, amountOf: (budget: BudgetReport) => Decimal): Figure => {
  const shares = (report.budgets ?? []).flatMap((budget) =>
    budget.budget.isZero() ? [] : [amountOf(budget).div(budget.budget).times(100)],
  );
  const [first, ...others] = shares;
  return { ...orOpen(first === undefined ? null : Decimal.max(first, ...others)), unit: "percent" };
};

export const REVIEW_GATES: GateFigures<ReviewReport> = {
  report: {
    total,
    totalCost: total,
    change,
    increase: change,
    "change%": changePercent,
    "increase%": changePercent,
    previousCost: ({ previousCost }) => orOpen(previousCost),
    billTotal: (report) => figure(report.billTotal, !lacksParts(report)),
    unplaced: (report) => figure(report.unplaced.cost, !lacksParts(report)),
    forecast: ({ forecast }) => orOpen(forecast?.expected ?? null),
    "forecast.high": ({ forecast }) => orOpen(forecast?.high ?? null),
    saving: ({ findingsSaving }) => figure(findingsSaving),
    compute: (report) => figure(report.computeCost, report.complete && !lacksParts(report)),
    "budget%": (report) => budgetShare(report, ({ spent }) => spent),
    "budget.expected%": (report) => budgetShare(report, ({ expected }) => expected),
    untagged: ({ untagged: open }) => orOpen(open?.cost ?? null),
    "untagged%": ({ untagged: open }) => ({ ...orOpen(open?.share?.times(100) ?? null), unit: "percent" }),
    "coverage%": ({ commitments }) => ({ ...orOpen(commitments.coverage?.times(100) ?? null), unit: "percent" }),
    "utilization%": ({ commitments }) => ({ ...orOpen(commitments.utilization?.times(100) ?? null), unit: "percent" }),
    anomalies: ({ anomalies }) => count(anomalies),
    findings: ({ findings }) => count(findings),
    issues: ({ issues }) => count(issues.filter(({ severity }) => severity !== "info")),
  },
  service: {
    cost: ofServices(({ cost }) => figure(cost)),
    change: ofServices((service) => orOpen(service.change)),
    "change%": ofServices((service) => percentOf(service.change, service.previousCost)),
  },
};
