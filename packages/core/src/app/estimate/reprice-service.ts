import { createNotes } from "../../domain/issues/notes.ts";
import type { SizeAdvice } from "../../domain/rightsizing/advise-sizes.ts";
import { divideContainers } from "../../domain/rightsizing/divide-containers.ts";
import type { TaskSize } from "../../domain/sizing/fargate-sizes.ts";
import type { Decimal } from "../../domain/units/decimal.ts";
import type { Service } from "../../domain/workload/service.ts";
import type { CostContext } from "../context/cost-context.ts";
import { type EstimatedCosts, estimateCosts, type ServiceCost } from "./service-costs.ts";

/** What the inventory costs with its services changed; what that would note is told elsewhere already. */
export const reprice = (
  context: CostContext,
  services: readonly Service[],
  change: (service: Service) => Service,
): EstimatedCosts =>
  estimateCosts({
    ...context,
    inventory: { ...context.inventory, services: services.map(change) },
    notes: createNotes(),
  });

/** The service as advised; the same where nothing is to change. */
export const withAdvice = (
  service: Service,
  advice: Pick<SizeAdvice, "advice" | "recommended" | "tasks"> | undefined,
): Service => {
  if (advice?.advice !== "resize" || advice.recommended === null) return service;
  const { tasks } = advice;
  const resized = withSize(service, advice.recommended);
  return tasks === null || tasks.current === 0 ? resized : withTasks(resized, tasks.recommended / tasks.current);
};

/** Target tracking runs so many times the tasks; whole tasks, so that what is left over is a task. */
const withTasks = (service: Service, ratio: number): Service => {
  const { demand, autoscaling } = service;
  const scaled = (count: number): number =>
    Math.min(autoscaling?.maxTasks ?? Number.POSITIVE_INFINITY, Math.ceil(count * ratio - 1e-9));
  if (demand?.kind === "count") return { ...service, demand: { kind: "count", tasks: scaled(demand.tasks) } };
  if (demand?.kind === "hourly") return { ...service, demand: { kind: "hourly", counts: demand.counts.map(scaled) } };
  return service;
};

/** The service with tasks of another size, its containers divided anew. */
export const withSize = (service: Service, size: TaskSize): Service => {
  const { task } = service;
  if (task === undefined || (task.cpu === size.cpu && task.memory === size.memory)) return service;
  const sizes = new Map(divideContainers(task.containers, task, size).map((container) => [container.name, container]));
  const containers = task.containers.map(({ name, essential }) => {
    const { sidecar: _, ...divided } = sizes.get(name) ?? { sidecar: false };
    return { ...divided, name, essential };
  });
  return { ...service, task: { ...task, cpu: size.cpu, memory: size.memory, containers } };
};

/**
 * Difference of two costs of a service, USD a month; null where one of them is not known. A part without a price cancels
 * out where both have the same of it.
 */
export const savingBetween = (before: ServiceCost | undefined, after: ServiceCost | undefined): Decimal | null => {
  const from = before?.lines;
  const to = after?.lines;
  if (from?.monthlyCost == null || to?.monthlyCost == null || before === undefined || after === undefined) return null;
  if (from.complete && to.complete) return from.monthlyCost.minus(to.monthlyCost);
  const comparable = isKnown(before) && isKnown(after) && unpricedOf(before) === unpricedOf(after);
  return comparable ? from.monthlyCost.minus(to.monthlyCost) : null;
};

/** Whether the tasks themselves are priced, so that only what comes along can lack a price. */
const isKnown = ({ compute }: ServiceCost): boolean => compute.known && compute.lines !== undefined;

const unpricedOf = ({ lines }: ServiceCost): string =>
  JSON.stringify(lines.unpriced.map(({ dimension, quantity, label }) => [dimension, quantity.toFixed(), label]));
