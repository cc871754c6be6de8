import { objectOf, REPORT_ARGUMENTS, type ReportArguments } from "../schemas.ts";
import type { Tool } from "../tool.ts";

interface CompareArguments extends ReportArguments {
  readonly maxTerm?: 0 | 1 | 3;
}

export const COMPARE_TOOL: Tool<CompareArguments> = {
  name: "compare",
  title: "Every launch option",
  description:
    "What each service costs on Fargate, EC2 and Managed Instances, on demand, on Spot and under commitments; the best, and why others cannot be had. Savings of single services do not add up where they share fleets: plan does that.",
  input: objectOf(
    {
      ...REPORT_ARGUMENTS,
      maxTerm: {
        type: "integer",
        enum: [0, 1, 3],
        default: 0,
        description: "Longest commitment in years of the best option; 0 for none.",
      },
    },
    ["inputs"],
  ),
  run: async (args, settings) => {
    const { compareKind } = await import("../../kinds/compare.ts");
    const { reportAnswer } = await import("../report-answer.ts");
    return await reportAnswer(compareKind(args.maxTerm ?? 0), args, settings);
  },
};
