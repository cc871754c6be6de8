import { ARGUMENTS, objectOf, REPORT_ARGUMENTS, type ReportArguments, textOf } from "../schemas.ts";
import type { Tool } from "../tool.ts";
import { LOOKBACK } from "../utilization.ts";

interface RightsizeArguments extends ReportArguments {
  readonly metrics: readonly string[];
  readonly strategy?: string;
  readonly lookbackDays?: number;
}

export const RIGHTSIZE_TOOL: Tool<RightsizeArguments> = {
  name: "rightsize",
  title: "Task sizes from utilization",
  description:
    "The cheapest task size that the measured load allows, what it saves, how risky it is, and why; or why it cannot be told.",
  input: objectOf(
    {
      ...REPORT_ARGUMENTS,
      ...{ metrics: ARGUMENTS.metrics, lookbackDays: LOOKBACK },
      strategy: textOf("Rule that turns utilization into a size; default unless given."),
    },
    ["inputs", "metrics"],
  ),
  run: async (args, settings) => {
    const { rightsizeKind } = await import("../../kinds/rightsize.ts");
    const { rightsizeSettings } = await import("../../flags/rightsize-flags.ts");
    const { BLOCKS } = await import("../../render/document/sparkline.ts");
    const { utilizationOf } = await import("../utilization.ts");
    const { reportAnswer } = await import("../report-answer.ts");
    const { strategy, lookbackDays } = args;
    const chosen = rightsizeSettings(
      { strategy, lookback: lookbackDays?.toString(), "compare-strategies": false, backtest: false },
      {},
      undefined,
    );
    const read = { ...utilizationOf(args.metrics, lookbackDays, settings), optimizer: [] };
    return await reportAnswer(
      rightsizeKind(read, chosen, BLOCKS, async (report) => report),
      args,
      settings,
    );
  },
};
