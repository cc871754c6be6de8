import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./run-cli.ts";

/** Prices that no refresh of the price book moves: 10 USD a vCPU-hour, 1 USD a GB-hour. */
export const PRICES: readonly string[] = [
  "--set-price",
  "fargate/linux/x86_64/vcpu-hour=0.1",
  "--set-price",
  "fargate/linux/x86_64/gb-hour=0.01",
];

const write = (name: string, workload: object): string => {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, JSON.stringify(workload));
  return file;
};

const service = (name: string, changes: object = {}) => ({
  name,
  cluster: "production",
  task: { cpu: 1024, memory: 2048 },
  launchType: "FARGATE",
  desiredCount: 1,
  ...changes,
});

/** With `PRICES` and 100 hours: api 24 USD, worker 12 USD. */
export const twoServices = (): string =>
  write("workload.json", {
    version: 1,
    region: "eu-west-1",
    services: [
      service("api", { desiredCount: 2, tags: { team: "web" } }),
      service("worker", { cluster: "batch", tags: { team: "data" } }),
    ],
  });

/** How many tasks of `cron` run is not given. */
export const incomplete = (): string =>
  write("incomplete.json", {
    version: 1,
    region: "eu-west-1",
    services: [service("api"), { ...service("cron"), desiredCount: undefined }],
  });

const HOSTILE_NAME = "api\u001b[31m\u009b2J\u202e|`<b>@team\u200b=1+1";

export const hostile = (): string =>
  write("hostile.json", {
    version: 1,
    region: "eu-west-1",
    services: [
      service(HOSTILE_NAME, { cluster: "=cmd|'/C calc'!A0" }),
      service("cron\u0007", { desiredCount: undefined }),
    ],
  });

export const manyServices = (count: number): string =>
  write("many.json", {
    version: 1,
    region: "eu-west-1",
    services: Array.from({ length: count }, (_, index) => service(`service-${index}`)),
  });
