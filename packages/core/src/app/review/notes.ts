import type { Notes } from "../../domain/issues/notes.ts";
import type { ReviewScene } from "../../domain/review/review-scene.ts";

/** Tells what the bill cannot say about the month, and what would. */
export const noteScene = (scene: ReviewScene, notes: Notes): void => {
  const { bill, account, window, period } = scene;
  if (scene.current.length === 0) {
    notes.report({
      code: "empty-month",
      severity: "warning",
      subject: window.month,
      detail: `The bill covers ${period.days} days of ${window.month} and has no line on any of them.`,
    });
  }
  if (!account.unplaced.isZero()) {
    notes.report({
      code: "unplaced-cost",
      severity: "warning",
      subject: window.month,
      detail: `${account.unplaced.toFixed()} ${bill.currency} of the bill could not be placed; see unplaced for the reasons.`,
    });
  }
  noteDays(scene, notes);
  for (const [isMissing, subject, detail] of missingDetail(scene)) {
    if (isMissing) notes.report({ code: "bill-detail", severity: "info", subject, detail });
  }
};

const noteDays = ({ bill, window, period }: ReviewScene, notes: Notes): void => {
  if (window.previous === null) {
    const detail =
      bill.detail.granularity === "month" && !window.complete
        ? "The bill knows months only, so the days of this one cannot be held against as many of the month before."
        : `The bill begins on ${bill.from}, so the month before is not known: give a bill that begins a month earlier.`;
    notes.report({ code: "bill-detail", severity: "info", subject: "previous month", detail });
  } else if (!window.complete) {
    notes.assume({
      code: "same-days",
      detail:
        `The bill covers ${period.days} of ${window.monthDays} days of ${window.month}; every previous cost is of the first ` +
        `${window.previous.days} days of the month before.`,
    });
  } else if (window.previous.days !== period.days) {
    notes.assume({
      code: "whole-months",
      detail: `Whole months are compared: ${period.days} days with ${window.previous.days} days of the month before.`,
    });
  }
};

/** Saved answers without charge types cannot tell that there are none. */
const canHaveCommitments = ({ bill: { format, charges } }: ReviewScene): boolean =>
  format === "cost-explorer-json" || charges.some(({ commitment }) => commitment !== null);

const missingDetail = (scene: ReviewScene): readonly (readonly [boolean, string, string])[] => {
  const { detail } = scene.bill;
  return [
    [
      !detail.ecsTags && !detail.splitCostAllocation,
      "services",
      "The bill has no tags of ECS, so no cost belongs to a service: activate aws:ecs:serviceName and aws:ecs:clusterName as " +
        "cost allocation tags, and enable ECS-managed tags on the services.",
    ],
    [
      !detail.amortised && canHaveCommitments(scene),
      "commitments",
      "The bill has no amortised cost, so what commitments covered and what nothing used cannot be told apart.",
    ],
    [
      !detail.resources,
      "resources",
      "The bill names no resources, so idle load balancers and NAT gateways and logs by group are not looked for: export the " +
        "bill with resource ids.",
    ],
    [detail.granularity === "month", "days", "The bill knows months only: there are no days, anomalies or forecast."],
  ];
};
