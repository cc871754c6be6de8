import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { BillReading } from "../../../ports/bill-source.ts";
import { costExplorerJson, isCostExplorerJson } from "./cost-explorer-json.ts";

const REQUEST = { from: "2026-10-01", to: "2026-11-01", tagKeys: [] };

type Group = readonly [keys: readonly string[], cost: string, changes?: Readonly<Record<string, unknown>>];

const metric = (Amount: string, Unit: string) => ({ Amount, Unit });

const groupOf = ([Keys, cost, changes = {}]: Group) => ({
  Keys,
  Metrics: {
    UnblendedCost: metric(cost, "USD"),
    AmortizedCost: metric(cost, "USD"),
    UsageQuantity: metric("2", "Hrs"),
    ...changes,
  },
});

const definition = (name: string) =>
  name.startsWith("TAG:") ? { Type: "TAG", Key: name.slice(4) } : { Type: "DIMENSION", Key: name };

const answer = (
  dimensions: readonly string[],
  groups: readonly Group[],
  period: readonly [start: string, end: string] = ["2026-10-01", "2026-10-02"],
  more: Readonly<Record<string, unknown>> = {},
) => ({
  GroupDefinitions: dimensions.map(definition),
  ResultsByTime: [
    { TimePeriod: { Start: period[0], End: period[1] }, Total: {}, Groups: groups.map(groupOf), Estimated: false },
  ],
  DimensionValueAttributes: [],
  ...more,
});

const ECS = "Amazon Elastic Container Service";
const VCPU = "EU-Fargate-vCPU-Hours:perCPU";
const BY_USAGE = ["SERVICE", "USAGE_TYPE"];
const BASE = answer(BY_USAGE, [
  [[ECS, VCPU], "10"],
  [["EC2 - Other", "EU-NatGateway-Hours"], "3"],
  [["Tax", "NoUsageType"], "1.5"],
]);

const fileOf = (...documents: readonly unknown[]): string => {
  const file = join(mkdtempSync(join(tmpdir(), "ecs-cost-ce-")), "answer.json");
  writeFileSync(file, documents.map((document) => JSON.stringify(document)).join("\n"));
  return file;
};

const read = async (...documents: readonly unknown[]): Promise<BillReading> =>
  costExplorerJson([fileOf(...documents)]).read(REQUEST);

const told = ({ bill }: BillReading) =>
  bill.charges.map(({ service, usageType, kind, cost, ecsService }) => [service, usageType, kind, cost, ecsService]);

const details = ({ issues }: BillReading): string => issues.map(({ detail }) => detail).join("\n");

describe("saved answers of Cost Explorer", () => {
  it("by day and by month are counted once, and refused where days tell a part of the month", async () => {
    const dayOf = (day: number) =>
      [
        `2026-10-${String(day).padStart(2, "0")}`,
        day === 31 ? "2026-11-01" : `2026-10-${String(day + 1).padStart(2, "0")}`,
      ] as const;
    const days = Array.from({ length: 31 }, (_, day) => answer(BY_USAGE, [[[ECS, VCPU], "1"]], dayOf(day + 1)));
    const month = answer(BY_USAGE, [[[ECS, VCPU], "31"]], ["2026-10-01", "2026-11-01"]);
    const both = await read(month, ...days);
    expect(told(both).map(([, , , cost]) => cost)).toEqual(Array.from({ length: 31 }, () => "1"));
    expect(details(both)).toContain("counted once");
    await expect(read(month, ...days.slice(0, 9))).rejects.toThrow("a part of it by day");
  });

  it("that do not say what they are grouped by are read where their keys are usage of their service", async () => {
    const { GroupDefinitions: _, ...bare } = BASE;
    expect(told(await read(bare))).toEqual(told(await read(BASE)));
    const { GroupDefinitions: __, ...other } = answer(["SERVICE", "OPERATION"], [[[ECS, "FargateTask"], "1"]]);
    await expect(read(other)).rejects.toThrow("no answer is grouped by SERVICE and USAGE_TYPE");
  });

  it("by service and usage type are a bill, and each missing grouping names the command that gives it", async () => {
    const reading = await read(BASE);
    expect(told(reading)).toEqual([
      ["Tax", "NoUsageType", "tax", "1.5", null],
      ["AmazonEC2", "EU-NatGateway-Hours", "usage", "3", null],
      ["AmazonECS", VCPU, "usage", "10", null],
    ]);
    expect(details(reading)).toContain("--group-by Type=DIMENSION,Key=RECORD_TYPE Type=DIMENSION,Key=USAGE_TYPE");
    expect(details(reading)).toContain("--group-by Type=TAG,Key=aws:ecs:serviceName Type=DIMENSION,Key=USAGE_TYPE");
    expect(reading.bill).toMatchObject({ from: "2026-10-01", to: "2026-10-02", format: "cost-explorer-json" });
    expect(reading.bill.detail).toEqual({
      ...{ granularity: "day", ecsTags: false, splitCostAllocation: false, resources: false, amortised: true },
    });
  });

  it("without service and usage type are not enough", async () => {
    await expect(read(answer(["SERVICE", "RECORD_TYPE"], [[[ECS, "Usage"], "10"]]))).rejects.toMatchObject({
      code: "missing-grouping",
      hint: expect.stringContaining("Key=SERVICE Type=DIMENSION,Key=USAGE_TYPE"),
    });
  });

  it("by charge type tell credits from usage, exactly", async () => {
    const one = { UsageQuantity: metric("1", "Hrs") };
    const types = answer(
      ["RECORD_TYPE", "USAGE_TYPE"],
      [
        [["Usage", VCPU], "12", one],
        [["Credit", VCPU], "-2", one],
        [["Usage", "EU-NatGateway-Hours"], "3"],
        [["Tax", "NoUsageType"], "1.5"],
      ],
    );
    expect(told(await read(BASE, types)).filter(([service]) => service === "AmazonECS")).toEqual([
      ["AmazonECS", VCPU, "credit", "-2", null],
      ["AmazonECS", VCPU, "usage", "12", null],
    ]);
  });

  it("that don't add up keep the one by service, and say what is lost", async () => {
    const types = answer(["RECORD_TYPE", "USAGE_TYPE"], [[["Usage", VCPU], "9"]]);
    const reading = await read(BASE, types);
    expect(reading.issues.filter(({ code }) => code === "bill-mismatch")).toHaveLength(1);
    expect(reading.bill.charges.map(({ cost }) => cost).sort()).toEqual(["1.5", "10", "3"]);
  });

  it("of one charge type alone are known by their sum", async () => {
    const types = answer(
      ["RECORD_TYPE", "SERVICE"],
      [
        [["Usage", ECS], "10"],
        [["Usage", "EC2 - Other"], "3"],
        [["Tax", "Tax"], "1.5"],
      ],
    );
    const tags = answer(
      ["TAG:aws:ecs:serviceName", "USAGE_TYPE"],
      [
        [["aws:ecs:serviceName$api", VCPU], "10"],
        [["aws:ecs:serviceName$", "EU-NatGateway-Hours"], "3"],
      ],
    );
    const reading = await read(BASE, types, tags);
    expect(told(reading)).toContainEqual(["AmazonECS", VCPU, "usage", "10", "api"]);
    expect(told(reading)).toContainEqual(["AmazonEC2", "EU-NatGateway-Hours", "usage", "3", ""]);
    expect(reading.bill.detail.ecsTags).toBe(true);
  });

  it("of whole months are a bill by the month", async () => {
    const reading = await read(answer(BY_USAGE, [[[ECS, VCPU], "10"]], ["2026-10-01", "2026-11-01"]));
    expect(reading.bill).toMatchObject({ to: "2026-11-01", detail: { granularity: "month" } });
    expect(reading.bill.charges.map(({ day }) => day)).toEqual(["2026-10-01"]);
  });

  it("end with the last day that something is told of, and say what AWS may still change", async () => {
    const open = BASE.ResultsByTime.map((result) => ({ ...result, Estimated: true }));
    const coming = { TimePeriod: { Start: "2026-10-02", End: "2026-10-03" }, Total: {}, Groups: [], Estimated: true };
    const reading = await read({ ...BASE, ResultsByTime: [...open, coming] });
    expect(reading.bill.to).toBe("2026-10-02");
    expect(reading.issues.find(({ code }) => code === "bill-estimated")?.detail).toContain("from 2026-10-01 on");
  });

  it("in pages are one answer, wherever the pages stand; a missing last page is an issue", async () => {
    const second = answer(BY_USAGE, [[["AmazonCloudWatch", "EU-DataProcessing-Bytes"], "4"]]);
    const first = { ...BASE, NextPageToken: "more" };
    const [joined, apart] = [
      await read(first, second),
      await costExplorerJson([fileOf([first]), fileOf(second)]).read(REQUEST),
    ];
    expect(joined.bill.charges).toEqual(apart.bill.charges);
    expect(joined.bill.charges).toHaveLength(4);
    expect(details(joined)).not.toContain("--next-page-token");
    expect(details(await read(first))).toContain("--next-page-token");
  });

  it("that come twice count once; with other amounts they are refused", async () => {
    expect((await read(BASE, BASE)).bill.charges).toEqual((await read(BASE)).bill.charges);
    const other = answer(BY_USAGE, [[[ECS, VCPU], "11"]]);
    await expect(read(BASE, other)).rejects.toMatchObject({ code: "contradicting-bill" });
  });

  it("without a metric say which figures are not known", async () => {
    const without = (name: string) =>
      answer(BY_USAGE, [[[ECS, VCPU], "10", { AmortizedCost: metric("7", "USD"), [name]: undefined }]]);
    const [amortized, unblended, quantity] = [
      await read(without("AmortizedCost")),
      await read(without("UnblendedCost")),
      await read(without("UsageQuantity")),
    ];
    expect([amortized.bill.charges[0]?.effectiveCost, amortized.bill.detail.amortised]).toEqual(["10", false]);
    expect([unblended.bill.charges[0]?.cost, quantity.bill.charges[0]?.quantity]).toEqual(["7", "0"]);
    expect(details(amortized)).toContain("AmortizedCost is missing");
    expect(details(unblended)).toContain("UnblendedCost is missing");
    expect(details(quantity)).toContain("UsageQuantity is missing");
  });

  it("below zero without charge types stay with the usage, which an issue says", async () => {
    expect(details(await read(answer(BY_USAGE, [[[ECS, VCPU], "-10"]])))).toContain("-10 USD is below zero");
  });

  it("of another month, of no month, or that are no bill at all are told as such", async () => {
    const september = await read(answer(BY_USAGE, [[[ECS, VCPU], "10"]], ["2026-09-01", "2026-10-01"]));
    expect([september.bill.charges, september.issues[0]?.code]).toEqual([[], "empty-month"]);
    for (const document of [
      { ResultsByTime: 7 },
      answer(BY_USAGE, [[[ECS], "1"]]),
      answer(BY_USAGE, [[[ECS, VCPU], "x"]]),
    ]) {
      await expect(read(document)).rejects.toMatchObject({ code: "invalid-bill", source: "user" });
    }
    await expect(costExplorerJson(["/nowhere.json"]).read(REQUEST)).rejects.toMatchObject({ code: "unreadable-file" });
  });

  it("in several currencies are refused", async () => {
    const euro = { UnblendedCost: metric("1", "EUR"), AmortizedCost: metric("1", "EUR") };
    const mixed = answer(BY_USAGE, [
      [[ECS, VCPU], "10"],
      [["AmazonCloudWatch", "x"], "1", euro],
    ]);
    await expect(read(mixed)).rejects.toMatchObject({ code: "several-currencies" });
  });

  it("are known by their first bytes, packed or not", async () => {
    expect(isCostExplorerJson(JSON.stringify(BASE))).toBe(true);
    expect(isCostExplorerJson(`\uFEFF\n [${JSON.stringify(BASE)}]`)).toBe(true);
    for (const text of ["", "{}", "lineItem/UsageType\n", '{"services":[]}'])
      expect(isCostExplorerJson(text)).toBe(false);
    const packed = `${fileOf()}.gz`;
    writeFileSync(packed, gzipSync(JSON.stringify(BASE)));
    expect((await costExplorerJson([packed]).read(REQUEST)).bill.charges).toHaveLength(3);
  });
});
