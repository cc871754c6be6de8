import { Decimal, ZERO } from "../units/decimal.ts";
import type { BilledMeter } from "./billed-meter.ts";
import type { Charge } from "./charge.ts";

/** What a month's bill says about ECS in one account and region. */
export interface EcsPresence {
  /** Something of ECS was used. */
  readonly runsEcs: boolean;
  /** Tasks ran on container instances. */
  readonly hasContainerInstances: boolean;
  /** At least one instance is known to be a container instance that no fee of Managed Instances pays for. */
  readonly namesContainerInstances: boolean;
  /** Hours of Managed Instances that a fee was paid for, by instance type. */
  readonly feeHours: ReadonlyMap<string, Decimal>;
  /** Hours of instances that are known to be container instances, and of the others, by type. */
  readonly namedHours: ReadonlyMap<string, Decimal>;
  readonly otherHours: ReadonlyMap<string, Decimal>;
  /** What compute of ECS cost, and what else ran there that causes networking, logs and keys; effective cost. */
  readonly ecsCost: Decimal;
  /** Of others that run code, which traffic, load balancers and images can be of. */
  readonly computeCost: Decimal;
  /** Of those and of databases, which logs, metrics and keys can be of. */
  readonly neighbourCost: Decimal;
}

export interface MeteredCharge {
  readonly charge: Charge;
  readonly meter: BilledMeter;
}

/** Whether its tags or split cost allocation tie a charge to ECS. */
export const isTaggedEcs = ({ cluster, ecsService, containerInstance }: Charge): boolean =>
  containerInstance || (cluster ?? "") !== "" || (ecsService ?? "") !== "";

/** Key of the account and region of a charge. */
export const placeOf = ({ charge, meter }: MeteredCharge): string =>
  `${charge.account ?? ""} ${charge.region || meter.region}`;

const NOWHERE: EcsPresence = {
  runsEcs: false,
  hasContainerInstances: false,
  namesContainerInstances: false,
  feeHours: new Map(),
  namedHours: new Map(),
  otherHours: new Map(),
  ecsCost: ZERO,
  computeCost: ZERO,
  neighbourCost: ZERO,
};

type Draft = { -readonly [Key in keyof EcsPresence]: EcsPresence[Key] } & {
  readonly feeHours: Map<string, Decimal>;
  readonly namedHours: Map<string, Decimal>;
  readonly otherHours: Map<string, Decimal>;
  /** Effective cost of instances that nothing ties to ECS. */
  otherInstances: Decimal;
};

/** Services that run code: they cause traffic, logs and keys as tasks do. */
const COMPUTE: ReadonlySet<string> = new Set([
  ...["AmazonEKS", "AWSLambda", "ElasticMapReduce", "AmazonSageMaker", "AWSGlue", "AmazonWorkSpaces", "CodeBuild"],
  ...["AWSAppRunner", "AmazonMWAA", "AWSDatabaseMigrationSvc", "AmazonLightsail", "AmazonAppStream"],
]);

/** Services that hold data: they cause logs and keys, and go through no NAT gateway or load balancer. */
const DATA: ReadonlySet<string> = new Set([
  ...["AmazonRDS", "AmazonElastiCache", "AmazonRedshift", "AmazonES", "AmazonMSK", "AmazonMQ", "AmazonDocDB"],
  ...["AmazonNeptune", "AmazonFSx", "AmazonMemoryDB"],
]);

/** Where a month's charges show ECS, by account and region. */
export const ecsPresence = (charges: Iterable<MeteredCharge>): ((at: MeteredCharge) => EcsPresence) => {
  const places = new Map<string, Draft>();
  for (const metered of charges) {
    const { charge, meter } = metered;
    if (charge.kind !== "usage" && charge.kind !== "covered") continue;
    const isCompute = COMPUTE.has(charge.service);
    const isNeighbour = isCompute || DATA.has(charge.service);
    if ((meter.kind === "unrelated" && !isNeighbour) || meter.kind === "overhead") continue;
    const key = placeOf(metered);
    let draft = places.get(key);
    if (draft === undefined) {
      draft = { ...NOWHERE, feeHours: new Map(), namedHours: new Map(), otherHours: new Map(), otherInstances: ZERO };
      places.set(key, draft);
    }
    if (isCompute) draft.computeCost = draft.computeCost.plus(charge.effectiveCost);
    if (isNeighbour) draft.neighbourCost = draft.neighbourCost.plus(charge.effectiveCost);
    else note(draft, charge, meter);
  }
  for (const draft of places.values()) settle(draft);
  return (at) => places.get(placeOf(at)) ?? NOWHERE;
};

/** Instances that are named and that no fee explains are container instances. */
const settle = (draft: Draft): void => {
  const isOwn = [...draft.namedHours].some(([type, hours]) => !isPaidByFee(hours, draft.feeHours.get(type) ?? ZERO));
  draft.namesContainerInstances = isOwn;
  draft.hasContainerInstances ||= isOwn;
  settleInstances(draft);
};

/** Instances that nothing names are those of ECS where a fee pays for all, nobody's where some are and nothing tells which. */
const settleInstances = (draft: Draft): void => {
  const isOpen = draft.hasContainerInstances && !draft.namesContainerInstances;
  if (othersAreManaged(draft)) draft.ecsCost = draft.ecsCost.plus(draft.otherInstances);
  else if (!isOpen) {
    draft.computeCost = draft.computeCost.plus(draft.otherInstances);
    draft.neighbourCost = draft.neighbourCost.plus(draft.otherInstances);
  }
};

/** Whether fees of Managed Instances pay for every instance that nothing ties to ECS; true where there is none. */
export const othersAreManaged = ({ otherHours, feeHours, namedHours }: EcsPresence): boolean =>
  [...otherHours].every(([type, hours]) =>
    isPaidByFee(hours, (feeHours.get(type) ?? ZERO).minus(namedHours.get(type) ?? ZERO)),
  );

/** Whether a fee is of that many hours at least; hours of a fee and of its instances are rounded apart from each other. */
export const isPaidByFee = (hours: Decimal, fee: Decimal): boolean =>
  fee.greaterThan(0) && hours.lessThanOrEqualTo(fee.times("1.001"));

const note = (draft: Draft, charge: Charge, meter: BilledMeter): void => {
  if (meter.kind === "instance") {
    const isNamed = isTaggedEcs(charge);
    if (isNamed) {
      draft.runsEcs = true;
      draft.ecsCost = draft.ecsCost.plus(charge.effectiveCost);
    } else draft.otherInstances = draft.otherInstances.plus(charge.effectiveCost);
    add(isNamed ? draft.namedHours : draft.otherHours, meter.instanceType, charge.quantity);
    return;
  }
  if (charge.service !== "AmazonECS" || new Decimal(charge.quantity).isZero()) return;
  draft.runsEcs = true;
  draft.ecsCost = draft.ecsCost.plus(charge.effectiveCost);
  if (meter.kind === "metering") draft.hasContainerInstances = true;
  if (meter.kind === "management-fee") add(draft.feeHours, meter.instanceType, charge.quantity);
};

const add = (hours: Map<string, Decimal>, type: string, quantity: string): void => {
  hours.set(type, (hours.get(type) ?? ZERO).plus(quantity));
};
