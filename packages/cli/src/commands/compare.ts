import * as Flags from "@oclif/core/flags";
import { ReportCommand } from "../command/report-command.ts";
import { reportSettings } from "../command/report-settings.ts";
import { compactOutputFlags } from "../flags/output-flags.ts";
import {
  hoursFlag,
  inputArgs,
  inputsOf,
  policyFlag,
  priceFlags,
  selectionFlags,
  verdictFlags,
} from "../flags/report-flags.ts";
import { compareKind } from "../kinds/compare.ts";

const TERMS: Readonly<Record<string, 0 | 1 | 3>> = { "0": 0, "1": 1, "3": 3 };

export default class Compare extends ReportCommand {
  static override summary = "What workloads cost on every launch option, ranked, with break-even points.";
  static override description =
    "Prices each service on Fargate, EC2 and ECS Managed Instances, on demand, on Spot and under every commitment, and says why an option cannot be had.";
  static override examples = [
    "<%= config.bin %> compare workload.yaml",
    "<%= config.bin %> compare workload.yaml --filter name=api --verbose",
    "<%= config.bin %> compare workload.yaml --max-term 1",
    "<%= config.bin %> compare services/ --region eu-west-1 --fail-on 'saving>100'",
  ];
  static override args = inputArgs;
  static override flags = {
    ...priceFlags,
    ...hoursFlag,
    "max-term": Flags.string({
      default: "0",
      env: "ECS_COST_MAX_TERM",
      helpGroup: "SELECTION",
      options: ["0", "1", "3"],
      summary: "Longest commitment in years that the best option may have; 0 for none. All options are listed.",
    }),
    ...selectionFlags,
    ...verdictFlags,
    ...policyFlag,
    ...compactOutputFlags,
  };

  async run(): Promise<void> {
    const { args, flags, raw } = await this.parse(Compare);
    const longestTerm = TERMS[flags["max-term"]] ?? 0;
    const settings = reportSettings(flags);
    await this.runReport(compareKind(longestTerm), inputsOf(args.input), settings, this.outputSettings(flags, raw));
  }
}
