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
import { estimateKind } from "../kinds/estimate.ts";

export default class Estimate extends ReportCommand {
  static override summary = "What workloads cost in a month as they are configured.";
  static override description =
    "Reads workload files, task definitions, describe-services output, Terraform plans and CloudFormation templates, and prices every line as it stands on the AWS bill.";
  static override examples = [
    "<%= config.bin %> estimate workload.yaml",
    "<%= config.bin %> estimate services/ --region eu-west-1 --json",
    "<%= config.bin %> estimate workload.yaml --group-by tag:team --fail-on 'monthly>5000'",
    "<%= config.bin %> estimate workload.yaml --allocate-shared",
  ];
  static override args = inputArgs;
  static override flags = {
    ...priceFlags,
    ...hoursFlag,
    "allocate-shared": Flags.boolean({
      env: "ECS_COST_ALLOCATE_SHARED",
      helpGroup: "SELECTION",
      summary: "Divide what is shared over the services, exactly.",
    }),
    "explain-resources": Flags.boolean({
      env: "ECS_COST_EXPLAIN_RESOURCES",
      helpGroup: "OUTPUT",
      summary: "Tell of every resource of plans and templates what becomes of it.",
    }),
    ...selectionFlags,
    ...verdictFlags,
    ...policyFlag,
    ...compactOutputFlags,
  };

  async run(): Promise<void> {
    const { args, flags, raw } = await this.parse(Estimate);
    const kind = estimateKind(flags["allocate-shared"], flags["explain-resources"]);
    await this.runReport(kind, inputsOf(args.input), reportSettings(flags), this.outputSettings(flags, raw));
  }
}
