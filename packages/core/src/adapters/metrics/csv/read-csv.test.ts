import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { demandOf } from "../../../domain/demand/demand-window.ts";
import { meanOf, peakOf } from "../../../domain/demand/quantile.ts";
import { readMetrics } from "../read-metrics.ts";
import { emptyReading, type MetricReading } from "../reading/metric-reading.ts";
import { readingIssues } from "../reading/reading-issues.ts";
import { headerLayout } from "./header.ts";
import { readRow } from "./row.ts";

const HEADER = "service,timestamp,cpu_utilization_pct,memory_utilization_pct";
const FULL = `${HEADER},cpu_maximum_pct,memory_maximum_pct,running_tasks`;

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

const read = (text: string, size = 1 << 16): Promise<MetricReading> =>
  readMetrics([{ file: "m.csv", bytes: inChunks(Buffer.from(text), size) }]);

/** Reads by the slow path alone. */
const readSlowly = (text: string): MetricReading => {
  const reading = emptyReading();
  const [header = "", ...rows] = text.split("\n");
  const { roles } = headerLayout("m.csv", header.trim());
  const context = { reading, file: "m.csv", roles, single: undefined };
  rows.forEach((row, i) => {
    readRow(context, i + 2, row);
  });
  return reading;
};

/** Mostly what the fast path takes, so that most rows take it whole. */
const number = fc.oneof(
  { weight: 20, arbitrary: fc.double({ min: -5, max: 200, noNaN: true }).map((value) => value.toFixed(4)) },
  { weight: 4, arbitrary: fc.constantFrom("", "0", "-3.5", "5.", ".5", "100") },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 200, noNaN: true }).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("NaN", "1e1", " 7 ", '"8.5"', "abc", "99999999999999999", "+4", "1.2.3", "-", "."),
  },
);
const time = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .integer({ min: 1_700_000_000, max: 1_800_000_000 })
      .map((seconds) => new Date(seconds * 1000).toISOString().replace(".000Z", "Z")),
  },
  { weight: 1, arbitrary: fc.constantFrom("2026-11-01 00:05:00", "2026-11-01T00:05:00") },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "2026-11-01T00:05:00.5Z",
      "2026-11-01T00:05:00+01:00",
      "2026-02-30T00:00:00Z",
      "2026-11-01T25:00:00Z",
      "soon",
      '"2026-11-01T00:05:00Z"',
    ),
  },
);
const service = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("api", "production/api", "wörker", "x".repeat(300)) },
  { weight: 1, arbitrary: fc.constantFrom("", " padded", '"a,b"', '"say ""hi"""', 'odd"quote') },
);
const row = fc.tuple(service, time, number, number, number, number, number).map((cells) => cells.join(","));
const line = fc.oneof(
  { weight: 8, arbitrary: row },
  fc.constantFrom("", "api", "a,b,c", "api,2026-11-01T00:05:00Z,1,2", ",,,,,,,,"),
);

describe("reading CSV", () => {
  it("gives the same by the fast path as by the slow one, however it is cut into chunks", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 30 }),
        fc.constantFrom("\n", "\r\n"),
        fc.boolean(),
        fc.integer({ min: 1, max: 400 }),
        async (rows, end, ended, size) => {
          const text = [FULL, ...rows].join(end) + (ended ? end : "");
          expect(await read(text, size)).toEqual(readSlowly(text.replaceAll("\r\n", "\n")));
        },
      ),
    );
  });

  it("reads gzip as it reads plain text, in several members too", async () => {
    const rows = Array.from(
      { length: 5000 },
      (_, i) => `s${i % 7},2026-11-0${1 + (i % 9)}T00:00:00Z,${i % 90}.25,${i % 50}`,
    );
    const text = `${HEADER}\n${rows.join("\n")}\n`;
    const half = text.length >> 1;
    const packed = Buffer.concat([gzipSync(text.slice(0, half)), gzipSync(text.slice(half))]);
    const unpacked = await readMetrics([{ file: "m.csv.gz", bytes: inChunks(packed, 999) }]);
    expect(unpacked).toEqual(await read(text));
    expect(unpacked.points).toBe(5000);
    expect(unpacked.services.size).toBe(7);
  });

  it("names the line of a row that it cannot read, and reads on", async () => {
    const reading = await read(
      `${HEADER}\napi,2026-11-01T00:00:00Z,10,20\napi,oops,10,20\napi,2026-11-01T00:05:00Z,30,40\n`,
    );
    expect(reading).toMatchObject({ points: 2, unreadableRows: 1 });
    expect(reading.problems).toEqual([
      {
        file: "m.csv",
        line: 3,
        kind: "row",
        detail: '"oops" is not a time; ISO 8601 is one, and seconds since 1970',
        count: 1,
      },
    ]);
    const demand = demandOf(reading.services.get("api") ?? expect.fail());
    expect([meanOf(demand, "cpu"), peakOf(demand, "memory")]).toEqual([20, 40]);
  });

  it("leaves out a value that is no number and keeps the rest of its row", async () => {
    const reading = await read(`${HEADER}\napi,2026-11-01T00:00:00Z,NaN,20\n`);
    expect(reading).toMatchObject({ points: 1, notNumbers: 1, unreadableRows: 0 });
    expect(reading.problems[0]).toMatchObject({ line: 2 });
  });

  it("takes a value below zero or without an end for no number, one line for all of a kind", async () => {
    const rows = ["-5,20", "-0.5,20", "1e400,20", "inf,20", "7,20"].map(
      (values) => `api,2026-11-01T00:00:00Z,${values}`,
    );
    const reading = await read([HEADER, ...rows].join("\n"));
    expect(reading.problems).toMatchObject([
      { line: 2, kind: "negative", count: 2 },
      { line: 4, kind: "infinite", count: 2 },
    ]);
    expect(readingIssues(reading).map(({ subject, detail }) => [subject, detail])).toEqual([
      ["m.csv:2", "-5 is below zero; the value is left out; so is one more of this file"],
      ["m.csv:4", "1e400 is not a finite number; the value is left out; so is one more of this file"],
    ]);
    const demand = demandOf(reading.services.get("api") ?? expect.fail());
    expect([peakOf(demand, "cpu"), peakOf(demand, "memory")]).toEqual([7, 20]);
  });

  it("keeps the list of problems short and the count whole", async () => {
    const reading = await read(`${HEADER}\n${"bad\n".repeat(500)}`);
    expect(reading.unreadableRows).toBe(500);
    expect(reading.problems).toMatchObject([{ line: 2, count: 500 }]);
    expect(reading.services.size).toBe(0);
  });

  it("takes columns in any order, unknown ones, a byte order mark and no last line end", async () => {
    const text = `\ufeffregion,running_tasks,Timestamp,memory_utilization_pct,service,cpu_utilization_pct\neu,3,2026-11-01T00:00:00Z,20,api,10`;
    const demand = demandOf((await read(text)).services.get("api") ?? expect.fail());
    expect([peakOf(demand, "cpu"), peakOf(demand, "memory")]).toEqual([10, 20]);
    expect(demand.days[0]?.tasks?.[0]).toBe(3);
  });

  it.each([
    ["", /is empty/],
    ["service,timestamp,cpu_utilization_pct\n", /lacks memory_utilization_pct/],
    [`${HEADER},service\n`, /service is given twice/],
    ["PAR1....", /is no Parquet file/],
  ])("refuses %j", async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it("says that a gzip is cut off", async () => {
    const packed = gzipSync(`${HEADER}\n${"api,2026-11-01T00:00:00Z,1,2\n".repeat(50)}`);
    const source = { file: "m.csv.gz", bytes: inChunks(packed.subarray(0, packed.length - 20), 64) };
    await expect(readMetrics([source])).rejects.toMatchObject({ code: "broken-gzip" });
  });

  it("says that there is no such file", async () => {
    await expect(readMetrics([{ file: "/nowhere/m.csv" }])).rejects.toMatchObject({ code: "unreadable-file" });
  });
});
