import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, InMemoryTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ServerSettings } from "../tool.ts";
import { serverFactory } from "./server.ts";

const WORKLOAD = `version: 1
region: us-east-1
services:
  - name: api
    cluster: main
    task: { cpu: 1 vCPU, memory: 2 GB }
    desiredCount: 2
    launchType: FARGATE
  - name: "we|rd"
    cluster: main
    task: { cpu: 0.5 vCPU, memory: 1 GB }
    desiredCount: 1
    launchType: FARGATE
`;

const root = mkdtempSync(join(tmpdir(), "ecs-cost-mcp-"));

const SETTINGS: ServerSettings = {
  report: { prices: "snapshot", setPrices: {}, hours: "730", strict: false, failOn: [] },
  root,
  allowAws: false,
  maxInputBytes: 100_000,
  maxOutputBytes: 100_000,
};

const connected = async (settings: Partial<ServerSettings> = {}): Promise<Client> => {
  const [ofClient, ofServer] = InMemoryTransport.createLinkedPair();
  const server = (await serverFactory({ ...SETTINGS, ...settings }))();
  await server.connect(ofServer);
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(ofClient);
  return client;
};

let client: Client;

const call = async (name: string, args: Record<string, unknown>, by = client) => {
  const { content, isError = false } = await by.callTool({ name, arguments: args });
  const [first] = content as { readonly type: string; readonly text: string }[];
  return { text: first?.text ?? "", isError };
};

beforeAll(async () => {
  writeFileSync(join(root, "workload.yaml"), WORKLOAD);
  client = await connected();
});
afterAll(async () => {
  await client.close();
});

describe("the tools of the MCP server", () => {
  it("are seven, each with a closed schema, and only read", async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual([
      ...["compare", "estimate", "explain", "plan", "prices", "review", "rightsize"],
    ]);
    for (const { inputSchema, annotations } of tools) {
      expect(inputSchema).toMatchObject({ type: "object", additionalProperties: false });
      expect(annotations).toMatchObject({ readOnlyHint: true, openWorldHint: false });
    }
  });

  it("estimate: 2 x 36.04 and 18.02 in few words, names marked where a bar stands in them", async () => {
    const { text, isError } = await call("estimate", { inputs: ["workload.yaml"] });
    expect(isError).toBe(false);
    expect(text.split("\n")[0]).toBe("ecs-cost estimate compact/1");
    expect(text).toContain("\ntotal 90.10\n");
    expect(text).toContain("\nmain/api|72.08|1024/2048|");
    expect(text).toContain("\nmain/we\\|rd|18.02|512/1024|");
  });

  it("estimate as JSON is the report of the command, exact", async () => {
    const { text } = await call("estimate", { inputs: ["workload.yaml"], format: "json" });
    expect(JSON.parse(text)).toMatchObject({ command: "estimate", totalMonthlyCost: "90.10025" });
  });

  it("filter and top choose services", async () => {
    const { text } = await call("estimate", { inputs: ["."], filter: "name=api", top: 1 });
    expect(text).toContain("\nmain/api|");
    expect(text).not.toContain("we\\|rd");
  });

  it("compare and plan answer for the same inputs, and the steps of a plan stand in order", async () => {
    expect((await call("compare", { inputs: ["workload.yaml"], maxTerm: 0 })).text).toContain("#options ");
    const plan = await call("plan", { inputs: ["workload.yaml"], arm64: true, spot: false });
    expect(plan.text).toMatch(/\nbefore 90\.10\nafter [\d.]+\nsaving [\d.]+\n/);
  });

  it("plan keeps what it is told to keep", async () => {
    const { text } = await call("plan", { inputs: ["workload.yaml"], keep: ["main/api", "main/we|rd"] });
    expect(text).toContain("\nsaving 0\n");
  });

  it("rightsize reads utilization below the root", async () => {
    const rows = Array.from({ length: 300 }, (_, at) => {
      const time = new Date(Date.UTC(2026, 9, 1) + at * 3_600_000).toISOString();
      return `api,${time},5,10`;
    });
    writeFileSync(
      join(root, "metrics.csv"),
      `service,timestamp,cpu_utilization_pct,memory_utilization_pct\n${rows.join("\n")}\n`,
    );
    const { text, isError } = await call("rightsize", { inputs: ["workload.yaml"], metrics: ["metrics.csv"] });
    expect(isError).toBe(false);
    expect(text).toMatch(/\nmain\/api\|\w+\|1024\/2048\|/);
    expect(text).toContain("\nmain/we\\|rd|withheld|");
  });

  it("explain traces a figure to formula, quantity, price row and date", async () => {
    const args = { inputs: ["workload.yaml"], service: "api", figure: "vcpu-hour", format: "json" };
    const { lines } = JSON.parse((await call("explain", args)).text);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      subject: "main/api",
      formula: "1460 vCPU-hour x 0.04048 = 59.1008",
      quantityFormula: "2 tasks x 1 vCPU x 730 hours",
      rateNote: "the rate of the row",
    });
    expect(lines[0].price).toMatchObject({
      key: "fargate/linux/x86_64/vcpu-hour",
      asOf: expect.stringMatching(/^2\d{3}/),
    });
  });

  it("prices answers with rate, date and source", async () => {
    const { text } = await call("prices", { query: "nat.gb", region: "us-east-1" });
    expect(text).toMatch(/\nnat\.gb\|0\.045\|GB\|0\|[^|]*\|2\d{3}-[\d-]+\|.+\n/);
  });
});

describe("what the MCP server refuses", () => {
  it.each([
    ["estimate", { inputs: ["../outside.yaml"] }, "outside of the root"],
    ["estimate", { inputs: ["/etc/hostname"] }, "outside of the root"],
    ["estimate", { inputs: ["-"] }, "is not there"],
    ["estimate", { inputs: ["nowhere.yaml"] }, "is not there"],
    ["rightsize", { inputs: ["workload.yaml"], metrics: ["cloudwatch"] }, "--allow-aws"],
    ["rightsize", { inputs: ["workload.yaml"], metrics: ["api=workload.yaml"] }, "SERVICE=FILE"],
    ["review", { bill: ["cost-explorer"], month: "2026-10" }, "--allow-aws"],
    ["review", { bill: ["athena://billing.cur2"], month: "2026-10" }, "--allow-aws"],
    ["explain", { inputs: ["workload.yaml"], service: "apj" }, "Did you mean"],
    ["explain", { inputs: ["workload.yaml"], figure: "nat.gb" }, "Lines: fargate"],
    ["prices", { query: "nat.gbb", region: "us-east-1" }, "nat.gb"],
    ["estimate", { inputs: ["workload.yaml"], filter: "nmae=api" }, "name"],
  ])("%s %j: one line with a hint", async (name, args, told) => {
    const { text, isError } = await call(name, args);
    expect(isError).toBe(true);
    expect(text).toContain(told);
    expect(text).not.toMatch(/\n|node:|\.ts:\d/);
  });

  it.each([
    { inputs: "workload.yaml" },
    { inputs: [] },
    { inputs: ["workload.yaml"], top: 0 },
    { inputs: ["workload.yaml"], colour: true },
    { inputs: ["workload.yaml"], format: "html" },
  ])("arguments %j that the schema does not take", async (args) => {
    const answer = await call("estimate", args).catch((error: Error) => ({ text: error.message, isError: true }));
    expect(answer.isError).toBe(true);
    expect(answer.text).not.toMatch(/\.ts:\d|node_modules/);
  });

  it("a link that leads out of the root", async () => {
    const outside = mkdtempSync(join(tmpdir(), "ecs-cost-mcp-outside-"));
    writeFileSync(join(outside, "workload.yaml"), WORKLOAD);
    symlinkSync(join(outside, "workload.yaml"), join(root, "link.yaml"));
    expect((await call("estimate", { inputs: ["link.yaml"] })).text).toContain("outside of the root");
  });

  it("inputs and answers that are too large; compact answers are cut at a line and say so", async () => {
    const small = await connected({ maxInputBytes: 100 });
    expect((await call("estimate", { inputs: ["workload.yaml"] }, small)).text).toContain("larger than 100 bytes");
    const short = await connected({ maxOutputBytes: 420 });
    const { text, isError } = await call("estimate", { inputs: ["workload.yaml"] }, short);
    expect(isError).toBe(false);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(420);
    expect(text).toMatch(/\n#cut \d+ lines more; /);
    expect((await call("estimate", { inputs: ["workload.yaml"], format: "json" }, short)).isError).toBe(true);
  });

  it("to write: the folder is as it was after every tool has answered", async () => {
    const before = readdirSync(root);
    const place = join(root, "copy");
    mkdirSync(place);
    cpSync(join(root, "workload.yaml"), join(place, "workload.yaml"));
    for (const name of ["estimate", "plan", "explain"]) await call(name, { inputs: ["copy"] });
    expect(readdirSync(place)).toEqual(["workload.yaml"]);
    expect(readdirSync(root).filter((name) => name !== "copy")).toEqual(before);
  });
});
