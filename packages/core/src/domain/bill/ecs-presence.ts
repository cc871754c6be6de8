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
};

type Draft = { -readonly [Key in keyof EcsPresence]: EcsPresence[Key] } & {
  readonly feeHours: Map<string, Decimal>;
  readonly namedHours: Map<string, Decimal>;
  readonly otherHours: Map<string, Decimal>;
};

/** Where a month's charges show ECS, by account and region. */
export const ecsPresence = (charges: Iterable<MeteredCharge>): ((at: MeteredCharge) => EcsPresence) => {
  const places = new Map<string, Draft>();
  for (const metered of charges) {
    const { charge, meter } = metered;
    if (charge.kind !== "usage" && charge.kind !== "covered") continue;
    if (meter.kind === "unrelated" || meter.kind === "overhead") continue;
    const key = placeOf(metered);
    let draft = places.get(key);
    if (draft === undefined) {
      draft = { ...NOWHERE, feeHours: new Map(), namedHours: new Map(), otherHours: new Map() };
      places.set(key, draft);
    }
    note(draft, charge, meter);
  }
  for (const draft of places.values()) settle(draft);
  return (at) => places.get(placeOf(at)) ?? NOWHERE;
};

/** Instances that are named and that no fee explains are container instances. */
const settle = (draft: Draft): void => {
  const isOwn = [...draft.namedHours].some(([type, hours]) => !isPaidByFee(hours, draft.feeHours.get(type) ?? ZERO));
  draft.namesContainerInstances = isOwn;
  draft.hasContainerInstances ||= isOwn;
};

/** Whether a fee is of that many hours at least; hours of a fee and of its instances are rounded apart from each other. */
export const isPaidByFee = (hours: Decimal, fee: Decimal): boolean =>
  fee.greaterThan(0) && hours.lessThanOrEqualTo(fee.times("1.001"));

const note = (draft: Draft, charge: Charge, meter: BilledMeter): void => {
  if (meter.kind === "instance") {
    const isNamed = isTaggedEcs(charge);
    if (isNamed) draft.runsEcs = true;
    add(isNamed ? draft.namedHours : draft.otherHours, meter.instanceType, charge.quantity);
    return;
  }
  if (charge.service !== "AmazonECS" || new Decimal(charge.quantity).isZero()) return;
  draft.runsEcs = true;
  if (meter.kind === "metering") draft.hasContainerInstances = true;
  if (meter.kind === "management-fee") add(draft.feeHours, meter.instanceType, charge.quantity);
};

const add = (hours: Map<string, Decimal>, type: string, quantity: string): void => {
  hours.set(type, (hours.get(type) ?? ZERO).plus(quantity));
};
