import { ARGUMENTS, objectOf, pathsOf, REPORT_ARGUMENTS, type ReportArguments } from "../schemas.ts";
import type { Tool } from "../tool.ts";
import { LOOKBACK } from "../utilization.ts";

interface PlanArguments extends ReportArguments {
  readonly metrics?: readonly string[];
  readonly lookbackDays?: number;
  readonly arm64?: boolean;
  readonly spot?: boolean;
  readonly keep?: readonly string[];
  readonly moves?: number;
  readonly maxTerm?: 0 | 1 | 3;
}

export const PLAN_TOOL: Tool<PlanArguments> = {
  name: "plan",
  title: "The cheapest consistent plan",
  description:
    "Size, architecture, launch option and strategy of all services together, in steps whose savings add up exactly, and how far the plan is from proven best.",
  input: objectOf(
    {
      ...REPORT_ARGUMENTS,
      ...{ metrics: ARGUMENTS.metrics, lookbackDays: LOOKBACK },
      arm64: { type: "boolean", default: true, description: "Whether services may move to ARM64." },
      spot: {
        type: "boolean",
        default: true,
        description: "Whether services that may be interrupted may move to Spot.",
      },
      keep: pathsOf("Services to leave as they are, by name or cluster/name."),
      moves: { type: "integer", minimum: 0, maximum: 1000, description: "Most steps." },
      maxTerm: {
        type: "integer",
        enum: [0, 1, 3],
        default: 0,
        description: "Longest commitment in years; 0 for none.",
      },
    },
    ["inputs"],
  ),
  run: async (args, settings) => {
    const { planKind } = await import("../../kinds/plan.ts");
    const { utilizationOf } = await import("../utilization.ts");
    const { reportAnswer } = await import("../report-answer.ts");
    const { metrics, lookbackDays, arm64, spot, keep, moves, maxTerm } = args;
    const chosen = {
      hoursPerMonth: settings.report.hours,
      ...{ arm64: arm64 ?? true, spot: spot ?? true, keep: keep ?? [] },
      ...{ longestTerm: maxTerm ?? (0 as const) },
      ...(moves === undefined ? {} : { moves }),
    };
    const days = lookbackDays === undefined ? {} : { lookbackDays };
    const read = metrics === undefined ? undefined : utilizationOf(metrics, lookbackDays, settings);
    const sizing = read === undefined ? undefined : { metrics: read.sources, live: read.live, rightsizing: days };
    return await reportAnswer(planKind(chosen, sizing, []), args, settings);
  },
};
