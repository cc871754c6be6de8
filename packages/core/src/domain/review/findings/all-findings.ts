import type { CommitmentAccount, CommitmentAdvice, ReviewFinding } from "../../report/review-report.ts";
import type { RightsizeReport } from "../../report/rightsize-report.ts";
import { type Decimal, sum, ZERO } from "../../units/decimal.ts";
import { commitmentFindings } from "./commitments.ts";
import { armFindings, type SpotFitness, spotFindings } from "./fargate-purchase.ts";
import type { FindingContext, FindingDraft } from "./finding-draft.ts";
import { idleResources } from "./idle-resources.ts";
import { imagePullFindings } from "./image-pulls.ts";
import { idleInstanceCapacity } from "./instance-capacity.ts";
import { keptLogs } from "./kept-logs.ts";
import { addressFindings, natFindings } from "./network.ts";
import { chattyLogs, containerInsights } from "./observability.ts";
import { rankFindings } from "./rank-findings.ts";
import { taskSizeFindings } from "./task-sizes.ts";

/** What findings can rest on beside the bill and prices. */
export interface FindingInputs {
  readonly rightsizing: Pick<RightsizeReport, "services"> | undefined;
  /** By service, `cluster/name`. */
  readonly fitness: ReadonlyMap<string, SpotFitness>;
  readonly advice: CommitmentAdvice | null;
  readonly commitments: CommitmentAccount;
  readonly natShareToAws: Decimal;
  /** Least saving a month that is worth telling. */
  readonly minSaving: Decimal;
}

export interface RankedFindings {
  readonly findings: readonly ReviewFinding[];
  /** Sum of what those of medium and high confidence add, and of what the others do. */
  readonly findingsSaving: Decimal;
  readonly lowConfidenceSaving: Decimal;
}

/** Everything that the bill, prices and utilization show to save, ranked, overlaps counted once. */
export const allFindings = (context: FindingContext, inputs: FindingInputs): RankedFindings => {
  const drafts = [
    ...(inputs.rightsizing === undefined ? [] : taskSizeFindings(context, inputs.rightsizing)),
    ...spotFindings(context, inputs.fitness),
    ...armFindings(context),
    ...natFindings(context, inputs.natShareToAws),
    ...addressFindings(context),
    ...chattyLogs(context),
    ...keptLogs(context),
    ...containerInsights(context),
    ...idleResources(context),
    ...imagePullFindings(context),
    ...idleInstanceCapacity(context),
    ...commitmentFindings(context, inputs.advice, inputs.commitments),
  ].filter((draft) => isWorthTelling(draft, inputs.minSaving));
  const findings = rankFindings(drafts, context.scale);
  const savingOf = (isLow: boolean): Decimal =>
    sum(
      findings.map(
        ({ confidence, additionalSaving }) => ((confidence === "low") === isLow && additionalSaving) || ZERO,
      ),
    );
  return { findings, findingsSaving: savingOf(false), lowConfidenceSaving: savingOf(true) };
};

const isWorthTelling = ({ monthlySaving }: FindingDraft, minSaving: Decimal): boolean =>
  monthlySaving === null || monthlySaving.greaterThanOrEqualTo(minSaving);
