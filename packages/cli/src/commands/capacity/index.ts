import {
  type CapacityReport,
  type CapacitySettings,
  capacity,
  emitStrategies,
  joinCapacities,
  type ServiceCapacity,
} from "@ecs-cost/core";
import { dryRun } from "../../account/dry-run.ts";
import type { LiveSettings } from "../../aws/live-metrics.ts";
import { liveSettings, readCounts } from "../../aws/utilization.ts";
import { ReportCommand, type ReportKind } from "../../command/report-command.ts";
import { type ReportSettings, reportSettings } from "../../command/report-settings.ts";
import { capacityFlags, capacitySettings } from "../../flags/capacity-flags.ts";
import { inputsAndMetrics, inputsBeforeMetrics } from "../../flags/inputs-and-metrics.ts";
import { liveMetricsFlags, lookbackFlag } from "../../flags/live-metrics-flags.ts";
import { metricFileFlags, metricFileSettings } from "../../flags/metric-file-flags.ts";
import { type OutputSettings, reportOutputFlags } from "../../flags/output-flags.ts";
import {
  hoursFlag,
  inputsOf,
  policyFlag,
  priceFlags,
  selectionFlags,
  valuesOf,
  verdictFlags,
} from "../../flags/report-flags.ts";
import { writeOut } from "../../output/write-out.ts";
import { usageError } from "../../program/usage-error.ts";
import { counted } from "../../render/document/figures.ts";
import type { Result } from "../../render/document/result.ts";
import { isChanged } from "../../render/report/capacity/detail.ts";
import { capacityDocument } from "../../render/report/capacity/document.ts";
import { capacityGroupsSheet, capacitySheet } from "../../render/report/capacity/sheet.ts";
import { CAPACITY_FIELDS } from "../../select/fields.ts";
import { CAPACITY_GATES } from "../../select/gate-figures.ts";
import { type CapacityGroup, groupCapacity } from "../../select/groups.ts";
import { filterCapacity } from "../../select/selection.ts";

type EmitFormat = Parameters<typeof emitStrategies>[0];

/** How strategies are made, chosen from, judged and drawn, under some settings. */
const capacityKind = (
  settings: CapacitySettings,
  metrics: readonly string[],
  live: LiveSettings,
): ReportKind<CapacityReport, ServiceCapacity, CapacityGroup> => ({
  command: "capacity",
  make: async (inventory, catalogue) => {
    if (metrics.length === 0) return capacity(inventory, catalogue, settings);
    const { services, issues } = await readCounts(metrics, inventory, catalogue.region, live);
    return capacity({ ...inventory, issues: [...inventory.issues, ...issues] }, catalogue, settings, services);
  },
  join: joinCapacities,
  fields: CAPACITY_FIELDS,
  keys: [
    "tags",
    "interruptible",
    "feasible",
    "strategy",
    "tasks",
    "averageTasks",
    "uninterruptedMonthlyCost",
    "availability",
    "today",
    "frontier",
    "twoServices",
    "savingsPlan",
    "fitness",
    "targetCapacity",
    "reasons",
  ],
  gates: CAPACITY_GATES,
  measure: ({ monthlySaving }) => monthlySaving,
  costOf: ({ monthlyCost }) => monthlyCost,
  filter: filterCapacity,
  group: groupCapacity,
  document: (report, verbose, grouped) => capacityDocument(report, { verbose }, grouped),
  sheet: capacitySheet,
  groupsSheet: capacityGroupsSheet,
});

export default class Capacity extends ReportCommand {
  static override summary = "The cheapest capacity provider strategy that keeps enough tasks of each service running.";
  static override description =
    "Chooses base and weights for each service: the least expected monthly cost among the strategies that keep the required tasks up at every count, beside today's. Tasks alone are priced, because what comes along costs the same under every strategy.";
  static override examples = [
    "<%= config.bin %> capacity workload.yaml",
    "<%= config.bin %> capacity workload.yaml --filter name=api --required 4 --counts 6..20",
    "<%= config.bin %> capacity workload.yaml --providers asg,managed-instances --availability 99.5%",
    "<%= config.bin %> capacity workload.yaml --metrics cloudwatch --lookback 30",
    "<%= config.bin %> capacity workload.yaml --emit terraform --out strategies.tf",
  ];
  static override args = inputsBeforeMetrics;
  static override usage = "capacity INPUT... [--metrics SRC...]";
  static override flags = {
    ...capacityFlags,
    ...lookbackFlag,
    ...metricFileFlags,
    ...liveMetricsFlags,
    ...priceFlags,
    ...hoursFlag,
    ...selectionFlags,
    ...verdictFlags,
    ...policyFlag,
    ...reportOutputFlags,
  };

  private emit: EmitFormat | undefined;

  async run(): Promise<void> {
    const { args, flags, raw } = await this.parse(Capacity);
    const settings = reportSettings(flags);
    const output = this.outputSettings(flags, raw);
    this.emit = flags.emit;
    if (this.emit !== undefined) refuseBesideEmit(settings, output);
    const { inputs, metrics } = inputsAndMetrics(
      args.input === undefined ? [] : inputsOf(args.input),
      valuesOf(flags.metrics),
    );
    const live = liveSettings(flags, {
      days: flags.lookback,
      filter: flags.filter,
      quiet: output.quiet,
      files: metricFileSettings(flags),
    });
    if (flags["dry-run"]) {
      return await this.print(await dryRun("capacity", metrics, inputs, flags.region, live), output);
    }
    const kind = capacityKind(capacitySettings(flags, settings.hours), metrics, live);
    await this.runReport(kind, inputs, settings, output);
  }

  protected override async print(result: Result, output: OutputSettings): Promise<void> {
    if (this.emit === undefined) return super.print(result, output);
    const { services } = result.json() as CapacityReport;
    const changed = services.filter(isChanged);
    await writeOut([emitStrategies(this.emit, changed)], output.out);
    if (!output.quiet) this.tellEmitted(services, changed);
  }

  /** What does not stand in the emitted text. */
  private tellEmitted(services: readonly ServiceCapacity[], changed: readonly ServiceCapacity[]): void {
    const kept = services.filter((service) => service.feasible && !isChanged(service)).length;
    const without = services.length - changed.length - kept;
    const parts = [
      ...(kept > 0 ? [`${counted(kept, "service")} with today's strategy`] : []),
      ...(without > 0 ? [`${counted(without, "service")} without one (the report tells why)`] : []),
    ];
    if (parts.length > 0) process.stderr.write(`Not emitted: ${parts.join("; ")}.\n`);
  }
}

const refuseBesideEmit = ({ fields, groupBy }: ReportSettings, { format }: OutputSettings): void => {
  if (fields !== undefined) throw usageError("--fields and --emit cannot go together");
  if (groupBy !== undefined) throw usageError("--group-by and --emit cannot go together");
  if (format !== "table") throw usageError(`--format ${format} and --emit ask for two results`);
};
