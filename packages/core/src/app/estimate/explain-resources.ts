import type { Issue } from "../../domain/issues/issue.ts";
import type { EstimateReport } from "../../domain/report/report.ts";
import type { Inventory } from "../../domain/workload/inventory.ts";
import type { AccountedResource } from "../../domain/workload/resource-account.ts";

/** Why services are not priced, by the addresses of their resources. */
const openServices = (inventory: Inventory, report: EstimateReport): ReadonlyMap<string, string> => {
  const issues = Map.groupBy(
    report.issues.filter(({ severity }) => severity !== "info"),
    ({ subject }) => subject,
  );
  const open = new Set(
    report.services.filter(({ complete }) => !complete).map(({ cluster, name }) => `${cluster}/${name}`),
  );
  return new Map(
    inventory.services
      .filter(({ id }) => open.has(id))
      .flatMap(({ id, address, name }) => {
        const [first] = issues.get(id) ?? [];
        return first === undefined ? [] : [[plainAddress(address ?? name), first.detail] as const];
      }),
  );
};

/** `api.json#Service` -> `Service`. */
const plainAddress = (address: string): string => address.slice(address.lastIndexOf("#") + 1);

const told = (resource: AccountedResource, issues: readonly Issue[]): string | undefined =>
  issues.find(({ subject, severity }) => severity !== "info" && subject === resource.address)?.detail;

/** An estimate with the account of every resource of its plans and templates: what is read and still has no price is not priced. */
export const explainResources = (report: EstimateReport, inventory: Inventory): EstimateReport => {
  const open = openServices(inventory, report);
  const resources = (inventory.resources ?? []).map((resource): AccountedResource => {
    if (resource.outcome !== "priced") return resource;
    const why = open.get(resource.address) ?? told(resource, report.issues);
    return why === undefined ? resource : { ...resource, outcome: "not-understood", reason: why };
  });
  return { ...report, resources };
};
