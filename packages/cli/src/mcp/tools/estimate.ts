import { objectOf, REPORT_ARGUMENTS, type ReportArguments } from "../schemas.ts";
import type { Tool } from "../tool.ts";

export const ESTIMATE_TOOL: Tool<ReportArguments> = {
  name: "estimate",
  title: "Cost as configured",
  description: "What ECS workloads cost in a month as they are configured, line by line.",
  input: objectOf(REPORT_ARGUMENTS, ["inputs"]),
  run: async (args, settings) => {
    const { estimateKind } = await import("../../kinds/estimate.ts");
    const { reportAnswer } = await import("../report-answer.ts");
    return await reportAnswer(estimateKind(false, false), args, settings);
  },
};
