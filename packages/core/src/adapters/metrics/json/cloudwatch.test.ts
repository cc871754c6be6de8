import { describe, expect, it } from "vitest";
import { demandOf, pointsOf } from "../../../domain/demand/demand-window.ts";
import { peakOf } from "../../../domain/demand/quantile.ts";
import { emptyReading } from "../reading/metric-reading.ts";
import { stemOf } from "../series/known-service.ts";
import { findMeaning } from "../series/meaning.ts";
import { serviceInWords } from "../series/owner.ts";
import { readCloudWatchJson } from "./read-json.ts";

/** What a label and an id say, in short. */
const readLabel = (label: string, id = "") => {
  const found = findMeaning(label, id);
  if (typeof found === "string") return undefined;
  const { quantity, statistic } = found.meaning;
  return { metric: quantity, maximum: statistic === "maximum", service: serviceInWords(found.rest) };
};

const TIMES = ["2026-11-01T00:05:00+00:00", "2026-11-01T00:00:00Z"];

const read = (document: unknown, file = "-", service?: string) => {
  const reading = emptyReading();
  readCloudWatchJson(reading, file, JSON.stringify(document), service === undefined ? {} : { service });
  return reading;
};

describe("a label", () => {
  it.each([
    ["CPUUtilization", "m1", { metric: "cpu", maximum: false, service: undefined }],
    ["api CPUUtilization", "m1", { metric: "cpu", maximum: false, service: "api" }],
    ["production/api MemoryUtilization Maximum", "m1", { metric: "memory", maximum: true, service: "production/api" }],
    ["production api CPUUtilization", "m1", { metric: "cpu", maximum: false, service: "production/api" }],
    [
      "AWS/ECS | production | api | CPUUtilization | Average",
      "m1",
      { metric: "cpu", maximum: false, service: "production/api" },
    ],
    ["api", "cpu_max_3", { metric: "cpu", maximum: true, service: "api" }],
    ["api", "mem_avg", { metric: "memory", maximum: false, service: "api" }],
    ["api RunningTaskCount", "m1", { metric: "tasks", maximum: false, service: "api" }],
    ["max-api CPUUtilization", "m1", { metric: "cpu", maximum: false, service: "max-api" }],
    ["api_CPUUtilization", "m1", { metric: "cpu", maximum: false, service: "api" }],
    ["cpu-burner MemoryUtilization", "m1", { metric: "memory", maximum: false, service: "cpu-burner" }],
  ])("takes %j (%s)", (label, id, meaning) => {
    expect(readLabel(label, id)).toEqual(meaning);
  });

  it.each(["api RequestCount", "api CPUUtilization Minimum", "api CPUUtilization p99", ""])("refuses %j", (label) => {
    expect(readLabel(label)).toBeUndefined();
  });
});

describe("a file of one service", () => {
  it.each([
    ["metrics/api-cpu.json", "api"],
    ["api.json.gz", "api"],
    ["web-server_memory-maximum.json", "web-server"],
    ["cpu.json", ""],
    ["-", "-"],
  ])("%s is of %s", (file, service) => {
    expect(stemOf(file)).toBe(service);
  });
});

describe("readCloudWatchJson", () => {
  it("joins the series of a service", () => {
    const reading = read({
      MetricDataResults: [
        { Id: "a", Label: "api CPUUtilization", Timestamps: TIMES, Values: [10, 20], StatusCode: "Complete" },
        { Id: "b", Label: "api MemoryUtilization", Timestamps: TIMES, Values: [30, 40], StatusCode: "Complete" },
        { Id: "c", Label: "api MemoryUtilization Maximum", Timestamps: TIMES, Values: [50, 60] },
        { Id: "d", Label: "api RunningTaskCount", Timestamps: TIMES, Values: [2, 3] },
      ],
      Messages: [],
    });
    const demand = demandOf(reading.services.get("api") ?? expect.fail());
    expect([pointsOf(demand), reading.points, reading.problems]).toEqual([2, 2, []]);
    expect([peakOf(demand, "cpu"), peakOf(demand, "memory"), peakOf(demand, "memoryMaximum")]).toEqual([20, 40, 60]);
    expect(demand.days[0]?.tasks?.[0]).toBe(2);
  });

  it("takes both statistics of get-metric-statistics, for the file's service", () => {
    const points = TIMES.map((Timestamp, i) => ({ Timestamp, Average: 10 + i, Maximum: 50 + i, Unit: "Percent" }));
    const reading = read({ Label: "CPUUtilization", Datapoints: points }, "out/api-cpu.json");
    const demand = demandOf(reading.services.get("api") ?? expect.fail());
    expect([peakOf(demand, "cpu"), peakOf(demand, "cpuMaximum")]).toEqual([11, 51]);
  });

  it("takes a list of documents and a named service", () => {
    const one = { Label: "CPUUtilization", Datapoints: [{ Timestamp: 1_793_491_200, Average: 10 }] };
    const two = { Label: "MemoryUtilization", Datapoints: [{ Timestamp: 1_793_491_200, Average: 20 }] };
    const reading = read([one, two], "-", "main/api");
    expect(pointsOf(demandOf(reading.services.get("main/api") ?? expect.fail()))).toBe(1);
  });

  it("keeps repeated times apart, so that they can be counted", () => {
    const result = { Id: "a", Label: "api CPUUtilization", Timestamps: [TIMES[0], TIMES[0]], Values: [10, 20] };
    const usage = read({ MetricDataResults: [result] }).services.get("api") ?? expect.fail();
    expect(demandOf(usage).days[0]).toMatchObject({ points: 2, repeated: 1 });
  });

  it("reports what it cannot use and reads on", () => {
    const reading = read({
      MetricDataResults: [
        { Id: "a", Label: "api RequestCount", Timestamps: TIMES, Values: [1, 2] },
        { Id: "b", Label: "CPUUtilization", Timestamps: TIMES, Values: [1, 2] },
        {
          Id: "c",
          Label: "api CPUUtilization",
          Timestamps: ["soon", ...TIMES],
          Values: [1, null, 3],
          StatusCode: "PartialData",
        },
      ],
    });
    expect(reading).toMatchObject({ points: 1, unreadableRows: 3, notNumbers: 1 });
    expect(reading.problems.map(({ detail }) => detail)).toEqual([
      'series "api RequestCount" is no average or maximum of CPU, memory or running tasks',
      "api CPUUtilization is partial data",
      '"soon" is not a time',
      "the value at 2026-11-01T00:05:00Z is not a number; the value is left out",
      "a series names no service: give it as NAME=FILE",
    ]);
  });

  it.each([[{}], [[1]], [{ Metrics: [] }]])("refuses %j", (document) => {
    expect(() => read(document)).toThrow(/neither MetricDataResults nor Datapoints/);
  });
});
