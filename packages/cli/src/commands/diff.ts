import { diff, joinDiffs } from "@ecs-cost/core";
import { isForFindings, ReportCommand, withGates, withPolicy } from "../command/report-command.ts";
import { type ReportSettings, reportSettings } from "../command/report-settings.ts";
import { pricedSides } from "../diff/prices.ts";
import { sidesAndSizing } from "../diff/settings.ts";
import { inputsOfSide, readSides } from "../diff/sides.ts";
import { withSizing } from "../diff/sizing.ts";
import { findingsOf, policyVerdict, servicesOfSides } from "../diff/verdicts.ts";
import type { Verdicts } from "../findings/collect.ts";
import { diffFlags, sideArgs } from "../flags/diff-flags.ts";
import { type OutputSettings, reportOutputFlags } from "../flags/output-flags.ts";
import { hoursFlag, policyFlag, priceFlags, verdictFlags } from "../flags/report-flags.ts";
import { sizingFlags } from "../flags/sizing-flags.ts";
import { openPolicy } from "../policy/open-policy.ts";
import { usageError } from "../program/usage-error.ts";
import type { Result } from "../render/document/result.ts";
import { diffDocument } from "../render/report/diff/document.ts";
import { diffSheet } from "../render/report/diff/lines.ts";
import { refuseAbsentInFilter } from "../select/absent.ts";
import { DIFF_FIELDS, DIFF_KEYS, type SelectedDiff, selectChanges } from "../select/diff.ts";
import { DIFF_GATES, needsMetrics } from "../select/diff-gates.ts";
import { parseFilter } from "../select/filter.ts";
import { parseGate } from "../select/gates.ts";
import { parseProjection, project, projectedSheet, projectedTable } from "../select/projection.ts";
import { suggestBetter } from "../suggestions/suggest.ts";

export default class Diff extends ReportCommand {
  static override summary = "What a change does to the monthly cost, and which attribute did it.";
  static override description =
    "Compares two sides, each workload inputs or a report saved by estimate --json: services and shared infrastructure that are added, removed or changed, each traced to the attributes that caused it. A Terraform plan holds both sides. Two inputs are priced with one price book; two saved reports tell price changes apart from changes of configuration.";
  static override examples = [
    "<%= config.bin %> diff main.yaml branch.yaml",
    "<%= config.bin %> diff main.yaml branch.yaml --format markdown --fail-on 'increase>100' --fail-on 'increase%%%>10'",
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
    const policy = await openPolicy(settings.policy, "diff");

    const compared = await this.compare(args, flags, settings, output);
    const { report: whole, sides, inputs } = compared;
    const there = servicesOfSides(sides);
    refuseAbsentInFilter(settings.filter, there);
    const verdicts: Verdicts = {
      gates: gates.map((gate) =>
        gate(
          whole,
          there.map(({ cluster, name }) => `${cluster}/${name}`),
        ),
      ),
      ...(policy === undefined ? {} : { policy: await policyVerdict(policy, whole, there) }),
    };
    const report = selectChanges(whole, passes, settings.top);
    const drawn = withGates(resultOf(report, output.verbose, projection), verdicts.gates);
    const result = withPolicy(drawn, verdicts.policy, output.verbose);
    const findings = isForFindings(output)
      ? await findingsOf(whole, verdicts, sides, inputs, settings.strict)
      : undefined;
    await this.print(findings === undefined ? result : { ...result, findings: () => findings }, output);
    this.tellIncomplete(whole, output);
    this.tellPolicy(verdicts.policy, output);
    this.judge(verdicts.gates, whole, settings.strict, verdicts.policy);
  }

  /** Reads, prices and compares both sides, with what utilization says where it is given. */
  private async compare(args: SideArgs, flags: DiffFlags, settings: ReportSettings, output: OutputSettings) {
    const { base, head, sizing } = sidesAndSizing(args, flags, output.quiet);
    if (sizing === undefined && settings.failOn.some(needsMetrics)) {
      throw usageError("--fail-on: what is advised on sizes is only known with --metrics");
    }
    if (sizing === undefined && flags.suggest) throw usageError("--suggest: sizes are only judged with --metrics");
    const { before, after, stdin } = readSides(base, head, {
      ...(settings.region === undefined ? {} : { region: settings.region }),
      ...(isForFindings(output) ? { lines: true } : {}),
    });
    const sides = await pricedSides(before, after, settings, flags["base-prices"]);
    const hours = flags.hours === "730" ? {} : { hoursPerMonth: settings.hours };
    const made = await Promise.all(
      sides.map(async (pair) => {
        const plain = diff(pair.before, pair.after, hours);
        return sizing === undefined ? plain : await withSizing(plain, pair.before, pair.after, sizing);
      }),
    );
    const [first, ...others] = made;
    if (first === undefined) throw new Error("an inventory has a part");
    const sized = others.length === 0 ? first : joinDiffs([first, ...others]);
    const inputs = inputsOfSide(head ?? base);
    const afters = sides.map((pair) => pair.after);
    const report = flags.suggest ? await suggestBetter(sized, afters, inputs, stdin) : sized;
    return { report, sides, inputs };
  }
}

type SideArgs = Parameters<typeof sidesAndSizing>[0];

type DiffFlags = Parameters<typeof sidesAndSizing>[1] & {
  readonly suggest: boolean;
  readonly hours: string;
  readonly "base-prices": string | undefined;
};

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
