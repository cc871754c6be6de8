import { type CapacitySettings, capacity, createCatalogue, type Inventory, type Service } from "@ecs-cost/core";
import { loadInstanceTypes, loadRegion } from "@ecs-cost/pricing-data";
import { randomFrom } from "../properties/capacity-simulation.ts";
import { plainInventory, plainService, plainTask } from "../support/plain-inventory.ts";
import { sortingSeconds } from "./reference-work.ts";

/** The whole report of `capacity` for services with a count for each of the 744 hours of a month. */

const HOURS = 744;
/** Seconds that 1,000 services on Fargate may take. */
const MOST_SECONDS = 3;

/** A day and night of one service, with noise. */
const monthOf = (index: number): readonly number[] => {
  const random = randomFrom(index + 1);
  const low = 1 + Math.floor(random() * 20);
  const swing = Math.floor(random() * 60);
  return Array.from({ length: HOURS }, (_, hour) => {
    const day = (1 - Math.cos((2 * Math.PI * hour) / 24)) / 2;
    return Math.round(low + swing * day + random() * 3);
  });
};

const service = (index: number): Service => {
  const plain = plainService({ name: `service-${index}` });
  return {
    ...plain,
    task: plainTask({
      cpu: 512 * (1 + (index % 4)),
      memory: 4096,
      architecture: index % 3 === 0 ? "arm64" : "x86_64",
      ephemeralStorageGiB: index % 10 === 0 ? 40 : 20,
    }),
    demand: { kind: "hourly", counts: monthOf(index) },
    interruptible: "partly",
    ...(index % 2 === 0 ? { minAvailableTasks: 1 + (index % 9) } : {}),
    network: { ...plain.network, imageGb: "0.4", taskStartsPerMonth: "600", imagePullSeconds: 10 },
    extras: { ...plain.extras, ecrGb: "2", secrets: "3" },
  };
};

const inventoryOf = (services: number): Inventory =>
  plainInventory(Array.from({ length: services }, (_, index) => service(index)));

const loaded = loadRegion("us-east-1");
if (!loaded.found) throw new Error("The price book has no us-east-1");
const { book } = loaded;
const unit = sortingSeconds();

/** Each time with a fresh catalogue, so that prices are looked up as in a run of the command. */
const measure = (name: string, services: number, settings: CapacitySettings): number => {
  const input = inventoryOf(services);
  const seconds = Math.min(
    ...[0, 1, 2].map(() => {
      const start = performance.now();
      const report = capacity(input, createCatalogue(book, loadInstanceTypes()), settings);
      JSON.stringify(report);
      return (performance.now() - start) / 1000;
    }),
  );
  process.stdout.write(`${name.padEnd(52)}${seconds.toFixed(3)} s ${(seconds / unit).toFixed(1).padStart(8)} sorts\n`);
  return seconds;
};

const onFargate = measure("1000 services, 744 hourly counts, Fargate", 1000, {});
measure("the same at 99 % of the time", 1000, { availability: 0.99 });
measure("the same at 90 % of the time", 1000, { availability: 0.9 });
measure("100 services, Auto Scaling groups besides", 100, { providers: ["auto-scaling-group"] });
if (onFargate > MOST_SECONDS) process.exitCode = 1;
