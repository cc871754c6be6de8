import type { CompareReport, OptionReport, ServiceComparison } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import type { GroupBy, SavingGroup } from "../../../select/groups.ts";
import { largestFirst, type Selected } from "../../../select/selection.ts";
import type { Block, Cell, Document, TableBlock } from "../../document/document.ts";
import { counted, dollars, monthlyTitle, percent, sizeOf, UNKNOWN } from "../../document/figures.ts";
import type { Sheet } from "../../document/sheet.ts";
import { type Detail, fleetsTable, serviceNames, tailBlocks } from "../shared/report-parts.ts";
import { savingCell, savingGroupsTable, shareOf } from "../shared/savings.ts";
import { adviceLine, breakEvenLines } from "./advice.ts";
import { connectivityBlocks } from "./connectivity.ts";
import { holdTogether } from "./hold-together.ts";

/** A comparison as a page: what to move where and what that saves, then why. */
export const compareDocument = (
  report: Selected<CompareReport>,
  detail: Detail,
  grouped?: { readonly by: GroupBy; readonly groups: readonly SavingGroup[] },
): Document => {
  const ranked = detail.verbose || report.services.length === 1;
  return {
    title: titleOf(report),
    blocks: [
      grouped === undefined ? servicesTable(report) : savingGroupsTable(grouped.by, grouped.groups, "At best"),
      { kind: "lines", lines: adviceLine(report) },
      ...(ranked ? report.services.flatMap((service) => optionBlocks(service, detail)) : []),
      { kind: "lines", heading: "Break-even", bullets: true, lines: breakEvenLines(report.services, detail) },
      fleetsTable(shownFleets(report, detail)),
      ...connectivityBlocks(report.connectivity),
      ...tailBlocks(report, detail),
    ],
  };
};

const titleOf = (report: Selected<CompareReport>): string => {
  const saving = totalSaving(report.services);
  const share =
    report.totalMonthlyCost === null || report.totalMonthlyCost.isZero() ? null : saving.div(report.totalMonthlyCost);
  const count = report.services.length + (report.omitted?.services ?? 0);
  const today = monthlyTitle(report.totalMonthlyCost, report.complete);
  const part =
    saving.isZero() || share === null || !holdTogether(report)
      ? ""
      : `, ${dollars(saving)} (${percent(share)}) less at best`;
  const shown = report.omitted === undefined ? "" : " for those shown";
  return `${today} for ${counted(count, "service")}${part}${part === "" ? "" : shown}${report.filtered === true ? " (filtered)" : ""}`;
};

const totalSaving = (services: readonly ServiceComparison[]): Decimal =>
  services.reduce((sum, { monthlySaving }) => sum.plus(monthlySaving ?? 0), new Decimal(0));

const servicesTable = (report: Selected<CompareReport>): TableBlock => {
  const nameOf = serviceNames(report.services);
  return {
    kind: "table",
    columns: [
      { header: "Service", cutTo: 14 },
      { header: "Today", cutTo: 8 },
      { header: "Cost", align: "right" },
      { header: "Best option", cutTo: 36 },
      { header: "Cost", align: "right" },
      { header: "Saving", align: "right" },
      { header: "%", align: "right" },
    ],
    rows: bySaving(report.services).map((service) => {
      const { current, best, monthlySaving } = service;
      return [
        nameOf(service),
        current.runsOn.join(" + "),
        current.monthlyCost === null ? { text: UNKNOWN, tone: "bad" } : costCell(current),
        best ?? { text: "none", tone: "bad" },
        best === null ? "" : bestCell(service),
        savingCell(monthlySaving),
        shareOf(monthlySaving, current.monthlyCost),
      ];
    }),
    footer: [totalRow(report)],
  };
};

const bestCell = ({ best, bestMonthlyCost, options }: ServiceComparison): string =>
  costCell({ monthlyCost: bestMonthlyCost, assumptions: options.find(({ id }) => id === best)?.assumptions });

const bySaving = (services: readonly ServiceComparison[]): readonly ServiceComparison[] =>
  largestFirst(
    largestFirst(services, ({ current }) => current.monthlyCost),
    ({ monthlySaving }) => monthlySaving,
  );

const totalRow = (report: CompareReport): Cell[] => {
  const { services } = report;
  const known = services.filter(({ current }) => current.monthlyCost !== null);
  const complete = known.length === services.length;
  const sum = (values: readonly (Decimal | null)[]): Decimal =>
    values.reduce<Decimal>((total, value) => total.plus(value ?? 0), new Decimal(0));
  const today = sum(known.map(({ current }) => current.monthlyCost));
  const saving = sum(known.map(({ monthlySaving }) => monthlySaving));
  const label: Cell = { text: complete ? "Services" : "Where known", tone: "strong" };
  if (known.length === 0) return [label, "", UNKNOWN, "", UNKNOWN, UNKNOWN, ""];
  if (!holdTogether(report)) return [label, "", dollars(today), "", "", "", ""];
  return [label, "", dollars(today), "", dollars(today.minus(saving)), savingCell(saving), shareOf(saving, today)];
};

const SHORT_RANKING = 12;

/** The options of one service, cheapest first, and why the others cannot be had. */
const optionBlocks = (service: ServiceComparison, { verbose }: Detail): readonly Block[] => {
  const feasible = service.options.filter((option) => option.feasible);
  const shown = verbose ? feasible : feasible.slice(0, SHORT_RANKING);
  return [
    {
      kind: "table",
      heading: `${service.cluster}/${service.name} (${sizeOf(service)}): ${counted(feasible.length, "option")}, cheapest first`,
      columns: [
        { header: "Option" },
        { header: "Monthly cost", align: "right" },
        { header: "Against today", align: "right" },
        { header: "Good to know", cutTo: 8 },
      ],
      rows: shown.map((option) => optionRow(option, service)),
    },
    { kind: "lines", lines: shown.some(({ assumptions }) => assumptions !== undefined) ? [DERIVED] : [] },
    { kind: "lines", lines: feasible.length > shown.length ? [moreLine(feasible.length - shown.length)] : [] },
    { kind: "lines", heading: "Not possible", bullets: true, lines: obstacleLines(service.options, verbose) },
  ];
};

const DERIVED: Cell = { text: "~ rests on a derived rate: see the assumptions.", tone: "faint" };

const moreLine = (count: number): Cell => ({
  text: `${counted(count, "dearer option")}: see --verbose`,
  tone: "faint",
});

const optionRow = (option: OptionReport, { current, best }: ServiceComparison): Cell[] => {
  const change =
    option.monthlyCost === null || current.monthlyCost === null ? null : option.monthlyCost.minus(current.monthlyCost);
  const shared = option.fleet?.share;
  const share = shared?.lessThan(1) === true ? `${percent(shared)} of its fleet. ` : "";
  return [
    option.id === best ? { text: option.id, tone: "strong" } : option.id,
    costCell(option),
    changeCell(change),
    `${option.id === best ? "Best. " : ""}${share}${option.reasons.map(({ detail }) => detail).join(" ")}`,
  ];
};

/** A cost that rests on a derived rate is not exact and says so. */
const costCell = ({
  monthlyCost,
  assumptions,
}: {
  readonly monthlyCost: Decimal | null;
  readonly assumptions?: readonly string[] | undefined;
}): string => (assumptions === undefined ? dollars(monthlyCost) : `~${dollars(monthlyCost)}`);

const changeCell = (change: Decimal | null): Cell => {
  if (change === null) return "";
  if (change.isZero()) return "same";
  return change.isNegative() ? { text: dollars(change), tone: "good" } : `+${dollars(change)}`;
};

/** Options that lose for the same reasons, told together; in short, those that lose for the same kind of reason. */
const obstacleLines = (options: readonly OptionReport[], verbose: boolean): readonly Cell[] => {
  const infeasible = options.filter(({ feasible }) => !feasible);
  const alike = Map.groupBy(infeasible, ({ reasons }) =>
    verbose ? reasons.map(({ detail }) => detail).join(" ") : (reasons[0]?.code ?? ""),
  );
  return [...alike.values()].map((group) => {
    const reasons = group[0]?.reasons.map(({ detail }) => detail) ?? [];
    const why = verbose ? reasons.join(" ") : (reasons[0] ?? "");
    const more = group.length > 1 && !verbose ? `${why} And the like for the others.` : why;
    return { text: `${namesOf(group, verbose)}: ${more}`, tone: "faint" };
  });
};

const namesOf = (options: readonly OptionReport[], verbose: boolean): string => {
  const names = options.map(({ id }) => id);
  return verbose || names.length <= 3
    ? names.join(", ")
    : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
};

/** Without verbose only the fleets that some service should move to or runs on. */
const shownFleets = ({ fleets, services }: CompareReport, { verbose }: Detail): CompareReport["fleets"] => {
  if (verbose) return fleets;
  const advised = new Set(
    services.flatMap(({ best, options }) => {
      const fleet = options.find(({ id }) => id === best)?.fleet;
      return fleet === undefined ? [] : [JSON.stringify([fleet.id, fleet.cluster])];
    }),
  );
  return fleets.filter(({ id, cluster }) => advised.has(JSON.stringify([id, cluster])));
};

const HEADER = [
  "service",
  "cluster",
  "option",
  "feasible",
  "best",
  "monthlyCost",
  "currentMonthlyCost",
  "reasons",
  "assumptions",
] as const;

/** One row for each service and option, in the order of the report. */
export const compareSheet = (report: CompareReport): Sheet => ({ header: HEADER, rows: optionRows(report) });

function* optionRows({ services }: CompareReport): Generator<readonly string[]> {
  for (const { name, cluster, best, current, options } of services) {
    for (const { id, feasible, monthlyCost, reasons, assumptions } of options) {
      yield [
        name,
        cluster,
        id,
        String(feasible),
        String(id === best),
        monthlyCost?.toFixed() ?? "",
        current.monthlyCost?.toFixed() ?? "",
        reasons.map(({ code, detail }) => `${code}: ${detail}`).join(" "),
        (assumptions ?? []).join(" "),
      ];
    }
  }
}

/** One row for each group. */
export const savingGroupsSheet = (groups: readonly SavingGroup[]): Sheet => ({
  header: ["key", "services", "monthlyCost", "complete", "bestMonthlyCost", "monthlySaving"],
  rows: groups.map(({ key, services, monthlyCost, complete, bestMonthlyCost, monthlySaving }) => [
    key,
    String(services),
    monthlyCost?.toFixed() ?? "",
    String(complete),
    bestMonthlyCost?.toFixed() ?? "",
    monthlySaving?.toFixed() ?? "",
  ]),
});
