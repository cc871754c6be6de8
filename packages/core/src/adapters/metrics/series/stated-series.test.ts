import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMetrics } from "../read-metrics.ts";
import type { MetricReading } from "../reading/metric-reading.ts";
import { readingAssumptions } from "../reading/reading-issues.ts";
import { listMetricSources } from "../source/list-metric-sources.ts";
import type { MetricSource } from "../source/metric-source.ts";
import { parseSource, type StatedSeries } from "./stated-series.ts";

async function* whole(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

const source = (file: string, text: string, stated: StatedSeries = {}): MetricSource => ({
  file,
  ...stated,
  bytes: whole(text),
});

const readAll = (...sources: readonly MetricSource[]): Promise<MetricReading> => readMetrics(sources);

const iso = (time: number): string => new Date(time * 1000).toISOString().replace(".000Z", "Z");
const points = fc
  .array(
    fc.record({
      time: fc.integer({ min: 1_780_000_000, max: 1_780_600_000 }),
      cpu: fc.integer({ min: 0, max: 1_000_000 }).map((value) => value / 1e4),
      memory: fc.integer({ min: 0, max: 1_000_000 }).map((value) => value / 1e4),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((list) => list.sort((a, b) => a.time - b.time));
const COLUMNS = "service,timestamp,cpu_utilization_pct,memory_utilization_pct";

/** What advice looks at: every figure of every day but the count of rows. */
const figures = ({ services }: MetricReading) =>
  [...services].map(([name, { days }]) => [
    name,
    [...days.values()].sort((a, b) => a.day - b.day).map(({ points: _, ...day }) => day),
  ]);

describe("a series of timestamp,value", () => {
  it("joins with the other series of its service to what one file of both gives", async () => {
    await fc.assert(
      fc.asyncProperty(points, async (list) => {
        const rows = (text: (each: (typeof list)[number]) => string): string => list.map(text).join("\n");
        const both = `${COLUMNS}\n${rows(({ time, cpu, memory }) => `api,${iso(time)},${cpu},${memory}`)}`;
        const cpu = `timestamp,value\n${rows((each) => `${iso(each.time).replace("T", " ").replace("Z", "")},${each.cpu}`)}`;
        const memory = `timestamp,value\n${rows((each) => `${iso(each.time)},${each.memory}`)}`;
        const apart = await readAll(
          source("a.csv", cpu, { service: "api" }),
          source("b.csv", memory, { service: "api", metric: "memory" }),
        );
        const joined = await readAll(source("m.csv", both));
        const withoutRepeated = (found: MetricReading) =>
          JSON.parse(JSON.stringify(figures(found), (key, value) => (key === "repeated" ? undefined : value)));
        expect(withoutRepeated(apart)).toEqual(withoutRepeated(joined));
      }),
      { numRuns: 50 },
    );
  });

  it("is of the service that the file is named after, and CPU, which is said", async () => {
    const reading = await readAll(source("series/web-1.csv.gz", "timestamp,value\n2014-02-14 14:30:00,7.5\n"));
    const [[name, usage] = expect.fail()] = [...reading.services];
    expect(name).toBe("web-1");
    expect([...usage.days.values()][0]?.metrics.cpu).toMatchObject({ count: 1, maximum: 7.5 });
    expect(readingAssumptions(reading)).toMatchObject([
      { code: "values-are-cpu", detail: expect.stringContaining("series/web-1.csv.gz") },
    ]);
  });

  it("takes nothing for granted where the metric is said", async () => {
    const reading = await readAll(
      source("x", "value,timestamp\n3,2014-02-14 14:30:00\n", { service: "a", metric: "tasks" }),
    );
    expect([...(reading.services.get("a")?.days.values() ?? [])][0]?.tasks?.[14]).toBe(3);
    expect(readingAssumptions(reading)).toEqual([]);
  });

  it("names the line that it cannot read, and reads on", async () => {
    const reading = await readAll(
      source("w.csv", "timestamp,value\n2014-02-14 14:30:00,1\nsoon,2\n2014-02-14 14:35:00\n"),
    );
    expect(reading).toMatchObject({ points: 1, unreadableRows: 2, problems: [{ line: 3, count: 2 }] });
  });

  it("asks for a name where there is none", async () => {
    await expect(readAll(source("-", "timestamp,value\n"))).rejects.toThrow(/names no service/);
  });

  it("is not said of files that say it themselves", async () => {
    const named = source("m.csv", `${COLUMNS}\n`, { service: "api" });
    await expect(readAll(named)).rejects.toThrow(/columns of its own/);
  });
});

describe("the name of a source", () => {
  it.each([
    ["web.csv", { file: "web.csv" }],
    ["web=m.csv", { file: "m.csv", service: "web" }],
    ["main/web=-", { file: "-", service: "main/web" }],
    ["web:memory=a=b.csv", { file: "a=b.csv", service: "web", metric: "memory" }],
    ["web:cpu-maximum=m.csv", { file: "m.csv", service: "web", metric: "cpuMaximum" }],
  ])("is taken apart: %s", (name, expected) => {
    expect(parseSource(name)).toEqual(expected);
  });

  it.each(["web:disk=m.csv", ":=m.csv", "web:toString=m.csv"])("is refused: %s", (name) => {
    expect(() => parseSource(name)).toThrow(/is no SERVICE:METRIC/);
  });

  it("is a file's where there is one of that name, and holds for each file of a folder", () => {
    const folder = mkdtempSync(join(tmpdir(), "ecs-cost-sources-"));
    try {
      const file = join(folder, "a=b.csv");
      writeFileSync(file, "");
      expect(listMetricSources([file, `web=${folder}`])).toEqual([{ file }, { file, service: "web" }]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
