import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MetricReading, readMetrics } from "../../packages/core/src/adapters/metrics/index.ts";
import { type ParquetColumn, type ParquetOptions, parquetFile } from "../support/parquet-file.ts";

interface Row {
  readonly service: string | null;
  readonly time: number;
  readonly cpu: number | null;
  readonly memory: number | null;
  readonly tasks: number | null;
}

const value = fc.option(fc.double({ min: 0, max: 120, noNaN: true }), { freq: 10 });
const rows = fc.array(
  fc.record({
    service: fc.constantFrom("api", "production/worker", "wörker", "c"),
    time: fc.integer({ min: 1_780_000_000, max: 1_781_000_000 }),
    cpu: value,
    memory: value,
    tasks: fc.option(fc.nat(40)),
  }),
  { minLength: 1, maxLength: 200 },
);

const iso = (time: number): string => new Date(time * 1000).toISOString().replace(".000Z", "Z");

const columnsOf = (list: readonly Row[], asText: boolean): ParquetColumn[] => [
  { name: "service", kind: "text", values: list.map(({ service }) => service) },
  asText
    ? { name: "timestamp", kind: "text", values: list.map(({ time }) => iso(time)) }
    : { name: "timestamp", kind: "time", values: list.map(({ time }) => time * 1000) },
  { name: "region", kind: "text", values: list.map(() => "eu-west-1") },
  { name: "cpu_utilization_pct", kind: "double", values: list.map(({ cpu }) => cpu) },
  { name: "memory_utilization_pct", kind: "double", values: list.map(({ memory }) => memory) },
  { name: "running_tasks", kind: "double", values: list.map(({ tasks }) => tasks) },
];

const csvOf = (list: readonly Row[]): Buffer =>
  Buffer.from(
    `service,timestamp,cpu_utilization_pct,memory_utilization_pct,running_tasks\n${list
      .map(({ service, time, cpu, memory, tasks }) => [service, iso(time), cpu, memory, tasks].join(","))
      .join("\n")}`,
  );

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const read = (bytes: Uint8Array): Promise<MetricReading> => readMetrics([{ file: "m", bytes: whole(bytes) }]);

describe("Parquet", () => {
  it("gives what the same rows give as CSV, in any number of row groups, packed or not", async () => {
    const options = fc.record({
      rowsPerGroup: fc.integer({ min: 1, max: 250 }),
      gzip: fc.boolean(),
      plainText: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(rows, options, fc.boolean(), async (list, given: ParquetOptions, asText) => {
        const found = await read(parquetFile(columnsOf(list, asText), given));
        expect(found).toEqual(await read(csvOf(list)));
      }),
      { numRuns: 50 },
    );
  });

  it("is read in place from a file, and from a packed one", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ecs-cost-parquet-"));
    try {
      const [list] = fc.sample(rows, { numRuns: 1, seed: 7 });
      const bytes = parquetFile(columnsOf(list ?? [], false));
      const files = [join(folder, "m.parquet"), join(folder, "packed")];
      writeFileSync(files[0] ?? "", bytes);
      writeFileSync(files[1] ?? "", gzipSync(bytes));
      const [plain, packed] = await Promise.all(files.map((file) => readMetrics([{ file }])));
      expect(plain?.points).toBe(list?.length);
      expect(packed).toEqual(plain);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("names the row of a point without a service", async () => {
    const list: Row[] = [
      { service: "api", time: 1_780_000_000, cpu: 1, memory: 2, tasks: null },
      { service: null, time: 1_780_000_300, cpu: 1, memory: 2, tasks: null },
    ];
    const found = await read(parquetFile(columnsOf(list, false), { rowsPerGroup: 1 }));
    expect(found).toMatchObject({ points: 1, unreadableRows: 1, problems: [{ line: 2, detail: "names no service" }] });
  });

  it("refuses a file that lacks a column or is cut off", async () => {
    const columns = columnsOf([{ service: "api", time: 1_780_000_000, cpu: 1, memory: 2, tasks: 1 }], false);
    await expect(read(parquetFile(columns.slice(0, 4)))).rejects.toThrow(/lacks memory_utilization_pct/);
    await expect(read(parquetFile(columns).subarray(0, 90))).rejects.toThrow(/is no Parquet file/);
  });
});
