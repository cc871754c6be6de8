import type { ServiceRightsizing } from "@ecs-cost/core";
import { dryRun } from "../account/dry-run.ts";
import { liveSettings } from "../aws/utilization.ts";
import { ReportCommand } from "../command/report-command.ts";
import { reportSettings } from "../command/report-settings.ts";
import { computeOptimizerFlag } from "../flags/compute-optimizer-flag.ts";
import { inputsAndMetrics, inputsBeforeMetrics } from "../flags/inputs-and-metrics.ts";
import { liveMetricsFlags } from "../flags/live-metrics-flags.ts";
import { metricFileFlags, metricFileSettings } from "../flags/metric-file-flags.ts";
import { compactOutputFlags } from "../flags/output-flags.ts";
import {
  hoursFlag,
  inputsOf,
  policyFlag,
  priceFlags,
  selectionFlags,
  valuesOf,
  verdictFlags,
} from "../flags/report-flags.ts";
import { rightsizeFlags, rightsizeSettings, SPLIT } from "../flags/rightsize-flags.ts";
import { type Follow, LIVE_DAYS, rightsizeKind } from "../kinds/rightsize.ts";
import { safeText } from "../render/document/safe-text.ts";
import { BLOCKS, glyphsFor } from "../render/document/sparkline.ts";
import { parseFilter } from "../select/filter.ts";
import { RIGHTSIZE_FIELDS } from "../select/rightsize.ts";
import { suggestResizes } from "../suggestions/suggest.ts";

export default class Rightsize extends ReportCommand {
  static override summary = "Task sizes from utilization: the cheapest that the load allows, what that saves and why.";
  static override description =
    "Reads CPU and memory utilization of each service and recommends a legal task size, keeps the size or says why it cannot tell. Beside that: ARM64, office hours, fewer tasks, services that nothing needs.";
  static override usage = "rightsize INPUT... --metrics SRC...";
  static override examples = [
    "<%= config.bin %> rightsize workload.yaml --metrics metrics.csv.gz",
    "<%= config.bin %> rightsize services/ --metrics metrics/ --compare-strategies --backtest 7/3",
    "<%= config.bin %> rightsize workload.yaml --metrics cloudwatch --lookback 30 --dry-run",
    "<%= config.bin %> rightsize services/ --metrics metrics/ --patch new-definitions --fail-on 'saving>100'",
  ];
  static override args = inputsBeforeMetrics;
  static override flags = {
    ...priceFlags,
    ...hoursFlag,
    ...rightsizeFlags,
    ...metricFileFlags,
    ...computeOptimizerFlag,
    ...liveMetricsFlags,
    ...selectionFlags,
    ...verdictFlags,
    ...policyFlag,
    ...compactOutputFlags,
  };

  async run(): Promise<void> {
    const { args, flags, raw } = await this.parse(Rightsize);
    const output = this.outputSettings(flags, raw);
    const split = splitAfterBacktest(raw);
    const isName = (text: string): boolean => text !== split;
    const named = args.input === undefined ? [] : inputsOf(args.input).filter(isName);
    const { inputs, metrics } = inputsAndMetrics(named, valuesOf(flags.metrics).filter(isName));
    const settings = rightsizeSettings(flags, flags, split);
    const glyphs = output.format === "table" && output.out === undefined ? glyphsFor(process.env) : BLOCKS;
    const settled = reportSettings(flags);
    const follow: Follow = async (report) => {
      const passes = settled.filter === undefined ? () => true : parseFilter(settled.filter, RIGHTSIZE_FIELDS);
      const made = flags.suggest ? await suggestResizes(report, inputs, passes) : report;
      if (flags.patch === undefined) return made;
      const { files, issues } = await patch(made.services.filter(passes), inputs, flags.patch, flags.overwrite);
      if (!output.quiet) tellPatches(files, flags.patch);
      return { ...made, issues: [...made.issues, ...issues] };
    };
    const live = liveSettings(flags, {
      days: settings.lookbackDays ?? LIVE_DAYS,
      filter: flags.filter,
      quiet: output.quiet,
      files: metricFileSettings(flags),
    });
    if (flags["dry-run"]) {
      return await this.print(await dryRun("rightsize", metrics, inputs, flags.region, live), output);
    }
    await this.runReport(
      rightsizeKind(
        { sources: metrics, live, optimizer: valuesOf(flags["compute-optimizer"]) },
        settings,
        glyphs,
        follow,
      ),
      inputs,
      settled,
      output,
    );
  }
}

const patch = async (
  services: readonly ServiceRightsizing[],
  inputs: readonly string[],
  folder: string,
  overwrite: boolean,
) => {
  const { patchTaskDefinitions, writePatches } = await import("@ecs-cost/core/patch");
  const changes = services.flatMap(({ cluster, name, advice, recommended, containers }) =>
    advice === "resize" && recommended !== null ? [{ id: `${cluster}/${name}`, size: recommended, containers }] : [],
  );
  const patched = patchTaskDefinitions(inputs, changes);
  writePatches(folder, patched.files, overwrite);
  return { files: patched.files.length, issues: patched.issues };
};

const tellPatches = (files: number, folder: string): void => {
  process.stderr.write(`${safeText(`Wrote ${files} task definition file${files === 1 ? "" : "s"} to ${folder}.`)}\n`);
};

type Token = { readonly type: string; readonly flag?: string; readonly input?: string };

/** `--backtest` may be followed by TRAIN/TEST, which a switch does not take as its value. */
const splitAfterBacktest = (raw: readonly Token[]): string | undefined => {
  const at = raw.findIndex((token) => token.type === "flag" && token.flag === "backtest");
  const next = at < 0 ? undefined : raw[at + 1];
  const isLoose = next?.type === "arg" || next?.flag === "metrics";
  return isLoose && SPLIT.test(next?.input ?? "") ? next?.input : undefined;
};
