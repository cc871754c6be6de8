import { Decimal, estimate, type Inventory, isLegalSize, rightsize, type Service } from "@ecs-cost/core";
import { readMetrics } from "@ecs-cost/core/metrics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryInventory } from "../support/arbitrary-inventory.ts";
import { pinnedCatalogue } from "../support/prices/pinned.ts";

const CATALOGUE = pinnedCatalogue("us-east-1");
const MONDAY = Date.UTC(2026, 10, 2);

interface Load {
  readonly cpu: number;
  readonly memory: number;
  readonly hours: number;
}

const csvOf = (loads: readonly (readonly [string, Load])[]): string =>
  ["service,timestamp,cpu_utilization_pct,memory_utilization_pct"]
    .concat(
      loads.flatMap(([name, { cpu, memory, hours }]) =>
        Array.from({ length: hours * 2 }, (_, point) => {
          const time = new Date(MONDAY + point * 1_800_000).toISOString();
          return `${name},${time},${(cpu * (1 + (point % 5) / 10)).toFixed(2)},${memory}`;
        }),
      ),
    )
    .join("\n");

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

const usageOf = async (loads: readonly (readonly [string, Load])[]) =>
  (await readMetrics([{ file: "load", bytes: bytesOf(csvOf(loads)) }])).services;

const load: fc.Arbitrary<Load> = fc.record({
  cpu: fc.integer({ min: 0, max: 65 }),
  memory: fc.integer({ min: 0, max: 100 }),
  hours: fc.constantFrom(3, 60, 80),
});

const cases = fc.record({ inventory: arbitraryInventory, loads: fc.array(load, { minLength: 5, maxLength: 5 }) });

const loadsOf = (inventory: Inventory, loads: readonly Load[]) =>
  inventory.services.flatMap(({ name }, index): (readonly [string, Load])[] => {
    const each = loads[index];
    return each === undefined ? [] : [[name, each]];
  });

const RUNS = { numRuns: 12 };

const total = (values: readonly (Decimal | null)[]): string =>
  values.reduce<Decimal>((sum, value) => sum.plus(value ?? 0), new Decimal(0)).toFixed();

describe("a report on task sizes", () => {
  it("is what estimate says of the inventory with the advised sizes", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ inventory, loads }) => {
        const report = rightsize(inventory, await usageOf(loadsOf(inventory, loads)), CATALOGUE);
        const sizes = new Map(report.services.map((each) => [`${each.cluster}/${each.name}`, each.recommended]));
        const resized = (service: Service): Service => {
          const size = sizes.get(service.id);
          return service.task === undefined || size == null
            ? service
            : { ...service, task: { ...service.task, ...size } };
        };
        const then = estimate({ ...inventory, services: inventory.services.map(resized) }, CATALOGUE);
        expect(report.services.map(({ recommendedMonthlyCost }) => recommendedMonthlyCost?.toFixed())).toEqual(
          then.services.map(({ monthlyCost }) => monthlyCost?.toFixed()),
        );
        expect(report.totalMonthlyCost?.toFixed()).toBe(estimate(inventory, CATALOGUE).totalMonthlyCost?.toFixed());
      }),
      RUNS,
    );
  });

  it("adds up, and never combines to less than a part of it saves", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ inventory, loads }) => {
        const report = rightsize(inventory, await usageOf(loadsOf(inventory, loads)), CATALOGUE);
        const { services } = report;
        expect(report.monthlySaving.toFixed()).toBe(total(services.map(({ monthlySaving }) => monthlySaving)));
        expect(report.combinedMonthlySaving.toFixed()).toBe(
          total(services.map(({ combined }) => combined.monthlySaving)),
        );
        expect(report.totalMonthlyCost?.minus(report.monthlySaving).toFixed()).toBe(
          report.recommendedMonthlyCost.toFixed(),
        );
        for (const { monthlyCost, recommendedMonthlyCost, monthlySaving, combined, otherAdvice } of services) {
          if (monthlyCost === null || recommendedMonthlyCost === null || monthlySaving === null) continue;
          expect(monthlyCost.minus(recommendedMonthlyCost).toFixed()).toBe(monthlySaving.toFixed());
          expect(combined.monthlySaving?.greaterThanOrEqualTo(monthlySaving)).toBe(true);
          for (const { code, excludes } of otherAdvice) {
            if (combined.advice.includes(code)) {
              expect(combined.advice.filter((other) => excludes.includes(other))).toEqual([]);
            }
          }
        }
      }),
      RUNS,
    );
  });

  it("answers every service; too little data is always withheld, a size on Fargate is always legal", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ inventory, loads }) => {
        const report = rightsize(inventory, await usageOf(loadsOf(inventory, loads)), CATALOGUE, { minPoints: 100 });
        expect(report.services.map(({ name }) => name)).toEqual(inventory.services.map(({ name }) => name));
        report.services.forEach(({ advice, evidence, recommended, current, runsOn, demand, reasons }) => {
          expect(reasons.length).toBeGreaterThan(0);
          if ((evidence?.points ?? 0) < 100) expect(advice).toBe("withheld");
          if (advice !== "resize") expect(recommended).toEqual(current);
          if (advice !== "resize" || recommended === null || demand === null) return;
          expect(recommended.cpu).toBeGreaterThanOrEqual(demand.cpu - 1e-6);
          expect(recommended.memory).toBeGreaterThanOrEqual(demand.memory - 1e-6);
          if (runsOn.some((name) => name.startsWith("FARGATE"))) {
            expect(isLegalSize(recommended.cpu, recommended.memory, "linux")).toBe(true);
          }
        });
      }),
      RUNS,
    );
  });

  it("is the same bytes whatever the order of the series", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ inventory, loads }) => {
        const series = loadsOf(inventory, loads);
        const bytes = (report: object) => JSON.stringify(report);
        expect(bytes(rightsize(inventory, await usageOf([...series].reverse()), CATALOGUE))).toBe(
          bytes(rightsize(inventory, await usageOf(series), CATALOGUE)),
        );
      }),
      RUNS,
    );
  });

  it("refuses settings that the strategy does not have", () => {
    const empty: Inventory = { services: [], shared: undefined as never, issues: [], assumptions: [] };
    expect(() => rightsize(empty, new Map(), CATALOGUE, { strategy: "best" })).toThrow(/There is no strategy best/);
    expect(() => rightsize(empty, new Map(), CATALOGUE, { strategySettings: { margin: 1 } })).toThrow(/not a setting/);
  });
});
