import type { CapacityReport, ServiceCapacity } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import type { CapacityGroup, GroupBy } from "../../../select/groups.ts";
import { largestFirst, type Selected } from "../../../select/selection.ts";
import type { Cell, Document, TableBlock } from "../../document/document.ts";
import { counted, dollars, dollarsOf, percent, UNKNOWN } from "../../document/figures.ts";
import { availabilityText, strategyText, tasksText } from "../shared/capacity-text.ts";
import { type Detail, groupHeader, serviceNames, tailBlocks } from "../shared/report-parts.ts";
import { detailBlocks, isChanged, usesSpot } from "./detail.ts";

/** Strategies as a page: what to change and what that saves, then why. */
export const capacityDocument = (
  report: Selected<CapacityReport>,
  detail: Detail,
  grouped?: { readonly by: GroupBy; readonly groups: readonly CapacityGroup[] },
): Document => {
  const explained = detail.verbose || report.services.length === 1;
  return {
    title: titleOf(report),
    blocks: [
      grouped === undefined ? servicesTable(report) : groupsTable(grouped.by, grouped.groups),
      { kind: "lines", lines: adviceLines(report) },
      ...(explained ? bySaving(report.services).flatMap((service) => detailBlocks(service)) : []),
      { kind: "lines", heading: "Without a strategy", bullets: true, lines: explained ? [] : leftOutLines(report) },
      ...tailBlocks(report, detail),
    ],
  };
};

const titleOf = (report: Selected<CapacityReport>): string => {
  const { totalMonthlyCost } = report;
  const today = report.todayMonthlyCost ?? new Decimal(0);
  const saved = report.monthlySaving ?? new Decimal(0);
  const count = report.services.length + (report.omitted?.services ?? 0);
  const amount = isKnown(report)
    ? `${report.complete ? "" : "At least "}${dollars(totalMonthlyCost)} a month`
    : "Cost unknown";
  const cost = `${amount} for the tasks of ${counted(count, "service")}`;
  const share = today.isZero() ? "" : ` (${percent(saved.abs().div(today))})`;
  const against = saved.isNegative() ? "more" : "less";
  const saving = saved.isZero() ? "" : `, ${dollars(saved.abs())}${share} ${against} than today`;
  return `${cost}${saving}${report.filtered === true ? " (filtered)" : ""}`;
};

/** Whether any cost is known; without services there is none to know. */
const isKnown = ({ services, complete }: CapacityReport): boolean =>
  complete || services.some(({ monthlyCost }) => monthlyCost !== null);

const bySaving = (services: readonly ServiceCapacity[]): readonly ServiceCapacity[] =>
  largestFirst(
    largestFirst(services, ({ monthlyCost }) => monthlyCost),
    ({ monthlySaving }) => monthlySaving,
  );

const savingCell = (saving: Decimal | null): Cell => {
  if (saving === null) return "";
  if (saving.isZero()) return { text: "-", tone: "faint" };
  return { text: dollars(saving), tone: saving.isNegative() ? "bad" : "good" };
};

const servicesTable = (report: Selected<CapacityReport>): TableBlock => {
  const nameOf = serviceNames(report.services);
  return {
    kind: "table",
    columns: [
      { header: "Service", cutTo: 12 },
      { header: "Today", cutTo: 12 },
      { header: "Strategy", cutTo: 27 },
      { header: "Tasks" },
      { header: "Cost", align: "right" },
      { header: "Saving", align: "right" },
      { header: "Available", align: "right" },
    ],
    rows: bySaving(report.services).map((service) => [nameOf(service), todayText(service), ...answerCells(service)]),
    footer: [totalRow(report)],
  };
};

const todayText = ({ today, runsOn }: ServiceCapacity): string => {
  const configured = runsOn.join(" + ");
  return today === null || runsOn.length < 2 ? configured : strategyText(today.strategy);
};

const answerCells = (service: ServiceCapacity): readonly Cell[] => {
  const { strategy, tasks, monthlyCost, monthlySaving, availability } = service;
  if (!service.feasible) return [{ text: noAnswer(service), tone: "bad" }, "", "", "", ""];
  return [
    isChanged(service) ? { text: strategyText(strategy), tone: "strong" } : { text: "as today", tone: "faint" },
    tasksText(strategy, tasks),
    dollars(monthlyCost),
    monthlySaving === null ? { text: UNKNOWN, tone: "bad" } : savingCell(monthlySaving),
    availabilityText(availability.achieved),
  ];
};

const noAnswer = ({ status, reasons }: ServiceCapacity): string =>
  status === "advised" ? "none reaches the target" : `none: ${mainCode(status, reasons).replaceAll("-", " ")}`;

const mainCode = (status: string, reasons: ServiceCapacity["reasons"]): string =>
  reasons.some(({ code }) => code === "missing-price") ? "missing-price" : (reasons[0]?.code ?? status);

const totalRow = (report: CapacityReport): Cell[] => [
  { text: report.complete ? "Services" : "Where known", tone: "strong" },
  "",
  "",
  "",
  dollars(isKnown(report) ? report.totalMonthlyCost : null),
  savingCell(isKnown(report) ? report.monthlySaving : null),
  "",
];

const NO_FALLBACK =
  "Base and weights never fall back from Spot to on demand: Spot tasks that cannot be placed wait for capacity.";

const notSaidLine = (services: readonly ServiceCapacity[]): Cell[] => {
  const silent = services.filter(
    ({ interruptible, feasible, reasons }) =>
      interruptible === "unspecified" && feasible && reasons.some(({ code }) => code === "spot-not-allowed"),
  ).length;
  if (silent === 0) return [];
  const who = silent === 1 ? "1 service does not say whether it" : `${silent} services do not say whether they`;
  return [`${who} may be interrupted and got no Spot: set interruptible or minAvailableTasks, or give --required.`];
};

/** What to do in a sentence, and what to know before doing it. */
const adviceLines = ({ services, settings }: CapacityReport): readonly Cell[] => {
  const goal = `What is required runs ${availabilityText(settings.availability)} of the time or more. Tasks alone are priced: what comes along costs the same.`;
  const changes = largestFirst(services.filter(isChanged), ({ monthlySaving }) => monthlySaving);
  const [first] = changes;
  const warning: Cell[] = [...notSaidLine(services), ...(services.some(usesSpot) ? [NO_FALLBACK] : [])];
  const basis: Cell = { text: goal, tone: "faint" };
  if (first === undefined) return [{ text: nothingToChange(services), tone: "strong" }, ...warning, basis];
  const saving = changes.reduce((sum, { monthlySaving }) => sum.plus(monthlySaving ?? 0), new Decimal(0));
  const all =
    changes.length === 1 || saving.isZero()
      ? ""
      : ` ${changes.length === 2 ? "Both" : `All ${changes.length}`} changes: ${togetherText(saving)}.`;
  const next = `Next: run ${first.name} on ${strategyText(first.strategy)}, which ${effectOf(first.monthlySaving)}.${all}`;
  return [
    { text: next, tone: "strong" },
    ...warning,
    basis,
    {
      text: "Ready to paste: --emit aws-cli, cloudformation or terraform. The cluster must have the providers.",
      tone: "faint",
    },
  ];
};

const effectOf = (saving: Decimal | null): string => {
  if (saving === null) return "cannot be held against today's cost";
  if (saving.isNegative()) return `costs ${dollars(saving.abs())} a month more and keeps the tasks that are required`;
  return saving.isZero() ? "costs the same as today" : `saves ${dollars(saving)} a month`;
};

const togetherText = (saving: Decimal): string =>
  `${dollars(saving.abs())} a month ${saving.isNegative() ? "more" : "less"} than today`;

const nothingToChange = (services: readonly ServiceCapacity[]): string => {
  const open = services.filter(({ status }) => status === "unknown").length;
  if (open > 0) return `Next: give what is missing for ${counted(open, "service")} (see Issues).`;
  const failed = services.filter(({ status, feasible }) => status === "advised" && !feasible).length;
  if (failed === 0) return "Next: nothing to change, no strategy that keeps the required tasks costs less.";
  return `Next: ask for less or allow more for ${counted(failed, "service")} that no strategy keeps up (--required, --availability, --providers).`;
};

const leftOutLines = ({ services }: CapacityReport): readonly Cell[] => {
  const alike = Map.groupBy(
    services.filter(({ feasible }) => !feasible),
    ({ reasons }) => reasons.map(({ detail }) => detail).join(" "),
  );
  return [...alike].map(([why, group]) => {
    const names = group.map(({ name }) => name);
    const listed = names.length <= 5 ? names : [...names.slice(0, 5), `${names.length - 5} more`];
    return { text: `${listed.join(", ")}: ${why}`, tone: "faint" };
  });
};

const groupsTable = (by: GroupBy, groups: readonly CapacityGroup[]): TableBlock => ({
  kind: "table",
  columns: [
    { header: groupHeader(by), cutTo: 8 },
    { header: "Services", align: "right" },
    { header: "Today", align: "right" },
    { header: "Recommended", align: "right" },
    { header: "Saving", align: "right" },
  ],
  rows: groups.map(({ key, services, todayMonthlyCost, monthlyCost, complete, monthlySaving }) => [
    key,
    String(services),
    dollars(todayMonthlyCost),
    dollarsOf(monthlyCost, complete),
    savingCell(monthlySaving),
  ]),
});
