import type { CapacityReport } from "@ecs-cost/core";
import type { CapacityGroup } from "../../../select/groups.ts";
import type { Sheet } from "../../document/sheet.ts";
import { strategyArguments } from "../shared/capacity-text.ts";

/** One row for each service, in the order of the report. */
export const capacitySheet = ({ services }: CapacityReport): Sheet => ({
  header: [
    "service",
    "cluster",
    "status",
    "today",
    "todayMonthlyCost",
    "strategy",
    "tasks",
    "monthlyCost",
    "monthlySaving",
    "availabilityRequired",
    "availabilityAchieved",
    "reasons",
  ],
  rows: services.map((service) => [
    service.name,
    service.cluster,
    service.status,
    service.today === null ? service.runsOn.join(" ") : strategyArguments(service.today.strategy),
    service.today?.monthlyCost.toFixed() ?? "",
    strategyArguments(service.strategy),
    Object.entries(service.tasks)
      .map(([provider, tasks]) => `${provider}=${tasks}`)
      .join(" "),
    service.monthlyCost?.toFixed() ?? "",
    service.monthlySaving?.toFixed() ?? "",
    service.availability.required.toFixed(),
    service.availability.achieved?.toFixed() ?? "",
    service.reasons.map(({ code, detail }) => `${code}: ${detail}`).join(" "),
  ]),
});

/** One row for each group. */
export const capacityGroupsSheet = (groups: readonly CapacityGroup[]): Sheet => ({
  header: ["key", "services", "todayMonthlyCost", "monthlyCost", "complete", "monthlySaving"],
  rows: groups.map(({ key, services, todayMonthlyCost, monthlyCost, complete, monthlySaving }) => [
    key,
    String(services),
    todayMonthlyCost?.toFixed() ?? "",
    monthlyCost?.toFixed() ?? "",
    String(complete),
    monthlySaving?.toFixed() ?? "",
  ]),
});
