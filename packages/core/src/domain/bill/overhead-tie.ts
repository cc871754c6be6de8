import { Decimal } from "../units/decimal.ts";
import type { Charge } from "./charge.ts";
import { type EcsPresence, isTaggedEcs } from "./ecs-presence.ts";

/**
 * How sure it is that something comes along with ECS: `certain` by a tag, a resource of ECS or one that a workload names;
 * `likely` by a rule; `others` is what others in the account and region cause as well.
 */
export type TieStrength = "certain" | "likely" | "others";

export interface OverheadTie {
  readonly strength: TieStrength;
  /** One sentence: why. */
  readonly rule: string;
}

/** Share of the cost of compute (and, for logs, metrics and keys, of databases) of an account and region from which on ECS likely causes what nothing ties to anybody. */
export const LIKELY_SHARE = "0.5";

const certain = (rule: string): OverheadTie => ({ strength: "certain", rule });
const others = (rule: string): OverheadTie => ({ strength: "others", rule });

/** Whose a charge is by its tags and the id of its resource; undefined where neither tells. */
const tieOfResource = (charge: Charge, presence: EcsPresence): OverheadTie | undefined => {
  if (isTaggedEcs(charge)) return certain("It carries a tag of ECS.");
  switch (charge.owner ?? "") {
    case "ecs-log-group":
      return certain("Its log group is named as those of ECS are (/ecs/, /aws/ecs/).");
    case "ecs-resource":
      return certain("Its resource is one of ECS.");
    case "workload":
      return certain("The workload files name its resource.");
    case "other-log-group":
      return others("Its log group is that of another service.");
    case "other-resource":
      return others("Its resource belongs to another service.");
    case "instance":
      return tieOfInstance(presence);
    default:
      return undefined;
  }
};

const tieOfInstance = (presence: EcsPresence): OverheadTie | undefined =>
  presence.hasContainerInstances && !presence.namesContainerInstances
    ? undefined
    : others("Its resource is an instance that no tag of ECS names.");

/** Services whose lines databases cause too. */
const OF_DATA_TOO: ReadonlySet<string> = new Set([
  ...["AmazonCloudWatch", "AWSSecretsManager", "AWSSystemsManager", "AWSXRay", "awskms"],
]);

/** Share of what could cause a charge that ECS is; null where nothing of that kind cost anything. */
const shareOfEcs = (others: Decimal, ecs: Decimal): Decimal | null => {
  const all = ecs.plus(others);
  return all.greaterThan(0) ? ecs.div(all) : null;
};

/** How a charge of what can come along is tied to ECS in an account and region that ran ECS. */
export const overheadTie = (charge: Charge, presence: EcsPresence): OverheadTie => {
  const known = tieOfResource(charge, presence);
  if (known !== undefined) return known;
  if (!presence.runsEcs) return others("No ECS ran in its account and region.");
  const withData = OF_DATA_TOO.has(charge.service);
  const share = shareOfEcs(withData ? presence.neighbourCost : presence.computeCost, presence.ecsCost);
  const percent = new Decimal(share ?? 1).times(100).toDecimalPlaces(0, Decimal.ROUND_DOWN).toFixed();
  const of = `ECS is ${percent} % of the cost of ${withData ? "compute and databases" : "compute"} in its account and region`;
  return share === null || share.greaterThanOrEqualTo(LIKELY_SHARE)
    ? { strength: "likely", rule: `Nothing ties it to anybody, and ${of}.` }
    : others(`Nothing ties it to ECS, and ${of}.`);
};
