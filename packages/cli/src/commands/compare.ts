import { type CompareReport, compare, type ServiceComparison } from "@ecs-cost/core";
import { outputFlags } from "../flags/output-flags.ts";
import { hoursFlag, inputArgs, inputsOf, priceFlags, selectionFlags, verdictFlags } from "../flags/report-flags.ts";
import { compareDocument, compareSheet, savingGroupsSheet } from "../render/compare.ts";
import { ReportCommand, type ReportKind } from "../report-command.ts";
import { reportSettings } from "../report-settings.ts";
import { COMPARE_FIELDS } from "../select/fields.ts";
import { COMPARE_GATES } from "../select/gates.ts";
import { groupComparison, type SavingGroup } from "../select/groups.ts";
import { filterComparison } from "../select/selection.ts";

const COMPARE: ReportKind<CompareReport, ServiceComparison, SavingGroup> = {
  make: compare,
  fields: COMPARE_FIELDS,
  keys: ["tags", "current", "options", "breakEven"],
  gates: COMPARE_GATES,
  measure: ({ monthlySaving }) => monthlySaving,
  costOf: ({ current }) => current.monthlyCost,
  filter: filterComparison,
  group: groupComparison,
  document: (report, verbose, grouped) => compareDocument(report, { verbose }, grouped),
  sheet: compareSheet,
  groupsSheet: savingGroupsSheet,
};

export default class Compare extends ReportCommand {
  static override summary = "What workloads cost on every launch option, ranked, with break-even points.";
  static override description =
    "Prices each service on Fargate, EC2 and ECS Managed Instances, on demand, on Spot and under every commitment, and says why an option cannot be had.";
  static override examples = [
    "<%= config.bin %> compare workload.yaml",
    "<%= config.bin %> compare workload.yaml --filter name=api --verbose",
    "<%= config.bin %> compare services/ --region eu-west-1 --fail-on 'saving>100'",
  ];
  static override args = inputArgs;
  static override flags = { ...priceFlags, ...hoursFlag, ...selectionFlags, ...verdictFlags, ...outputFlags };

  async run(): Promise<void> {
    const { args, flags, raw } = await this.parse(Compare);
    await this.runReport(COMPARE, inputsOf(args.input), reportSettings(flags), this.outputSettings(flags, raw));
  }
}
