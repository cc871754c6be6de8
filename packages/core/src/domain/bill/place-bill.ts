import { type BilledMeter, billedMeter } from "./billed-meter.ts";
import type { Bill, Charge } from "./charge.ts";
import { type EcsPresence, ecsPresence, type MeteredCharge } from "./ecs-presence.ts";
import { type OverheadScope, type Placing, placeCharge } from "./place-charge.ts";

/** A charge with what it meters and where it belongs. */
export interface PlacedCharge extends MeteredCharge {
  /** As the source names it, otherwise as the usage type does. */
  readonly region: string | null;
  readonly placing: Placing;
  /** The service of ECS that its tags name: `cluster/name`, with account and region where several have one of that name. */
  readonly serviceKey: string | undefined;
}

/** Every charge of a bill in its place, in the order of the bill; what ran where is judged month by month. */
export const placeBill = (bill: Pick<Bill, "charges">, overheads: OverheadScope): readonly PlacedCharge[] => {
  const meters = new Map<string, BilledMeter>();
  const metered = bill.charges.map((charge) => ({ charge, meter: knownMeter(meters, charge) }));
  const presence = presenceByMonth(metered);
  const keyOf = serviceKeys(metered);
  return metered.map((each) => {
    const { charge, meter } = each;
    return {
      charge,
      meter,
      region: regionOf(charge, meter),
      serviceKey: keyOf(each),
      placing: placeCharge(charge, meter, presence(monthOf(charge))(each), overheads),
    };
  });
};

const serviceIdOf = ({ cluster, ecsService }: Charge): string | undefined =>
  (ecsService ?? "") === "" ? undefined : `${cluster ?? ""}/${ecsService}`;

/** Names services so that each has one name: a service is account, region, cluster and name. */
const serviceKeys = (metered: readonly MeteredCharge[]): ((at: MeteredCharge) => string | undefined) => {
  const places = new Map<string, string | null>();
  const placeAt = ({ charge, meter }: MeteredCharge): string =>
    [charge.account ?? "", regionOf(charge, meter) ?? ""].filter((part) => part !== "").join(" ");
  for (const each of metered) {
    const id = serviceIdOf(each.charge);
    if (id === undefined) continue;
    const place = placeAt(each);
    const known = places.get(id);
    if (known === undefined) places.set(id, place);
    else if (known !== place) places.set(id, null);
  }
  return (at) => {
    const id = serviceIdOf(at.charge);
    return id === undefined || places.get(id) !== null ? id : [placeAt(at), id].filter((part) => part !== "").join(" ");
  };
};

const knownMeter = (
  meters: Map<string, BilledMeter>,
  { service, usageType, operation, region }: Charge,
): BilledMeter => {
  const key = `${service}\n${usageType}\n${operation}\n${region ?? ""}`;
  const known = meters.get(key);
  if (known !== undefined) return known;
  const meter = billedMeter(service, usageType, operation, region ?? "");
  meters.set(key, meter);
  return meter;
};

const monthOf = ({ day }: Charge): string => day.slice(0, 7);

type Presence = (at: MeteredCharge) => EcsPresence;

const presenceByMonth = (metered: readonly MeteredCharge[]): ((month: string) => Presence) => {
  const months = new Map<string, MeteredCharge[]>();
  for (const each of metered) {
    const month = monthOf(each.charge);
    const list = months.get(month);
    if (list === undefined) months.set(month, [each]);
    else list.push(each);
  }
  const presences = new Map([...months].map(([month, charges]) => [month, ecsPresence(charges)]));
  const nowhere = ecsPresence([]);
  return (month) => presences.get(month) ?? nowhere;
};

/** Usage of ECS and its companions says its region by its prefix, and by none where it is known. */
const regionOf = ({ region, usageType }: Charge, meter: BilledMeter): string | null => {
  if (region !== null && region !== "") return region;
  const isTold = meter.kind !== "unrelated" && (meter.kind !== "unknown" || meter.rest !== usageType);
  return isTold ? meter.region : region;
};

/** Every region that a bill names, or that its usage types do where it has no column of them; sorted. */
export const billRegions = ({ charges }: Pick<Bill, "charges">): readonly string[] => {
  const meters = new Map<string, BilledMeter>();
  const regions = charges.map((charge) => regionOf(charge, knownMeter(meters, charge)) ?? "");
  return [...new Set(regions)].filter((region) => region !== "").sort();
};
