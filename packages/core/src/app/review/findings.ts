import type { Notes } from "../../domain/issues/notes.ts";
import type { CommitmentAccount, CommitmentAdvice } from "../../domain/report/review-report.ts";
import type { RightsizeReport } from "../../domain/report/rightsize-report.ts";
import { adviseCommitment, monthScale } from "../../domain/review/commitment-advice.ts";
import { knowsHours } from "../../domain/review/committable-hours.ts";
import { allFindings, type RankedFindings } from "../../domain/review/findings/all-findings.ts";
import type { RateOf } from "../../domain/review/rateless-usage.ts";
import type { ReviewScene } from "../../domain/review/review-scene.ts";
import { Decimal } from "../../domain/units/decimal.ts";
import { rightsize } from "../rightsize/rightsize.ts";
import type { ReviewInput } from "./input.ts";

const DEFAULT_PLAN = "compute-sp-1y-no-upfront";
const DEFAULT_SHARE_TO_AWS = "0.5";
const DEFAULT_MIN_FINDING = "1";

/** The commitment that costs least for the usage seen, with what had to be assumed. */
export const reviewCommitment = (
  scene: ReviewScene,
  { settings }: ReviewInput,
  rateOf: RateOf,
  notes: Notes,
): CommitmentAdvice | null => {
  const { advice, issues } = adviseCommitment(scene, settings?.plan ?? DEFAULT_PLAN, rateOf);
  for (const issue of issues) notes.report(issue);
  if (advice === null) return null;
  if (!knowsHours(scene)) {
    const unit = scene.bill.detail.granularity === "month" ? "month" : "day";
    notes.assume({
      code: "flat-hours",
      detail:
        `The bill knows no hours: usage is taken as even over each ${unit}, so a commitment looks better used than it may be. ` +
        "Export the bill by the hour.",
    });
  }
  notes.assume({
    code: "commitment-scope",
    detail:
      "A commitment is sought for what ECS ran on demand at the rates paid; what commitments cover already is left out, and other " +
      "usage of the account that a plan would cover first is not counted.",
  });
  return advice;
};

/** What there is to save. */
export const reviewFindings = (
  scene: ReviewScene,
  input: ReviewInput,
  advice: CommitmentAdvice | null,
  commitments: CommitmentAccount,
  rateOf: RateOf,
  notes: Notes,
): RankedFindings => {
  const { settings, inventory } = input;
  const natShare = new Decimal(settings?.natShareToAws ?? DEFAULT_SHARE_TO_AWS);
  const rightsizing = sizesOf(input);
  for (const assumption of rightsizing?.assumptions ?? []) notes.assume(assumption);
  // A size that is withheld leaves out a finding, no figure of the bill.
  for (const issue of rightsizing?.issues ?? []) notes.report({ ...issue, severity: "info" });
  const ranked = allFindings(
    { scene, rateOf, scale: monthScale(scene) },
    {
      rightsizing,
      fitness: new Map(inventory?.services.map(({ id, interruptible }) => [id, { interruptible }]) ?? []),
      advice,
      commitments,
      natShareToAws: natShare,
      minSaving: new Decimal(settings?.minFinding ?? DEFAULT_MIN_FINDING),
    },
  );
  noteFindings(scene, ranked, natShare, notes);
  return ranked;
};

const sizesOf = ({
  rightsizing,
  usage,
  inventory,
  catalogueOf,
  settings,
}: ReviewInput): RightsizeReport | undefined => {
  if (rightsizing !== undefined || usage === undefined || inventory === undefined) return rightsizing;
  const catalogue = inventory.region === undefined ? undefined : catalogueOf?.(inventory.region);
  return catalogue === undefined ? undefined : rightsize(inventory, usage, catalogue, settings?.rightsize);
};

const noteFindings = (
  { window, period }: ReviewScene,
  { findings }: RankedFindings,
  natShare: Decimal,
  notes: Notes,
): void => {
  const has = (code: string): boolean => findings.some((finding) => finding.code === code);
  if (!window.complete && findings.length > 0) {
    notes.assume({
      code: "findings-scaled",
      detail: `Savings of ${period.days} days are scaled to the ${window.monthDays} days of the month.`,
    });
  }
  if (has("nat-or-endpoints")) {
    notes.assume({
      code: "nat-share-to-aws",
      detail:
        `No bill tells where bytes through NAT gateways go: ${natShare.times(100).toFixed()} % of them are taken to go to services ` +
        "of AWS that endpoints can carry. Measure it with VPC flow logs.",
    });
  }
  if (has("spot-candidate")) {
    notes.assume({
      code: "spot-price-floats",
      detail: "Spot prices are one reading, of the price book or of this bill; they move from day to day.",
    });
  }
};
