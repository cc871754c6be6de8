import { WHOLE_GPUS } from "../billing/accelerators.ts";
import { fargateUsage } from "../billing/fargate.ts";
import { hostShareOf, type RegisteredCapacity, registeredCapacity } from "../billing/instance-capacity.ts";
import { ROOT_VOLUME_KEY } from "../billing/instance-usage.ts";
import { sumLines } from "../costing/costed-lines.ts";
import { priceUsage } from "../costing/price-usage.ts";
import type { PriceCatalogue } from "../pricing/price.ts";
import { ec2Key } from "../pricing/price-key.ts";
import { Decimal } from "../units/decimal.ts";
import { atQuantityResolution } from "../units/quantity.ts";
import type { Ec2Settings } from "../workload/shared.ts";
import type { TaskShape } from "../workload/task.ts";
import { hostPorts } from "./fleet-demand.ts";
import { fleetTypes } from "./fleet-types.ts";

/** Where on-demand EC2 overtakes on-demand Fargate for one service that has the instances to itself. */
export interface BreakEven {
  /** Instance type with the lowest price per task when it is full. */
  readonly instanceType: string;
  /** Tasks that one such instance holds. */
  readonly tasksPerInstance: number;
  /** Share of its tasks above which that instance is cheaper than Fargate; null where it never is. */
  readonly fill: Decimal | null;
  /** Smallest number of tasks, always on, at which some fleet of one type is cheaper; null where none is. */
  readonly tasks: number | null;
  /** Hours a month above which always-on instances are cheaper than the service's tasks on Fargate; null where never. */
  readonly hoursPerMonth: Decimal | null;
}

interface Candidate {
  readonly type: string;
  readonly tasks: number;
  /** USD per hour, root volume included. */
  readonly hourly: number;
}

/**
 * Break-even of one task shape, by its number of tasks: on-demand prices, one instance type at a time, nothing else on
 * the instances but the daemons of the settings.
 * Undefined where Fargate has no price for the task or no type holds it.
 */
export const breakEvenOf = (
  onFargate: TaskShape,
  onEc2: TaskShape,
  settings: Ec2Settings,
  hours: Decimal,
  catalogue: PriceCatalogue,
): ((tasks: number) => BreakEven) | undefined => {
  const priced = priceUsage(fargateUsage(onFargate, "on-demand", new Decimal(1)), catalogue);
  if (priced.unpriced.length > 0) return undefined;
  const fargateHourly = sumLines(priced.lineItems).toNumber();
  const candidates = candidatesFor(onEc2, settings, hours, catalogue);
  const cheapest = minBy(candidates, ({ hourly, tasks: held }) => hourly / held);
  if (cheapest === undefined || fargateHourly === 0) return undefined;
  const fill = cheapest.hourly / (fargateHourly * cheapest.tasks);
  const counts = candidates.flatMap(({ hourly, tasks: held }) => firstCheaper(hourly, held, fargateHourly));
  return (tasks) => ({
    instanceType: cheapest.type,
    tasksPerInstance: cheapest.tasks,
    fill: fill < 1 ? decimal(fill) : null,
    tasks: counts.length === 0 ? null : counts.reduce((a, b) => Math.min(a, b)),
    hoursPerMonth: breakEvenHours(candidates, Math.max(1, tasks), fargateHourly, hours),
  });
};

/** With one instance the first count above price / Fargate's hourly rate, if the instance holds as many. */
const firstCheaper = (hourly: number, held: number, fargateHourly: number): number[] => {
  const count = Math.floor(hourly / fargateHourly) + 1;
  return count <= held ? [count] : [];
};

const breakEvenHours = (
  candidates: readonly Candidate[],
  tasks: number,
  fargateHourly: number,
  hours: Decimal,
): Decimal | null => {
  const fleet = Math.min(...candidates.map(({ hourly, tasks: held }) => Math.ceil(tasks / held) * hourly));
  const share = fleet / (fargateHourly * tasks);
  return share < 1 ? atQuantityResolution(hours.times(decimal(share))) : null;
};

const candidatesFor = (
  task: TaskShape,
  settings: Ec2Settings,
  hours: Decimal,
  catalogue: PriceCatalogue,
): readonly Candidate[] => {
  const { types } = fleetTypes(settings, task.architecture, task.gpu > 0 ? WHOLE_GPUS : undefined, catalogue);
  const host = hostShareOf(settings.daemons.map((daemon) => ({ ...daemon, enis: 0 })));
  const volume = (rateOf(ROOT_VOLUME_KEY, catalogue) ?? 0) * (settings.rootVolumeGiB / hours.toNumber());
  return types.flatMap((type) => {
    const held = tasksHeld(registeredCapacity(type, settings, host), task);
    const rate = rateOf(ec2Key(type.name, "on-demand"), catalogue);
    return held === 0 || rate === undefined ? [] : [{ type: type.name, tasks: held, hourly: rate + volume }];
  });
};

const tasksHeld = (capacity: RegisteredCapacity, task: TaskShape): number => {
  const limits = [Math.floor(capacity.cpu / task.cpu), Math.floor(capacity.memory / task.memory)];
  if (task.networkMode === "awsvpc") limits.push(capacity.enis);
  if (task.gpu > 0) limits.push(Math.floor(capacity.gpus / task.gpu));
  if (hostPorts(task).length > 0) limits.push(1);
  return Math.max(0, Math.min(...limits));
};

const rateOf = (key: string, catalogue: PriceCatalogue): number | undefined => {
  const lookup = catalogue.find(key);
  const rate = lookup.found ? lookup.price.tiers[0]?.rate : undefined;
  return rate === undefined ? undefined : Number(rate);
};

const decimal = (value: number): Decimal => new Decimal(value).toDecimalPlaces(6);

const minBy = <T>(values: readonly T[], measure: (value: T) => number): T | undefined =>
  values.reduce<T | undefined>(
    (best, value) => (best === undefined || measure(value) < measure(best) ? value : best),
    undefined,
  );
