import type { Assumption } from "../issues/issue.ts";
import { Decimal, ZERO } from "../units/decimal.ts";
import type { BilledMeter, Market } from "./billed-meter.ts";
import type { Charge } from "./charge.ts";
import { type EcsPresence, isPaidByFee, isTaggedEcs, othersAreManaged } from "./ecs-presence.ts";
import { LIKELY_SHARE, type OverheadTie, overheadTie } from "./overhead-tie.ts";

/** How ECS ran what a charge pays for; `overhead` comes along with tasks. */
export type BilledLaunchType =
  | "fargate"
  | "fargate-spot"
  | "ec2"
  | "ec2-spot"
  | "managed-instances"
  | "external"
  | "overhead";

/**
 * What comes along with ECS: what is tied to it for certain or likely in the accounts and regions that ran ECS in the month,
 * only what carries a tag of ECS, or nothing.
 */
export const OVERHEAD_SCOPES = ["regions", "tagged", "none"] as const;
export type OverheadScope = (typeof OVERHEAD_SCOPES)[number];

/** Where a charge belongs; each is in exactly one place. */
export type Placing =
  | { readonly place: "ecs"; readonly launchType: BilledLaunchType; readonly tie?: OverheadTie }
  | { readonly place: "unplaced"; readonly reason: string }
  /** What could come along with ECS and is not taken to. */
  | { readonly place: "other"; readonly tie: OverheadTie }
  /** `commitment` is the fees and offsets, `split` is part of no sum. */
  | { readonly place: "other" | "commitment" | "credit" | "refund" | "tax" | "split" };

const OTHER: Placing = { place: "other" };

/** The place of a charge, given what the month's bill says about ECS in its account and region. */
export const placeCharge = (
  charge: Charge,
  meter: BilledMeter,
  presence: EcsPresence,
  overheads: OverheadScope,
): Placing => {
  switch (charge.kind) {
    case "credit":
    case "refund":
    case "tax":
      return { place: charge.kind };
    case "commitment-fee":
    case "commitment-offset":
      return { place: "commitment" };
    case "split":
    case "split-unused":
      return { place: "split" };
    default:
      return placeUsage(charge, meter, presence, overheads);
  }
};

const placeUsage = (charge: Charge, meter: BilledMeter, presence: EcsPresence, overheads: OverheadScope): Placing => {
  switch (meter.kind) {
    case "fargate":
      return ecs(meter.market === "spot" ? "fargate-spot" : "fargate");
    case "management-fee":
      return ecs("managed-instances");
    case "external":
      return ecs("external");
    case "metering":
      return ecs("ec2");
    case "instance":
      return placeInstance(charge, meter.instanceType, meter.market, presence);
    case "attached":
      return placeAttached(charge, presence, overheads);
    case "unknown":
      return placeUnknown(charge, presence, overheads);
    case "overhead":
      return placeOverhead(charge, presence, overheads);
    case "unrelated":
      return overheads !== "none" && isTaggedEcs(charge) ? along(overheadTie(charge, presence)) : OTHER;
  }
};

const ecs = (launchType: BilledLaunchType): Placing => ({ place: "ecs", launchType });

const unplaced = (reason: string): Placing => ({ place: "unplaced", reason });

const along = (tie: OverheadTie): Placing => ({ place: "ecs", launchType: "overhead", tie });

const placeOverhead = (charge: Charge, presence: EcsPresence, overheads: OverheadScope): Placing => {
  if (overheads === "none" || (overheads === "tagged" && !isTaggedEcs(charge))) return OTHER;
  const tie = overheadTie(charge, presence);
  if (tie.strength !== "others") return along(tie);
  return presence.runsEcs ? { place: "other", tie } : OTHER;
};

const placeUnknown = (charge: Charge, presence: EcsPresence, overheads: OverheadScope): Placing => {
  if (charge.service === "AmazonECS") return unplaced("This usage type of ECS is not known.");
  const placing = placeOverhead(charge, presence, overheads);
  if (placing.place !== "ecs" || placing.tie?.strength === "certain") return placing;
  return unplaced(
    "This usage type is not known; its service can come along with ECS, which ran in its account and region.",
  );
};

const placeInstance = (charge: Charge, type: string, market: Market, presence: EcsPresence): Placing => {
  const onInstances: BilledLaunchType = market === "spot" ? "ec2-spot" : "ec2";
  const fee = presence.feeHours.get(type) ?? ZERO;
  const named = presence.namedHours.get(type) ?? ZERO;
  if (isTaggedEcs(charge)) {
    return ecs(isPaidByFee(named, fee) ? "managed-instances" : onInstances);
  }
  const left = fee.minus(named);
  if (left.greaterThan(0) && !isPaidByFee(fee, named)) {
    if (isPaidByFee(presence.otherHours.get(type) ?? ZERO, left)) return ecs("managed-instances");
    return unplaced(
      `Some of these ${type} are ECS Managed Instances (${left.toFixed()} hours have a fee); nothing on the bill tells which.`,
    );
  }
  if (presence.hasContainerInstances && !presence.namesContainerInstances) {
    return unplaced(
      "Container instances ran in this account and region (ECS-EC2 rows), and nothing on the bill tells which instances they " +
        "are: activate the tag aws:ecs:clusterName, or export split cost allocation data.",
    );
  }
  return OTHER;
};

const placeAttached = (charge: Charge, presence: EcsPresence, overheads: OverheadScope): Placing => {
  if (overheads === "none") return OTHER;
  if (isTaggedEcs(charge)) return along(overheadTie(charge, presence));
  const isManagedOnly = presence.feeHours.size > 0 && !presence.hasContainerInstances;
  if (overheads === "tagged" || !(presence.hasContainerInstances || isManagedOnly)) return OTHER;
  if ((presence.namesContainerInstances || isManagedOnly) && othersAreManaged(presence)) {
    return along({ strength: "likely", rule: "All instances of its account and region run ECS." });
  }
  return unplaced(
    "Container instances ran in this account and region beside others, and nothing tells whose volumes these are.",
  );
};

/** What a scope takes to come along, as the report names it. */
export const overheadAssumption = (overheads: OverheadScope): Assumption => {
  const code = "review-overheads";
  switch (overheads) {
    case "regions":
      return {
        code,
        detail:
          "NAT gateways, endpoints, load balancers, logs, metrics, public addresses, images, file systems, secrets, keys and " +
          "transfer come along for certain where a tag, the name of a resource or a workload ties them to ECS, and likely where " +
          `nothing ties them to anybody and ECS is ${new Decimal(LIKELY_SHARE).times(100).toFixed()} % or more of the cost of compute (for logs, metrics and keys: and of databases) of their account and region. ` +
          "The rest is of others. Volumes come along with a tag of ECS, or where all instances are container instances.",
      };
    case "tagged":
      return { code, detail: "Only what carries a tag of ECS is taken to come along with it; the rest is in other." };
    case "none":
      return { code, detail: "Nothing is taken to come along with ECS; networking, logs and the like are in other." };
  }
};
