import { type DiffReport, type DiffSide, diff, type PriceCatalogue } from "@ecs-cost/core";
import { liveSettings } from "../aws/utilization.ts";
import { openCatalogue, priceIssues, regionFor } from "../compose.ts";
import { inputsOfSide, type ReadSide, readSides } from "../diff-sides.ts";
import { type SizingSettings, withSizing } from "../diff-sizing.ts";
import type { Verdicts } from "../findings/collect.ts";
import type { Findings } from "../findings/finding.ts";
import { diffFlags, sideArgs } from "../flags/diff-flags.ts";
import { inputsAndMetrics } from "../flags/inputs-and-metrics.ts";
import { reportOutputFlags } from "../flags/output-flags.ts";
import { hoursFlag, policyFlag, priceFlags, valuesOf, verdictFlags } from "../flags/report-flags.ts";
import { rightsizeSettings } from "../flags/rightsize-flags.ts";
import { sizingFlags } from "../flags/sizing-flags.ts";
import type { Result } from "../output-command.ts";
import type { Policy, PolicyVerdict } from "../policy/judge-policy.ts";
import { openPolicy } from "../policy/open-policy.ts";
import { diffDocument } from "../render/diff.ts";
import { diffSheet } from "../render/diff-lines.ts";
import { isForFindings, ReportCommand, withPolicy } from "../report-command.ts";
import { type ReportSettings, reportSettings } from "../report-settings.ts";
import { DIFF_FIELDS, DIFF_KEYS, type SelectedDiff, selectChanges } from "../select/diff.ts";
import { DIFF_GATES, needsMetrics } from "../select/diff-gates.ts";
import { parseFilter } from "../select/filter.ts";
import { parseGate } from "../select/gates.ts";
import { parseProjection, project, projectedSheet, projectedTable } from "../select/projection.ts";
import { suggestBetter } from "../suggest.ts";
import { usageError } from "../usage-error.ts";

export default class Diff extends ReportCommand {
  static override summary = "What a change does to the monthly cost, and which attribute did it.";
  static override description =
    "Compares two sides, each workload inputs or a report saved by estimate --json: services and shared infrastructure that are added, removed or changed, each traced to the attributes that caused it. A Terraform plan holds both sides. Two inputs are priced with one price book; two saved reports tell price changes apart from changes of configuration.";
  static override examples = [
    "<%= config.bin %> diff main.yaml branch.yaml",
    "<%= config.bin %> diff main.yaml branch.yaml --format markdown --fail-on 'increase>100' --fail-on 'increase%>10'",
    "<%= config.bin %> diff september.json october.json",
    "<%= config.bin %> diff base/api.json,base/services.json head/api.json,head/services.json",
    "terraform show -json plan.bin | <%= config.bin %> diff -",
  ];
  static override args = sideArgs;
  static override usage = ["diff BASE HEAD", "diff PLAN"];
  static override flags = {
    ...priceFlags,
    ...hoursFlag,
    ...diffFlags,
    ...sizingFlags,
    ...verdictFlags,
    ...policyFlag,
    ...reportOutputFlags,
  };

  async run(): Promise<void> {
    const { args, flags, raw } = await this.parse(Diff);
    const settings = reportSettings({ ...flags, "group-by": undefined });
    const output = this.outputSettings(flags, raw);
    const gates = settings.failOn.map((expression) => parseGate(expression, DIFF_GATES));
    const passes = settings.filter === undefined ? undefined : parseFilter(settings.filter, DIFF_FIELDS);
    const fields = settings.fields;
    const projection = fields === undefined ? undefined : parseProjection(fields, DIFF_FIELDS, DIFF_KEYS);

    const { base, head, sizing } = sidesAndSizing(args, flags, output.quiet);
    if (sizing === undefined && settings.failOn.some(needsMetrics)) {
      throw usageError("--fail-on: what is advised on sizes is only known with --metrics");
    }
    if (sizing === undefined && flags.suggest) throw usageError("--suggest: sizes are only judged with --metrics");
    const policy = await openPolicy(settings.policy, "diff");
    const { before, after, stdin } = readSides(base, head, {
      ...(settings.region === undefined ? {} : { region: settings.region }),
      ...(isForFindings(output) ? { lines: true } : {}),
    });
    const sides = await pricedSides(before, after, settings, flags["base-prices"]);
    const hours = flags.hours === "730" ? {} : { hoursPerMonth: settings.hours };
    const compared = diff(sides.before, sides.after, hours);
    const sized = sizing === undefined ? compared : await withSizing(compared, sides.before, sides.after, sizing);
    const whole = flags.suggest ? await suggestBetter(sized, sides.after, inputsOfSide(head ?? base), stdin) : sized;
    const report = selectChanges(whole, passes, settings.top);
    const verdicts: Verdicts = {
      gates: gates.map((gate) => gate(whole)),
      ...(policy === undefined ? {} : { policy: await policyVerdict(policy, whole) }),
    };
    const result = withPolicy(resultOf(report, output.verbose, projection), verdicts.policy, output.verbose);
    const findings = isForFindings(output)
      ? await findingsOf(whole, verdicts, sides, inputsOfSide(head ?? base), settings.strict)
      : undefined;
    await this.print(findings === undefined ? result : { ...result, findings: () => findings }, output);
    this.tellIncomplete(whole, output);
    this.tellPolicy(verdicts.policy, output);
    this.judge(verdicts.gates, whole, settings.strict, verdicts.policy);
  }
}

interface PricedSides {
  readonly before: DiffSide;
  readonly after: DiffSide;
}

const policyVerdict = async (policy: Policy, report: DiffReport): Promise<PolicyVerdict> => {
  const { judgePolicy } = await import("../policy/judge-policy.ts");
  const { diffRows } = await import("../policy/policy-rows.ts");
  return judgePolicy(policy, diffRows(report));
};

const findingsOf = async (
  report: DiffReport,
  verdicts: Verdicts,
  { before, after }: PricedSides,
  inputs: readonly string[],
  strict: boolean,
): Promise<Findings> => {
  const { collectFindings } = await import("../findings/collect.ts");
  const { diffFindings } = await import("../findings/diff-findings.ts");
  const inventories = [after, before].flatMap((side) => (side.of === "inventory" ? [side.inventory] : []));
  const places = (await import("../findings/places.ts")).placesOf(inventories, inputs);
  return collectFindings(report, diffFindings(report), verdicts, strict, places);
};

interface SideArgs {
  readonly base?: string | undefined;
  readonly head?: string | undefined;
}

type SizingFlags = Parameters<typeof liveSettings>[0] &
  Omit<Parameters<typeof rightsizeSettings>[0], "compare-strategies" | "backtest"> & {
    readonly metrics?: readonly string[] | string | undefined;
  };

/** The sides, which may stand after `--metrics`, and how sizes are judged where it is given. */
const sidesAndSizing = (
  { base, head }: SideArgs,
  flags: Omit<SizingFlags, "dry-run">,
  quiet: boolean,
): { readonly base: string; readonly head?: string; readonly sizing?: SizingSettings } => {
  const named = [base, head].flatMap((side) => (side === undefined ? [] : [side]));
  const given = valuesOf(flags.metrics);
  const { inputs, metrics } = given.length === 0 ? { inputs: named, metrics: [] } : inputsAndMetrics(named, given);
  const [first, second, third] = inputs;
  if (first === undefined) throw usageError("BASE is missing", "diff takes BASE HEAD, or one Terraform plan.");
  if (third !== undefined) throw usageError(`${third} is one side too many`, "diff takes two sides: BASE HEAD.");
  const sides = { base: first, ...(second === undefined ? {} : { head: second }) };
  if (metrics.length === 0) return sides;
  const rightsize = rightsizeSettings({ ...flags, "compare-strategies": false, backtest: false }, flags, undefined);
  const days = rightsize.lookbackDays ?? LIVE_DAYS;
  const live = liveSettings({ ...flags, "dry-run": false }, { days, filter: undefined, quiet });
  return { ...sides, sizing: { metrics, live, rightsize } };
};

/** Days of CloudWatch that are read unless `--lookback` says otherwise. */
const LIVE_DAYS = 14;

/** Both sides with their prices: one catalogue for both, unless the region or the book differs. */
const pricedSides = async (
  before: ReadSide,
  after: ReadSide,
  settings: ReportSettings,
  basePrices: string | undefined,
): Promise<PricedSides> => {
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
