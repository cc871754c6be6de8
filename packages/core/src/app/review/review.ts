import { type OverheadScope, overheadAssumption } from "../../domain/bill/place-charge.ts";
import { BorderError } from "../../domain/issues/border-error.ts";
import { createNotes, type Notes } from "../../domain/issues/notes.ts";
import { SCHEMA_VERSION } from "../../domain/report/report.ts";
import type { ReviewReport } from "../../domain/report/review-report.ts";
import { billedLines, unplacedLines } from "../../domain/review/billed-lines.ts";
import { budgetReports } from "../../domain/review/budgets.ts";
import { changeCauses } from "../../domain/review/change-causes.ts";
import { comesAlong } from "../../domain/review/comes-along.ts";
import { commitmentAccount } from "../../domain/review/commitment-account.ts";
import { costAnomalies } from "../../domain/review/cost-anomalies.ts";
import { costBreakdown, untaggedCost } from "../../domain/review/cost-breakdown.ts";
import { costForecast } from "../../domain/review/cost-forecast.ts";
import { costMovers } from "../../domain/review/cost-movers.ts";
import { computeCost, rowsCost } from "../../domain/review/cost-row.ts";
import { dailyCosts } from "../../domain/review/daily-cost.ts";
import type { RankedFindings } from "../../domain/review/findings/all-findings.ts";
import { statedFindings } from "../../domain/review/findings/finding-states.ts";
import { costTrend, monthCosts } from "../../domain/review/month-costs.ts";
import { costGroups } from "../../domain/review/ownership/cost-groups.ts";
import { showbackRows, teamParts } from "../../domain/review/ownership/owned-parts.ts";
import { type ReviewScene, reviewScene, rowsByMonth } from "../../domain/review/review-scene.ts";
import { lastDayOf, laterMonth, type ReviewWindow, reviewWindow } from "../../domain/review/review-window.ts";
import { unitCosts } from "../../domain/review/unit-costs.ts";
import { Decimal, sum, ZERO } from "../../domain/units/decimal.ts";
import { reviewCommitment, reviewFindings } from "./findings.ts";
import type { ReviewInput } from "./input.ts";
import { noteScene } from "./notes.ts";
import { reviewRates } from "./rates.ts";
import { reviewReconciliation } from "./reconciliation.ts";

const DEFAULT_MOVERS = 10;
const DEFAULT_MIN_ANOMALY = "1";
const DEFAULT_CONFIDENCE = 0.8;
const DEFAULT_OVERHEADS: OverheadScope = "regions";

/**
 * What ECS cost in a month by the real bill, why it is different from the month before, what it will cost and what to do
 * first. Amounts are in the currency of the bill; the parts add up to the bill exactly.
 *
 * @throws {BorderError} where the bill covers no day of the month.
 * @throws {RangeError} where the month is none.
 */
export const review = (input: ReviewInput): ReviewReport => {
  const { reading, month, tagKeys } = input;
  const { bill } = reading;
  const notes = createNotes();
  for (const issue of reading.issues) notes.report(issue);
  const scene = sceneOf(input);
  const { window, period, rows, account } = scene;
  noteScene(scene, notes);
  const priced = withOwnCurrency(input, notes);
  const rateOf = reviewRates(priced.catalogueOf, notes);
  const lineItems = billedLines(rows.current);
  const commitments = commitmentAccount(account, rows.current, bill.detail.amortised);
  const commitmentAdvice = reviewCommitment(scene, priced, rateOf, notes);
  const ranked = reviewFindings(scene, priced, commitmentAdvice, commitments, rateOf, notes);
  const reconciliation = reviewReconciliation(scene, lineItems, priced, notes);
  return {
    schemaVersion: SCHEMA_VERSION,
    command: "review",
    month,
    currency: bill.currency,
    bill: {
      source: bill.source,
      format: bill.format,
      from: bill.from,
      to: bill.to,
      readingCost: reading.readingCost,
    },
    complete: window.complete,
    period,
    previousPeriod: window.previous,
    totalCost: account.ecs,
    computeCost: computeCost(rows.current),
    previousComputeCost: rows.previous === null ? null : computeCost(rows.previous),
    comesAlong: comesAlong(scene.current),
    ...figuresOf(scene, input),
    lineItems,
    unplaced: { cost: account.unplaced, lineItems: unplacedLines(scene.current) },
    other: account.other,
    otherServices: [...account.otherServices]
      .map(([service, cost]) => ({ service, cost }))
      .sort((a, b) => b.cost.comparedTo(a.cost) || (a.service < b.service ? -1 : 1)),
    credits: account.credits,
    refunds: account.refunds,
    tax: account.tax,
    billTotal: account.billTotal,
    commitments,
    ...costBreakdown(rows, tagKeys),
    ...monthsOf(scene, input),
    ...findingsOf(ranked, input, scene),
    commitmentAdvice,
    reconciliation,
    ...notesOf(notes, input),
  };
};

const sceneOf = ({ reading: { bill }, month, settings, onlyTags }: ReviewInput): ReviewScene => {
  const window: ReviewWindow = reviewWindow(bill, month);
  if (window.period === undefined) {
    throw new BorderError(`the bill covers no day of ${month}: it is of ${bill.from} to ${bill.to}`, {
      code: "month-not-on-bill",
      source: "user",
      hint: "Give another --month, or a bill of that month.",
    });
  }
  return reviewScene(bill, window, window.period, settings?.overheads ?? DEFAULT_OVERHEADS, onlyTags);
};

/** Findings with what is known of them; what was accepted or is done is no saving to come. */
const findingsOf = (
  ranked: RankedFindings,
  { keptFindings }: ReviewInput,
  { window, period }: ReviewScene,
): Pick<ReviewReport, "findingChecks" | "findings" | "findingsSaving" | "lowConfidenceSaving"> => {
  if (keptFindings === undefined) return ranked;
  const stated = statedFindings(ranked.findings, keptFindings, { month: window.month, lastDay: lastDayOf(period) });
  const savingOf = (isLow: boolean): Decimal =>
    sum(
      stated.findings.map(({ confidence, additionalSaving, state }) =>
        state === "open" && (confidence === "low") === isLow ? (additionalSaving ?? ZERO) : ZERO,
      ),
    );
  return {
    findings: [
      ...stated.findings.filter(({ state }) => state === "open"),
      ...stated.findings.filter(({ state }) => state !== "open"),
    ],
    findingsSaving: savingOf(false),
    lowConfidenceSaving: savingOf(true),
    findingChecks: stated.checks,
  };
};

const monthsOf = (
  scene: ReviewScene,
  { ownership, groupBy, showback, budgets, unitMetrics, settings }: ReviewInput,
): Pick<ReviewReport, "budgets" | "groups" | "months" | "showback" | "teams" | "trend" | "unitCosts"> => {
  const { rows, window, current } = scene;
  const byMonth = rowsByMonth(scene);
  const months = monthCosts(byMonth, window);
  const teams = ownership === undefined ? undefined : teamParts(rows, ownership);
  const forecast = costForecast(scene, settings?.confidence ?? DEFAULT_CONFIDENCE);
  return {
    months,
    unitCosts: unitCosts(rows, [window.month, laterMonth(window.month, -1)], unitMetrics ?? []),
    ...(budgets === undefined ? {} : { budgets: budgetReports(scene, budgets, teams, forecast) }),
    trend: costTrend(months),
    ...(groupBy === undefined ? {} : { groups: costGroups(rows, byMonth, window.month, groupBy, ownership) }),
    ...(teams === undefined ? {} : { teams }),
    ...(showback === true ? { showback: showbackRows(window.month, rows.current, current, ownership) } : {}),
  };
};

/** Prices are in USD: nothing of them can be put beside a bill in another currency. */
const withOwnCurrency = (input: ReviewInput, notes: Notes): ReviewInput => {
  const { catalogueOf, rightsizing: _, inventory, usage, ...rest } = input;
  const { currency } = input.reading.bill;
  if (currency === "USD") return input;
  const isAsked = catalogueOf !== undefined || inventory !== undefined || usage !== undefined;
  if (isAsked) {
    notes.report({
      code: "missing-price",
      severity: "warning",
      subject: currency,
      detail: `Prices are in USD and the bill is in ${currency}: savings that need prices, and the estimate, are not put beside it.`,
    });
  }
  return rest;
};

/** Totals beside the month before, and where the difference is. */
const figuresOf = (
  scene: ReviewScene,
  { settings }: ReviewInput,
): Pick<
  ReviewReport,
  "anomalies" | "change" | "changeCauses" | "days" | "forecast" | "movers" | "previousCost" | "untagged"
> => {
  const { account, bill, rows } = scene;
  const previousCost = rows.previous === null ? null : rowsCost(rows.previous);
  return {
    previousCost,
    change: previousCost === null ? null : account.ecs.minus(previousCost),
    changeCauses: rows.previous === null ? null : changeCauses(rows.previous, rows.current),
    movers: costMovers(rows, settings?.movers ?? DEFAULT_MOVERS),
    days: bill.detail.granularity === "month" ? [] : dailyCosts(scene.current, scene.period),
    anomalies: costAnomalies(scene, new Decimal(settings?.minAnomaly ?? DEFAULT_MIN_ANOMALY)),
    forecast: costForecast(scene, settings?.confidence ?? DEFAULT_CONFIDENCE),
    untagged: untaggedCost(rows.current, account.ecs, bill.detail.ecsTags || bill.detail.splitCostAllocation),
  };
};

const notesOf = (notes: Notes, { settings }: ReviewInput): Pick<ReviewReport, "assumptions" | "issues"> => {
  notes.assume(overheadAssumption(settings?.overheads ?? DEFAULT_OVERHEADS));
  return { assumptions: notes.assumptions(), issues: notes.issues() };
};
