import { type DiffSide, diff, type PriceCatalogue } from "@ecs-cost/core";
import { openCatalogue, priceIssues, regionFor } from "../compose.ts";
import { type ReadSide, readSides } from "../diff-sides.ts";
import { diffFlags, sideArgs } from "../flags/diff-flags.ts";
import { outputFlags } from "../flags/output-flags.ts";
import { hoursFlag, priceFlags, verdictFlags } from "../flags/report-flags.ts";
import type { Result } from "../output-command.ts";
import { diffDocument } from "../render/diff.ts";
import { diffSheet } from "../render/diff-lines.ts";
import { ReportCommand } from "../report-command.ts";
import { type ReportSettings, reportSettings } from "../report-settings.ts";
import { DIFF_FIELDS, DIFF_KEYS, type SelectedDiff, selectChanges } from "../select/diff.ts";
import { parseFilter } from "../select/filter.ts";
import { DIFF_GATES, parseGate } from "../select/gates.ts";
import { parseProjection, project, projectedSheet, projectedTable } from "../select/projection.ts";
import { usageError } from "../usage-error.ts";

export default class Diff extends ReportCommand {
  static override summary = "What a change does to the monthly cost, and which attribute did it.";
  static override description =
    "Compares two sides, each workload inputs or a report saved by estimate --json: services and shared infrastructure that are added, removed or changed, each traced to the attributes that caused it. Two inputs are priced with one price book; two saved reports tell price changes apart from changes of configuration.";
  static override examples = [
    "<%= config.bin %> diff main.yaml branch.yaml",
    "<%= config.bin %> diff main.yaml branch.yaml --format markdown --fail-on 'increase>100' --fail-on 'increase%>10'",
    "<%= config.bin %> diff september.json october.json",
    "<%= config.bin %> diff base/api.json,base/services.json head/api.json,head/services.json",
  ];
  static override args = sideArgs;
  static override usage = "diff BASE HEAD";
  static override flags = {
    ...priceFlags,
    ...hoursFlag,
    ...diffFlags,
    ...verdictFlags,
    ...outputFlags,
  };

  async run(): Promise<void> {
    const { args, flags, raw } = await this.parse(Diff);
    if (args.head === undefined) throw usageError("HEAD is missing", "diff takes two sides: BASE HEAD.");
    const settings = reportSettings({ ...flags, "group-by": undefined });
    const output = this.outputSettings(flags, raw);
    const gates = settings.failOn.map((expression) => parseGate(expression, DIFF_GATES));
    const passes = settings.filter === undefined ? undefined : parseFilter(settings.filter, DIFF_FIELDS);
    const fields = settings.fields;
    const projection = fields === undefined ? undefined : parseProjection(fields, DIFF_FIELDS, DIFF_KEYS);

    const { before, after } = readSides(args.base, args.head, settings.region);
    const sides = await pricedSides(before, after, settings, flags["base-prices"]);
    const hours = flags.hours === "730" ? {} : { hoursPerMonth: settings.hours };
    const whole = diff(sides.before, sides.after, hours);
    const report = selectChanges(whole, passes, settings.top);
    await this.print(resultOf(report, output.verbose, projection), output);
    this.tellIncomplete(whole, output);
    this.judge(
      gates.map((gate) => gate(whole)),
      whole,
      settings.strict,
    );
  }
}

/** Both sides with their prices: one catalogue for both, unless the region or the book differs. */
const pricedSides = async (
  before: ReadSide,
  after: ReadSide,
  settings: ReportSettings,
  basePrices: string | undefined,
): Promise<{ readonly before: DiffSide; readonly after: DiffSide }> => {
  const opened = new Map<string, PriceCatalogue>();
  const price = async (side: ReadSide, other: ReadSide, prices: string): Promise<DiffSide> => {
    if (side.of === "report") return side;
    const region = regionFor(settings.region, side.inventory.region ?? regionOf(other));
    const key = JSON.stringify([region, prices]);
    const catalogue = opened.get(key) ?? (await openCatalogue(region, { ...settings, prices }));
    opened.set(key, catalogue);
    const issues = [...side.inventory.issues, ...(await priceIssues({ ...settings, prices }, region))];
    return { ...side, inventory: { ...side.inventory, issues }, catalogue };
  };
  if (basePrices !== undefined && before.of === "report") {
    throw usageError("--base-prices: BASE is a saved report, which has its prices");
  }
  const first = await price(before, after, basePrices ?? settings.prices);
  return { before: first, after: await price(after, before, settings.prices) };
};

const regionOf = (side: ReadSide): string | undefined =>
  side.of === "report" ? side.report.region : side.inventory.region;

type Projected = ReturnType<typeof parseProjection<SelectedDiff["changes"][number]>>;

const resultOf = (report: SelectedDiff, verbose: boolean, projection: Projected | undefined): Result => {
  if (projection === undefined) {
    return { json: () => report, document: () => diffDocument(report, { verbose }), sheet: () => diffSheet(report) };
  }
  return {
    json: () => ({ ...report, changes: report.changes.map((change) => project(change, projection)) }),
    document: () => {
      const { title, blocks } = diffDocument(report, { verbose });
      const table = report.changes.length === 0 ? blocks : blocks.slice(1);
      return { title, blocks: [projectedTable(report.changes, projection), ...table] };
    },
    sheet: () => projectedSheet(report.changes, projection),
  };
};
