import type { ExtraAdvice, RightsizeReport, ServiceRightsizing } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import type { GroupBy, SavingGroup } from "../../../select/groups.ts";
import { largestFirst, type Selected } from "../../../select/selection.ts";
import type { Suggested } from "../../../suggestions/suggest.ts";
import type { Block, Cell, Document, TableBlock } from "../../document/document.ts";
import { counted, dollars, percent, quantityOf, UNKNOWN } from "../../document/figures.ts";
import { type Glyphs, sparkline } from "../../document/sparkline.ts";
import { type Detail, fleetsTable, serviceNames, tailBlocks } from "../shared/report-parts.ts";
import { savingCell, savingGroupsTable, shareOf } from "../shared/savings.ts";
import { suggestionBlocks } from "../shared/suggestions.ts";
import { nextLines } from "./advice.ts";
import { computeOptimizerTable } from "./compute-optimizer.ts";
import { roomRatio, serviceBlocks } from "./service.ts";
import { backtestTable, promiseLines, strategiesTable } from "./strategies.ts";

/** How much a page of advice on task sizes tells, and the signs that it is drawn with. */
export interface RightsizeDetail extends Detail {
  readonly glyphs: Glyphs;
}

/** Advice on task sizes as a page: the biggest saving first, what to do, then what else there is and why. */
export const rightsizeDocument = (
  report: Suggested<Selected<RightsizeReport>>,
  detail: RightsizeDetail,
  grouped?: { readonly by: GroupBy; readonly groups: readonly SavingGroup[] },
): Document => {
  const explained = detail.verbose || report.services.length === 1;
  return {
    title: titleOf(report),
    blocks: [
      grouped === undefined
        ? servicesTable(report, detail.glyphs)
        : savingGroupsTable(grouped.by, grouped.groups, "Advised"),
      { kind: "lines", lines: nextLines(report) },
      ...(explained ? bySaving(report.services).flatMap((service) => serviceBlocks(service, detail.glyphs)) : []),
      ...suggestionBlocks(report.suggestions),
      otherAdviceTable(report.services, detail),
      strategiesTable(report),
      backtestTable(report),
      { kind: "lines", lines: promiseLines(report) },
      computeOptimizerTable(report),
      ...fleetTables(report, detail),
      ...tailBlocks(report, detail),
    ],
  };
};

const titleOf = (report: Selected<RightsizeReport>): string => {
  const { totalMonthlyCost, monthlySaving, complete, filtered, services, omitted } = report;
  const count = counted(services.length + (omitted?.services ?? 0), "service");
  const today = `${complete ? "" : "At least "}${dollars(totalMonthlyCost)} a month for ${count}`;
  const share = totalMonthlyCost.isZero() ? "" : ` (${percent(monthlySaving.abs().div(totalMonthlyCost))})`;
  const change = monthlySaving.isZero()
    ? ""
    : `, ${dollars(monthlySaving.abs())}${share} ${monthlySaving.isNegative() ? "more" : "less"} with the advised sizes`;
  return `${today}${change}${filtered === true ? " (filtered)" : ""}`;
};

export const bySaving = (services: readonly ServiceRightsizing[]): readonly ServiceRightsizing[] =>
  largestFirst(
    largestFirst(services, ({ monthlyCost }) => monthlyCost),
    ({ monthlySaving }) => monthlySaving,
  );

const SPARK_WIDTH = 8;

const servicesTable = (report: Selected<RightsizeReport>, glyphs: Glyphs): TableBlock => {
  const nameOf = serviceNames(report.services);
  return {
    kind: "table",
    columns: [
      { header: "Service", cutTo: 14 },
      { header: `vCPU/GB ${glyphs.arrow} advised`, cutTo: 16 },
      { header: `Peaks now ${glyphs.arrow} then`, cutTo: 23 },
      { header: "Today", align: "right" },
      { header: "Saving", align: "right" },
      { header: "%", align: "right" },
      { header: "Sure" },
    ],
    rows: bySaving(report.services).map((service) => [
      nameOf(service),
      sizesCell(service, glyphs),
      peaksCell(service, glyphs),
      service.monthlyCost === null ? { text: UNKNOWN, tone: "bad" } : dollars(service.monthlyCost),
      savingCell(service.monthlySaving),
      shareOf(service.monthlySaving, service.monthlyCost),
      service.confidence ?? "",
    ]),
    footer: [totalRow(report)],
  };
};

const shortSize = (size: ServiceRightsizing["current"]): string =>
  size === null ? UNKNOWN : `${gigas(size.cpu)}/${gigas(size.memory)}`;

/** CPU units in vCPU, MiB in GB. */
const gigas = (value: number): string => quantityOf(new Decimal(value).div(1024).toDecimalPlaces(2));

const sizesCell = ({ current, recommended, advice }: ServiceRightsizing, { arrow }: Glyphs): string =>
  advice === "resize" ? `${shortSize(current)} ${arrow} ${shortSize(recommended)}` : shortSize(current);

/** What grows, or else what binds, as it is and as it would have been. */
const peaksCell = (service: ServiceRightsizing, glyphs: Glyphs): Cell => {
  const { advice, usage, current, recommended, bindingDimension, reasons } = service;
  if (advice === "withheld" || usage === null || current === null || recommended === null) {
    return { text: `withheld: ${reasons[0]?.code ?? UNKNOWN}`, tone: "faint" };
  }
  const grows = (["cpu", "memory"] as const).find((each) => recommended[each] > current[each]);
  const measured = (["cpu", "memory"] as const).filter((each) => usage[each].some((value) => value !== null));
  const told = grows ?? (bindingDimension === "memory" ? "memory" : "cpu");
  const metric = measured.includes(told) ? told : (measured[0] ?? told);
  const now = sparkline(usage[metric], SPARK_WIDTH, glyphs);
  const label = metric === "memory" ? "mem" : "cpu";
  if (advice === "keep") return `${label} ${now} keep`;
  const ratio = roomRatio(service, metric);
  const then = usage[metric].map((value) => (value === null ? null : value / ratio));
  return `${label} ${now} ${glyphs.arrow} ${sparkline(then, SPARK_WIDTH, glyphs)}`;
};

const totalRow = (report: Selected<RightsizeReport>): Cell[] => {
  const known = report.services.flatMap(({ monthlyCost }) => (monthlyCost === null ? [] : [monthlyCost]));
  const today = known.reduce((sum, cost) => sum.plus(cost), report.omitted?.monthlyCost ?? new Decimal(0));
  const label = report.omitted === undefined ? "Services" : `With ${counted(report.omitted.services, "more service")}`;
  const { monthlySaving } = report;
  return [
    { text: label, tone: "strong" },
    "",
    "",
    dollars(today),
    savingCell(monthlySaving),
    shareOf(monthlySaving, today),
    "",
  ];
};

const SHORT_LIST = 10;

interface NamedAdvice extends ExtraAdvice {
  readonly service: string;
}

/** Advice beside the size, the biggest saving first: a row for each, or for each kind where they are many. */
const otherAdviceTable = (services: readonly ServiceRightsizing[], { verbose }: Detail): TableBlock => {
  const all = services.flatMap(({ name, otherAdvice }) => otherAdvice.map((advice) => ({ ...advice, service: name })));
  const each = verbose || all.length <= SHORT_LIST;
  const rows = each ? all : [...Map.groupBy(all, ({ code }) => code).values()].map(ofOneKind);
  return {
    kind: "table",
    heading: each ? "Also, each on its own" : "Also, each on its own (by service with --verbose)",
    columns: [
      { header: "Service", cutTo: 14 },
      { header: "Advice" },
      { header: "Saving", align: "right" },
      { header: "Effort" },
      { header: "What", cutTo: 24 },
    ],
    rows: largestAdviceFirst(rows).map(({ service, code, monthlySaving, effort, detail }) => [
      service,
      code,
      savingCell(monthlySaving),
      effort,
      detail,
    ]),
  };
};

const ofOneKind = (alike: readonly NamedAdvice[]): NamedAdvice => {
  const [first] = largestAdviceFirst(alike);
  if (first === undefined) throw new Error("No advice of this kind");
  if (alike.length === 1) return first;
  const known = alike.flatMap(({ monthlySaving }) => (monthlySaving === null ? [] : [monthlySaving]));
  const monthlySaving = known.length === 0 ? null : known.reduce((sum, saving) => sum.plus(saving));
  return { ...first, service: `${alike.length} services`, monthlySaving };
};

const largestAdviceFirst = (all: readonly NamedAdvice[]): readonly NamedAdvice[] =>
  [...all].sort((a, b) => (b.monthlySaving ?? new Decimal(0)).comparedTo(a.monthlySaving ?? new Decimal(0)));

/** The fleets of today and what would run once the sizes are in place. */
const fleetTables = (report: RightsizeReport, { verbose }: Detail): readonly Block[] => {
  if (report.recommendedFleets.length === 0 && report.fleets.length === 0) return [];
  const then = { ...fleetsTable(report.recommendedFleets), heading: "Fleets with the advised sizes" };
  const now = { ...fleetsTable(report.fleets), heading: "Fleets today" };
  return verbose || report.advice.resize > 0 ? [now, then] : [now];
};
