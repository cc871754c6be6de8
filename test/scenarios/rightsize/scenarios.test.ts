import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  type Decimal,
  type RightsizeReport,
  type RightsizeSettings,
  rightsize,
  type ServiceRightsizing,
} from "@ecs-cost/core";
import { readInventory } from "@ecs-cost/core/file";
import { readMetrics } from "@ecs-cost/core/metrics";
import { describe, expect, it } from "vitest";
import { pinnedCatalogue } from "../../support/prices/pinned.ts";
import { expectGolden, scenarioNames, workedByHand } from "../../support/scenario-folders.ts";

const ROOT = fileURLToPath(new URL(".", import.meta.url));
const names = scenarioNames(ROOT);

/** Constant load; outside 08:00 to 18:00 UTC, Monday to Friday, CPU is `quietCpu` where it is given. */
interface Load {
  readonly cpu: number;
  readonly memory: number;
  readonly hours: number;
  readonly quietCpu?: number;
}

interface Scenario {
  readonly settings: RightsizeSettings;
  readonly series: Readonly<Record<string, Load>>;
}

const MONDAY = Date.UTC(2026, 10, 2);

const rowsOf = (name: string, { cpu, memory, hours, quietCpu = cpu }: Load): string[] =>
  Array.from({ length: hours * 12 }, (_, point) => {
    const hour = Math.floor(point / 12);
    const busy = hour % 168 < 120 && hour % 24 >= 8 && hour % 24 < 18;
    return `${name},${new Date(MONDAY + point * 300_000).toISOString()},${busy ? cpu : quietCpu},${memory}`;
  });

const csvOf = ({ series }: Scenario): string =>
  ["service,timestamp,cpu_utilization_pct,memory_utilization_pct"]
    .concat(Object.entries(series).flatMap(([name, load]) => rowsOf(name, load)))
    .join("\n");

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

const amount = (cost: Decimal | null): string => cost?.toFixed() ?? "unknown";

const figuresOf = (service: ServiceRightsizing): [string, string][] => {
  const figures: [string, string][] = [
    ["advice", service.advice],
    ["reason", service.reasons[0]?.code ?? ""],
    ["size", `${service.recommended?.cpu}/${service.recommended?.memory}`],
    ["cost", amount(service.monthlyCost)],
    ["then", amount(service.recommendedMonthlyCost)],
    ["saving", amount(service.monthlySaving)],
    ["combined", amount(service.combined.monthlySaving)],
    ["follow", service.combined.advice.join("+")],
    ...service.otherAdvice.map(({ code, monthlySaving }): [string, string] => [code, amount(monthlySaving)]),
  ];
  return figures.map(([figure, value]) => [`${service.name}:${figure}`, value]);
};

const reportOf = async (name: string): Promise<RightsizeReport> => {
  const scenario: Scenario = JSON.parse(readFileSync(`${ROOT}${name}/load.json`, "utf8"));
  const inventory = readInventory([`${ROOT}${name}/workload.yaml`], {});
  const reading = await readMetrics([{ file: "load", bytes: bytesOf(csvOf(scenario)) }]);
  return rightsize(inventory, reading.services, pinnedCatalogue("us-east-1"), scenario.settings);
};

describe.each(names)("scenario %s", (name) => {
  it("gives the advice and figures that were worked out by hand", async () => {
    const report = await reportOf(name);
    const figures = new Map<string, string>([
      ["total", amount(report.totalMonthlyCost)],
      ["saving", amount(report.monthlySaving)],
      ["combined", amount(report.combinedMonthlySaving)],
      ...report.services.flatMap(figuresOf),
    ]);
    const expected = workedByHand(ROOT, name);
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.map(([subject]) => [subject, figures.get(subject)])).toEqual(expected);
  });

  it("is the golden report, to the byte", async () => {
    expectGolden(ROOT, name, await reportOf(name));
  });
});
