import type { UsageByService } from "../../domain/demand/usage-by-service.ts";
import type { PriceCatalogue } from "../../domain/pricing/price.ts";
import type { ServiceRightsizing } from "../../domain/report/rightsize-report.ts";
import type { Inventory } from "../../domain/workload/inventory.ts";
import type { CostContext } from "../context/cost-context.ts";
import { rightsize } from "../rightsize/rightsize.ts";
import type { RightsizeSettings } from "../rightsize/settings.ts";

/** Sizes that utilization allows and that cost less, by service id; larger ones are told and not taken. */
export const advisedSizes = (
  inventory: Inventory,
  catalogue: PriceCatalogue,
  usage: UsageByService,
  settings: RightsizeSettings,
  { notes }: CostContext,
): ReadonlyMap<string, ServiceRightsizing> => {
  const report = rightsize(inventory, usage, catalogue, settings);
  for (const issue of report.issues) notes.report(issue);
  for (const assumption of report.assumptions) notes.assume(assumption);
  const sizes = new Map<string, ServiceRightsizing>();
  for (const service of report.services) {
    const { cluster, name, advice, current, recommended, reasons } = service;
    if (advice !== "resize" || current === null || recommended === null) continue;
    const id = `${cluster}/${name}`;
    if (isLarger(current, recommended)) {
      const detail = reasons[0]?.detail ?? `It needs ${recommended.cpu} CPU units and ${recommended.memory} MiB.`;
      notes.report({ code: "too-small", severity: "info", subject: id, detail });
    } else sizes.set(id, service);
  }
  return sizes;
};

interface Size {
  readonly cpu: number;
  readonly memory: number;
}

const isLarger = (current: Size, advised: Size): boolean =>
  (advised.cpu >= current.cpu && advised.memory > current.memory) ||
  (advised.cpu > current.cpu && advised.memory >= current.memory);
