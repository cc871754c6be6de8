import { liveSettings } from "../aws/utilization.ts";
import { ReportCommand } from "../command/report-command.ts";
import { reportSettings } from "../command/report-settings.ts";
import { inputsAndMetrics, inputsBeforeMetrics } from "../flags/inputs-and-metrics.ts";
import { metricFileSettings } from "../flags/metric-file-flags.ts";
import { compactOutputFlags, type OutputSettings } from "../flags/output-flags.ts";
import { planFlags, planSettings, refuseAbsent } from "../flags/plan-flags.ts";
import {
  hoursFlag,
  inputsOf,
  policyFlag,
  priceFlags,
  selectionFlags,
  valuesOf,
  verdictFlags,
} from "../flags/report-flags.ts";
import { rightsizeSettings } from "../flags/rightsize-flags.ts";
import { sizingFlags } from "../flags/sizing-flags.ts";
import { type PlannedInventory, planKind } from "../kinds/plan.ts";
import { LIVE_DAYS } from "../kinds/rightsize.ts";
import { writeOut } from "../output/write-out.ts";
import { usageError } from "../program/usage-error.ts";
import type { Result } from "../render/document/result.ts";

export default class Plan extends ReportCommand {
  static override summary = "The cheapest consistent way to run everything, in steps whose savings add up.";
  static override description =
    "Chooses size, architecture, launch option and strategy of all services together: every fleet is packed for exactly the services that the plan puts on it, so that the saving can be had. Says how far the plan is from proven best.";
  static override usage = "plan INPUT... [--metrics SRC...]";
  static override examples = [
    "<%= config.bin %> plan workload.yaml",
    "<%= config.bin %> plan services/ --metrics metrics/ --moves 5",
    "<%= config.bin %> plan workload.yaml --no-arm64 --no-spot --keep production/web",
    "<%= config.bin %> plan workload.yaml --emit workload --out planned.yaml",
  ];
  static override args = inputsBeforeMetrics;
  static override flags = {
    ...planFlags,
    ...sizingFlags,
    ...priceFlags,
    ...hoursFlag,
    ...selectionFlags,
    ...verdictFlags,
    ...policyFlag,
    ...compactOutputFlags,
  };

  private emit = false;
  private readonly planned: PlannedInventory[] = [];

  async run(): Promise<void> {
    const { args, flags, raw } = await this.parse(Plan);
    const settings = reportSettings(flags);
    const output = this.outputSettings(flags, raw);
    this.emit = flags.emit !== undefined;
    if (this.emit && (settings.fields !== undefined || settings.groupBy !== undefined || output.format !== "table")) {
      throw usageError("--emit stands without --format, --fields and --group-by");
    }
    const { inputs, metrics } = inputsAndMetrics(
      args.input === undefined ? [] : inputsOf(args.input),
      valuesOf(flags.metrics),
    );
    const rightsizing = rightsizeSettings({ ...flags, "compare-strategies": false, backtest: false }, flags, undefined);
    const live = liveSettings(
      { ...flags, "dry-run": false },
      {
        days: rightsizing.lookbackDays ?? LIVE_DAYS,
        filter: undefined,
        quiet: output.quiet,
        files: metricFileSettings(flags),
      },
    );
    const sizing = metrics.length === 0 ? undefined : { metrics, live, rightsizing };
    const kind = planKind(planSettings(flags, settings.hours), sizing, this.planned);
    const follow: typeof kind.follow = async (report) => {
      refuseAbsent(flags.keep, report.services);
      return report;
    };
    await this.runReport({ ...kind, follow }, inputs, settings, output);
  }

  protected override async print(result: Result, output: OutputSettings): Promise<void> {
    if (!this.emit) return super.print(result, output);
    const [only, other] = this.planned;
    if (only === undefined || other !== undefined) {
      throw usageError("--emit workload is for one region and account", "Plan the inputs of each by themselves.");
    }
    const { writeWorkload } = await import("@ecs-cost/core/file");
    await writeOut([writeWorkload(only.inventory, only.region)], output.out);
  }
}
