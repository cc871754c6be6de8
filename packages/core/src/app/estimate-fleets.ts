import type { InstanceService } from "../domain/billing/instance-usage.ts";
import type { PricedLines } from "../domain/costing/line-item.ts";
import type { Issue } from "../domain/issues/issue.ts";
import { type PlaceableService, placeable } from "../domain/placement/fleet-demand.ts";
import { type FleetRequest, type PricedFleet, priceFleets } from "../domain/placement/fleet-option.ts";
import { optionId } from "../domain/placement/option.ts";
import { reportFleet } from "../domain/report/fleet-report.ts";
import type { FleetReport } from "../domain/report/report.ts";
import type { CostContext } from "./cost-context.ts";
import { fleetAssumptions } from "./fleet-assumptions.ts";
import type { ServiceCompute } from "./service-compute.ts";

/** The fleets that container instances make up as configured, and each service's part of them. */
export interface EstimatedFleets {
  readonly reports: readonly FleetReport[];
  readonly parts: ReadonlyMap<string, PricedLines>;
  /** Instances by fleet of each daemon service: its number of tasks. */
  readonly daemonTasks: ReadonlyMap<string, number>;
}

const NOTHING: PricedLines = { lineItems: [], unpriced: [] };

/** Packs and prices the services that run on EC2 or Managed Instances today, one fleet per cluster and architecture. */
export const estimateFleets = (computes: readonly ServiceCompute[], context: CostContext): EstimatedFleets => {
  const reports: FleetReport[] = [];
  const parts = new Map<string, PricedLines>();
  const daemonTasks = new Map<string, number>();
  for (const request of fleetRequests(computes, context)) {
    for (const assumption of fleetAssumptions(request, context.inventory.shared.ec2)) context.notes.assume(assumption);
    for (const fleet of priceFleets(request, context.inventory.shared.ec2, context.hours, context.catalogue)) {
      noteOutcome(fleet, context);
      for (const id of fleet.bill?.weights.keys() ?? []) parts.set(id, fleet.bill?.partOf(id) ?? NOTHING);
      const instances = (fleet.bill?.instances ?? []).reduce((total, { count }) => total + count, 0);
      for (const { service } of fleet.demand.daemons) {
        daemonTasks.set(service.id, instances);
        if (instances === 0) context.notes.report(noInstances(service.id));
      }
      const id = optionId(
        { product: request.service, ...fleet.outcome.market, architecture: request.architecture },
        request.architecture,
      );
      const report = reportFleet(id, fleet, context.hours, context.catalogue);
      if (report !== undefined && report.instances.length > 0) reports.push(report);
    }
  }
  return { reports, parts, daemonTasks };
};

const fleetRequests = (computes: readonly ServiceCompute[], context: CostContext): readonly FleetRequest[] => {
  const groups = new Map<string, { service: InstanceService; services: PlaceableService[] }>();
  for (const { service, placement } of computes) {
    if (placement.kind !== "launch-type") continue;
    if (placement.launchType !== "EC2" && placement.launchType !== "MANAGED_INSTANCES") continue;
    const item = placeable(service, context.hours);
    if (item === undefined || !runsLinux(item, context)) continue;
    const product: InstanceService = placement.launchType === "EC2" ? "ec2" : "managed-instances";
    const key = JSON.stringify([service.cluster, product, item.task.architecture]);
    const group = groups.get(key) ?? { service: product, services: [] };
    group.services.push(item);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ service, services }) => {
    const first = services[0];
    if (first === undefined) return [];
    const purchase = service === "ec2" ? context.inventory.shared.ec2.purchase : "on-demand";
    const { cluster } = first.service;
    const { architecture } = first.task;
    return [{ cluster, architecture, services, service, markets: [{ service, purchase }], ...context.fleets }];
  });
};

const runsLinux = ({ service, task }: PlaceableService, { notes }: CostContext): boolean => {
  if (task.os === "linux") return true;
  notes.report({
    code: "unsupported-platform",
    severity: "error",
    subject: service.id,
    detail: "The price book has Linux instances only, so Windows tasks on container instances are not priced.",
  });
  return false;
};

const noInstances = (subject: string): Issue => ({
  code: "unknown-cost",
  severity: "warning",
  subject,
  detail: "A daemon runs once on every instance, and no other service here says how many instances there are.",
});

const noteOutcome = (fleet: PricedFleet, { notes, catalogue }: CostContext): void => {
  const { request, outcome, unknownTypes } = fleet;
  for (const name of unknownTypes) {
    notes.report({
      code: "unknown-instance-type",
      severity: "warning",
      subject: name,
      detail: `ec2.instanceTypes names ${name}, which the price book does not have for ${catalogue.region}; it is left out.`,
    });
  }
  if (outcome.kind === "unpriced") {
    notes.report({
      code: "missing-price",
      severity: "error",
      subject: `${request.cluster} ${request.architecture}`,
      detail: `No allowed instance type has a ${outcome.market.purchase} price in ${catalogue.region}; the fleet is not priced.`,
    });
    return;
  }
  for (const [id, reasons] of outcome.misfits) {
    notes.report({ code: "nothing-fits", severity: "error", subject: id, detail: reasons.join(" ") });
  }
};
