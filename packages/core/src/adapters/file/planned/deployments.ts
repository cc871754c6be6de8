import type { Issue } from "../../../domain/issues/issue.ts";
import { known, type PlannedService } from "./planned.ts";

type Told = Omit<Issue, "subject">;

const TWICE: ReadonlySet<string | undefined> = new Set(["BLUE_GREEN", "LINEAR", "CANARY"]);

/**
 * What a service brings along beside its tasks, and what deployments do: those that keep the old tasks beside the new ones cost both for as long as
 * they bake.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-blue-green.html (checked 2026-12-01)
 */
export const deploymentIssues = (service: PlannedService, tasks: number | undefined): readonly Told[] => {
  const strategy = known(service.deploymentStrategy);
  const minutes = known(service.bakeMinutes) ?? 0;
  const count = tasks === undefined ? "all its tasks" : `${tasks} tasks`;
  const detail = `${service.address} deploys by ${strategy}: each deployment runs ${count} more for the bake time of ${minutes} minutes at least${
    tasks === undefined ? "" : `, ${(tasks * minutes) / 60} task-hours`
  }; how many deployments there are is not known, so they are not included`;
  return [
    ...(TWICE.has(strategy) && minutes > 0 ? [{ code: "unknown-cost", severity: "info", detail } as const] : []),
    ...(service.fastMetrics === true ? [fastMetrics(service)] : []),
    ...(service.behindLattice === true ? [behindLattice(service)] : []),
  ];
};

const behindLattice = ({ address }: PlannedService): Told => ({
  code: "unknown-cost",
  severity: "warning",
  detail: `${address} is reached through VPC Lattice, which is billed by the hour, the GB and the request and has no price here; it is not included`,
});

const fastMetrics = ({ address }: PlannedService): Told => ({
  code: "unknown-cost",
  severity: "warning",
  detail: `${address} has metrics at a resolution below a minute, which are billed and have no price here; they are not included`,
});
