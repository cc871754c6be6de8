import {
  compare,
  createCatalogue,
  type Inventory,
  legalSizes,
  type PriceCatalogue,
  type Service,
} from "@ecs-cost/core";
import { loadInstanceTypes, loadRegion } from "@ecs-cost/pricing-data";
import { plainInventory, plainService, plainTask } from "../support/plain-inventory.ts";
import { sortingSeconds } from "./reference-work.ts";

const SIZES = legalSizes("linux").filter(({ cpu }) => cpu <= 8192);

const service = (index: number): Service =>
  plainService({
    name: `service-${index}`,
    task: plainTask({
      ...(SIZES[(index * 7) % SIZES.length] ?? {}),
      architecture: index % 3 === 0 ? "arm64" : "x86_64",
    }),
    demand: { kind: "count", tasks: 1 + (index % 5) },
    logs: { gbPerMonth: "12.5", class: "standard", retentionDays: 30 },
  });

const inventory = (services: number): Inventory =>
  plainInventory(
    Array.from({ length: services }, (_, index) => service(index)),
    { natGateways: { count: 2, gb: "500", type: "zonal" } },
  );

const catalogue = (): PriceCatalogue => {
  const loaded = loadRegion("us-east-1");
  if (!loaded.found) throw new Error("The price book has no us-east-1");
  return createCatalogue(loaded.book, loadInstanceTypes());
};

const measure = (services: number): void => {
  const input = inventory(services);
  const start = performance.now();
  const report = compare(input, catalogue());
  const seconds = (performance.now() - start) / 1000;
  const options = report.services.reduce((sum, { options: each }) => sum + each.length, 0);
  const growth = services * Math.log2(services);
  process.stdout.write(
    `compare ${String(services).padStart(6)} services: ${seconds.toFixed(2)} s, ${(seconds / sortingSeconds()).toFixed(1)} x sorting a ` +
      `million numbers, ${((seconds / growth) * 1e6).toFixed(0)} us per n log2 n, ${options} options, peak ` +
      `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB\n`,
  );
};

measure(Number(process.argv[2] ?? "1000"));
