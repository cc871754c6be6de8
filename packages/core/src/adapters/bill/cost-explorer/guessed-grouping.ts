import { billedMeter } from "../../../domain/bill/billed-meter.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import type { GroupedAmount } from "./grouping.ts";
import type { SavedAnswer } from "./saved-groupings.ts";
import { serviceCode } from "./service-code.ts";

const isUsageOfService = ({ keys: [service = "", usageType = ""] }: GroupedAmount): boolean => {
  const { kind } = billedMeter(serviceCode(service), usageType, "");
  return kind !== "unknown" && kind !== "unrelated";
};

/**
 * Answers that don't repeat what they are grouped by, as those do that a program cut down: pairs of which some are a usage
 * type of its service are taken for service and usage type.
 */
export const withGuessedGrouping = (
  answers: readonly SavedAnswer[],
): { readonly answers: readonly SavedAnswer[]; readonly issues: readonly Issue[] } => {
  const issues: Issue[] = [];
  const known = answers.map((saved): SavedAnswer => {
    const { file, answer } = saved;
    const amounts = answer.periods.flatMap((period) => period.amounts);
    const arePairs = amounts.every(({ keys }) => keys.length === 2);
    if (answer.dimensions !== null || !arePairs || !amounts.some(isUsageOfService)) return saved;
    const detail = "the answer does not say what it is grouped by: its keys are taken for SERVICE and USAGE_TYPE";
    issues.push({ code: "bill-detail", severity: "info", subject: file, detail });
    return { file, answer: { ...answer, dimensions: ["SERVICE", "USAGE_TYPE"] } };
  });
  return { answers: known, issues };
};
