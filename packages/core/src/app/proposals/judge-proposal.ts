import type { ServiceUsage } from "../../domain/demand/usage.ts";
import type { Reason } from "../../domain/issues/issue.ts";
import type { PriceCatalogue } from "../../domain/pricing/price.ts";
import type { ProposedSize, SizeVerdict } from "../../domain/report/proposed-size.ts";
import type { SizeAdvice } from "../../domain/rightsizing/advise-sizes.ts";
import type { TaskSize } from "../../domain/sizing/fargate-sizes.ts";
import { describeSize } from "../../domain/sizing/size-fit.ts";
import type { ServiceCost } from "../estimate/service-costs.ts";
import type { RightsizePlan } from "../rightsize/settings.ts";
import { adviceOn, type RightsizeSubject, subjectOf } from "../rightsize/subject.ts";

/** A service as a change proposes it, and the size that was in force before. */
export interface ProposedService {
  readonly cost: ServiceCost;
  readonly inForce: TaskSize | undefined;
  readonly plan: RightsizePlan;
  readonly catalogue: PriceCatalogue;
}

/** What the series says of a proposed size, before it has a price. */
export interface Proposal extends Omit<ProposedSize, "monthlyCost" | "recommendedMonthlyCost" | "monthlySaving"> {
  readonly id: string;
}

const taskSize = ({ cost }: ProposedService): TaskSize | null => {
  const { task } = cost.compute.service;
  return task === undefined ? null : { cpu: task.cpu, memory: task.memory };
};

/** A proposal that nothing can be said of. */
export const withheldProposal = (service: ProposedService, reason: Reason): Proposal => {
  const proposed = taskSize(service);
  return {
    ...{ id: service.cost.compute.service.id, verdict: "unknown", fits: null },
    ...{ current: service.inForce ?? proposed, proposed, recommended: null, demand: null },
    ...{ reasons: [reason], evidence: null, projected: null },
  };
};

/** Judges a proposed size: the load is that of the size in force, and the better size that which is advised for it. */
export const judgeProposal = (service: ProposedService, usage: ServiceUsage | undefined): Proposal => {
  const { cost, plan, catalogue } = service;
  const proposed = taskSize(service);
  if (proposed === null) return withheldProposal(service, NO_SIZE);
  const current = service.inForce ?? proposed;
  const subject = measuredAt(subjectOf(cost, usage, false, plan, catalogue), current);
  const advice = adviceOn(subject, plan);
  if (advice.advice === "withheld" || advice.recommended === null) {
    return withheldProposal(service, advice.reasons[0] ?? NO_SIZE);
  }
  const held = adviceOn(restrictedTo(subject, proposed), plan);
  const verdict = verdictOf(subject, held, advice.recommended, proposed, plan);
  const recommended = verdict === "fits" ? proposed : advice.recommended;
  return {
    ...{ id: advice.id, verdict, fits: verdict === "fits", current, proposed, recommended },
    demand: advice.demand,
    reasons: [reasonOf(verdict, advice, proposed, recommended), ...advice.reasons.filter(({ code }) => !OWN.has(code))],
    evidence: advice.evidence,
    projected: held.projected,
  };
};

const NO_SIZE: Reason = { code: "no-task-size", detail: "The proposed task size is not known." };

const measuredAt = (subject: RightsizeSubject, current: TaskSize): RightsizeSubject => ({
  ...subject,
  sizing: { ...subject.sizing, current },
});

const restrictedTo = (subject: RightsizeSubject, size: TaskSize): RightsizeSubject => ({
  ...subject,
  sizing: { ...subject.sizing, grid: { kind: "list", sizes: [size] } },
});

/** Verdicts of the engine are on the size in force; these are on the proposed one. */
const OWN: ReadonlySet<string> = new Set([
  ...["right-size", "under-provisioned", "size-not-allowed", "saving-too-small", "over-provisioned"],
]);

const verdictOf = (
  { sizeCost }: RightsizeSubject,
  held: SizeAdvice,
  better: TaskSize,
  proposed: TaskSize,
  plan: RightsizePlan,
): SizeVerdict => {
  if (held.advice === "withheld") return "too-small";
  const now = sizeCost(proposed);
  const saving = now === 0 ? 0 : 1 - sizeCost(better) / now;
  return saving > 0 && saving >= plan.minSaving.percent / 100 ? "too-large" : "fits";
};

const reasonOf = (verdict: SizeVerdict, { demand }: SizeAdvice, proposed: TaskSize, better: TaskSize): Reason => {
  const asks = demand === null ? "The demand" : `The demand is ${describeSize(demand)}`;
  const size = describeSize(proposed);
  switch (verdict) {
    case "too-small":
      return {
        code: "under-provisioned",
        detail: `${asks}, more than ${size} holds; ${describeSize(better)} holds it.`,
      };
    case "too-large":
      return { code: "over-provisioned", detail: `${asks}; ${describeSize(better)} holds it for less than ${size}.` };
    default:
      return { code: "right-size", detail: `${asks}, which ${size} holds; no cheaper size is advised.` };
  }
};
