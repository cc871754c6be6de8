import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { readInventory } from "@ecs-cost/core/file";
import { describe, expect, it } from "vitest";
import { folderOf, oneService, readText, refusal, TASK } from "./inventory-input.ts";

const WORKLOAD = oneService(TASK, "desiredCount: 1");
const inFolder = (files: Readonly<Record<string, string | Uint8Array>>, name = "") => {
  const folder = folderOf(files);
  return () => readInventory([join(folder, name)]);
};
const bytes = (text: string, encoding: BufferEncoding) => Buffer.from(text, encoding);

describe("inputs", () => {
  it.each([
    ["an empty file", { x: "" }, "x", /x: is empty/],
    ["a file of blanks", { x: " \n\t\n" }, "x", /x: is empty/],
    ["a file that is not there", {}, "nowhere.yaml", /nowhere\.yaml: there is no such file or folder/],
    ["a path through a file", { x: "" }, "x/y", /a part of its path is not a folder/],
    ["a binary file", { x: Uint8Array.of(0, 1, 2, 0) }, "x", /binary/],
    ["text that is not UTF-8", { x: Uint8Array.of(0x61, 0xff, 0xfe, 0x61) }, "x", /not text in UTF-8/],
    [
      "a file of something else",
      { x: '{"name":"x","version":"1.0.0"}' },
      "x",
      /is not understood; what is read: a workload file/,
    ],
    ["a Kubernetes manifest", { x: "kind: Deployment\nmetadata: { name: a }\n" }, "x", /is not understood/],
    ["a scalar", { x: "hello" }, "x", /is not understood/],
    ["several documents", { x: `${WORKLOAD}---\n${WORKLOAD}` }, "x", /x:\d+: a second YAML document begins here/],
    ["broken YAML", { x: `${WORKLOAD}\n  ] a: [` }, "x", /x:\d+: is not valid YAML or JSON/],
    ["broken JSON", { x: '{\n "version": 1,\n "services": [ }' }, "x", /x:\d+: is not valid YAML or JSON/],
    [
      "a key given twice in YAML",
      { x: `${WORKLOAD}    desiredCount: 2\n` },
      "x",
      /x:7: key "desiredCount" is given twice/,
    ],
    [
      "a key given twice in JSON",
      { x: '{"version":1,\n"services":[],\n"version":1}' },
      "x",
      /x:3: key "version" is given twice/,
    ],
    ["YAML with tabs for indentation", { x: "version: 1\nservices:\n\t- name: a\n" }, "x", /x:3: is not valid YAML/],
    ["a folder without inputs", { "readme.md": "" }, "", /holds no \*\.json, \*\.yaml or \*\.yml file/],
    ["a folder of other JSON", { "package.json": "{}" }, "", /holds nothing that is understood/],
    [
      "a folder with a broken workload file",
      { "a.yaml": WORKLOAD, "b.yaml": `${oneService("desiredCount: [")}` },
      "",
      /b\.yaml:\d+: is not valid/,
    ],
  ] as const)("are refused for %s", (_, files, name, message) => {
    const error = refusal(inFolder(files as Record<string, string>, name));
    expect(error.message).toMatch(message);
    expect(error.source).toBe("user");
    expect(error.code).toMatch(/^[a-z-]+$/);
  });

  it("are refused where aliases multiply", () => {
    const levels = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`)}]`);
    const bomb = `version: 1\nservices: []\na0: &a0 [x]\n${levels.join("\n")}\n`;
    expect(refusal(() => readText(bomb)).code).toBe("too-many-aliases");
  });

  it("of many megabytes of YAML are refused, and told to come as JSON", () => {
    const filler = `# ${"x".repeat(1000)}\n`.repeat(9000);
    const error = refusal(() => readText(filler + WORKLOAD));
    expect([error.code, error.hint]).toEqual(["file-too-large", "Write it as JSON, which is read up to 64 MiB."]);
  });

  it("are refused without control characters of their names", () => {
    const { message, where } = refusal(() => readInventory(["no\u001b[2J\nfile.yaml"]));
    expect(message).toBe("no\\u001b[2J\\u000afile.yaml: there is no such file or folder");
    expect(where).toEqual({ file: "no\u001b[2J\nfile.yaml" });
  });

  it("are refused where they nest without end", () => {
    expect(refusal(() => readText("[".repeat(200_000))).source).toBe("user");
    expect(refusal(() => readText(`${"[".repeat(100_000)}${"]".repeat(100_000)}`)).source).toBe("user");
    expect(refusal(() => readText(`version: 1\nservices: ${"{a: ".repeat(5000)}`)).source).toBe("user");
  });

  it("may be UTF-16, as PowerShell writes it", () => {
    const utf16 = Buffer.concat([Uint8Array.of(0xff, 0xfe), bytes(WORKLOAD, "utf16le")]);
    expect(inFolder({ "w.yaml": utf16 })().services).toHaveLength(1);
  });

  it("may be called anything when they are named", () => {
    expect(inFolder({ "workload.txt": WORKLOAD }, "workload.txt")().services).toHaveLength(1);
    expect(inFolder({ "workload.json": WORKLOAD }, "workload.json")().services).toHaveLength(1);
  });

  it("of a folder are read by name, below it too, without node_modules and hidden folders", () => {
    const named = (name: string) => WORKLOAD.replace("name: api", `name: ${name}`);
    const folder = folderOf({
      "b.yaml": named("b"),
      "a/z.yml": named("z"),
      "c.json": JSON.stringify({ version: 1, services: [] }),
      "node_modules/n.yaml": named("n"),
      ".git/g.yaml": named("g"),
      ".hidden.yaml": named("h"),
      "package.json": '{"name":"x"}',
      "notes.txt": "x",
    });
    mkdirSync(join(folder, "dir.json"));
    const { services, issues } = readInventory([folder]);
    expect(services.map(({ name }) => name)).toEqual(["z", "b"]);
    expect(issues).toMatchObject([{ code: "ignored-input", severity: "info", subject: join(folder, "package.json") }]);
  });

  it("of a folder that cannot be read as text are passed over with a warning", () => {
    const folder = folderOf({
      "w.yaml": WORKLOAD,
      "data.json": Uint8Array.of(0, 1, 2),
      "chart.yaml": "{{ helm }}: [\n",
    });
    const { services, issues } = readInventory([folder]);
    expect(services).toHaveLength(1);
    expect(issues.map(({ code, severity }) => [code, severity])).toEqual(Array(2).fill(["ignored-input", "warning"]));
  });

  it("may be a pipe", () => {
    const script = `import { readInventory } from "@ecs-cost/core/file";
      console.log(readInventory(["/dev/stdin"]).services.length)`;
    const command = `cat "$0" | "$1" --conditions=@ecs-cost/source --input-type=module -e "$2"`;
    const file = join(folderOf({ "w.yaml": WORKLOAD }), "w.yaml");
    const options = { cwd: import.meta.dirname, encoding: "utf8" } as const;
    expect(execFileSync("sh", ["-c", command, file, process.execPath, script], options)).toBe("1\n");
  });

  it("count once however often they are named", () => {
    const folder = folderOf({ "w.yaml": WORKLOAD });
    const file = join(folder, "w.yaml");
    expect(readInventory([file, folder, `${folder}/./w.yaml`]).services).toHaveLength(1);
  });

  it("may come from standard input beside files", () => {
    const folder = folderOf({ "w.yaml": WORKLOAD });
    const { services } = readInventory([folder, "-"], { stdin: () => WORKLOAD.replace("name: api", "name: other") });
    expect(services.map(({ name, origin }) => [name, origin])).toEqual([
      ["api", `${join(folder, "w.yaml")}:4`],
      ["other", "-:4"],
    ]);
  });

  it("that name a service twice are refused with both places", () => {
    const error = refusal(inFolder({ "a.yaml": WORKLOAD, "b.json": '{"version":1,"services":[\n{"name":"api"}]}' }));
    expect(error.code).toBe("duplicate-service");
    expect(error.message).toMatch(
      /b\.json:2: services\[0\]: service "default\/api" is given twice, the first time in .*a\.yaml:4/,
    );
  });

  it("of two regions have a part for each, whatever region is given", () => {
    const other = WORKLOAD.replace("eu-west-1", "us-east-1");
    const folder = folderOf({ "a.yaml": WORKLOAD, "b.yaml": other });
    for (const options of [{}, { region: "eu-north-1" }]) {
      const { region, services, parts } = readInventory([folder], options);
      expect(region).toBeUndefined();
      expect(services.map((service) => [service.id, service.region])).toEqual([
        ["default/api", "eu-west-1"],
        ["default/api", "us-east-1"],
      ]);
      expect(parts?.map((part) => [part.region, part.services.length])).toEqual([
        ["eu-west-1", 1],
        ["us-east-1", 1],
      ]);
    }
  });

  it("take a region that is given for what names none, and say so where others are named", () => {
    const folder = folderOf({ "a.yaml": WORKLOAD });
    const { region, issues } = readInventory([folder], { region: "eu-north-1" });
    expect(region).toBe("eu-west-1");
    expect(issues).toMatchObject([{ code: "ignored-input", severity: "info", subject: "region" }]);
    expect(readText("version: 1\nservices: []\n", { region: "eu-north-1" }).region).toBe("eu-north-1");
  });

  it("that both give what can be given once are refused", () => {
    const shared = "shared: { natGateways: { count: 1 }, loadBalancers: [{ name: a, type: network }] }\n";
    const folder = folderOf({ "a.yaml": WORKLOAD + shared, "b.yaml": WORKLOAD.replace("api", "b") + shared });
    expect(refusal(() => readInventory([folder])).message).toMatch(
      /b\.yaml:7: shared: shared\.natGateways is given here and in .*a\.yaml:7/,
    );
  });

  it("name services behind load balancers that must be there", () => {
    const text = `${WORKLOAD}shared: { loadBalancers: [{ name: lb, type: network, services: [api, nobody] }] }\n`;
    expect(readText(text).issues).toMatchObject([{ code: "ignored-input", severity: "warning", subject: "nobody" }]);
  });
});

describe("hourly counts", () => {
  const hours = (n: number, skip: readonly number[] = []) =>
    Array.from({ length: n }, (_, h) => h)
      .filter((h) => !skip.includes(h))
      .map((h) => `${new Date(Date.UTC(2026, 9, 1) + h * 3_600_000).toISOString()},${h % 7}`);
  const read = (lines: readonly string[]) =>
    readInventory([
      join(
        folderOf({ "in/w.yaml": oneService(TASK, "hourlyCounts: ./counts.csv"), "in/counts.csv": lines.join("\r\n") }),
        "in/w.yaml",
      ),
    ]);
  const HEADER = "timestamp,count";

  it("are one count for each hour of a month", () => {
    const { services, issues } = read([HEADER, ...hours(744).reverse()]);
    expect(issues).toEqual([]);
    const { demand } = services[0] ?? {};
    expect(demand?.kind === "hourly" && demand.counts).toEqual(Array.from({ length: 744 }, (_, h) => h % 7));
  });

  it("that miss hours are an issue, and the hours are not zero", () => {
    const { services, issues } = read([HEADER, ...hours(744, [5, 6])]);
    expect(issues).toMatchObject([{ code: "unknown-demand", severity: "warning", subject: "default/api" }]);
    expect(issues[0]?.detail).toContain("2 hours");
    const { demand } = services[0] ?? {};
    expect(demand?.kind === "hourly" && demand.counts).toHaveLength(742);
  });

  it("of less than a month are an issue", () => {
    expect(read([HEADER, ...hours(168)]).issues[0]?.detail).toContain("168 hours");
  });

  it.each([
    ["no header", ["2026-10-01T00:00:00Z,1"], /counts\.csv:1: must begin with the header/],
    ["a bad timestamp", [HEADER, "yesterday,1"], /counts\.csv:2: timestamp must be ISO 8601/],
    ["a day that is not there", [HEADER, "2026-06-31T00:00:00Z,1"], /counts\.csv:2: timestamp/],
    ["half an hour", [HEADER, "2026-10-01T00:30:00Z,1"], /full hour/],
    ["a negative count", [HEADER, "2026-10-01T00:00:00Z,-1"], /count must be a whole number/],
    ["a missing count", [HEADER, "2026-10-01T00:00:00Z,"], /count must be a whole number/],
    [
      "an hour twice",
      [HEADER, "2026-10-01T00:00:00Z,1", "2026-10-01T02:00+02:00,1"],
      /counts\.csv:3: this hour is given twice/,
    ],
    ["more than a month", [HEADER, ...hours(745)], /covers 745 hours/],
    ["no hours", [HEADER], /has no hours/],
    ["another column", [HEADER, "2026-10-01T00:00:00Z,1,2"], /must be timestamp,count/],
  ] as const)("are refused for %s", (_, lines, message) => {
    expect(refusal(() => read(lines)).message).toMatch(message);
  });

  it("whose file is not there are refused with the place that names it", () => {
    const error = refusal(() => readInventory([folderOf({ "w.yaml": oneService(TASK, "hourlyCounts: no.csv") })]));
    expect(error.message).toMatch(/w\.yaml:6: services\[0\]\.hourlyCounts: names "no\.csv", which cannot be read/);
  });
});
