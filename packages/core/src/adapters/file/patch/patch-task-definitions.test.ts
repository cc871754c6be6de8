import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { patchTaskDefinitions } from "./patch-task-definitions.ts";
import { writePatches } from "./write-patches.ts";

const folderWith = (files: Readonly<Record<string, string | Uint8Array>>): string => {
  const folder = mkdtempSync(join(tmpdir(), "ecs-cost patch "));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
};

const definition = (family: string, more = "") =>
  `{"family":"${family}","cpu":"1024",  "memory":"2048"${more},"containerDefinitions":[{"name":"app"}]}`;

const workload = (services: Readonly<Record<string, string>>) =>
  JSON.stringify({
    version: 1,
    region: "eu-west-1",
    services: Object.entries(services).map(([name, taskDefinition]) => ({ name, taskDefinition, desiredCount: 1 })),
  });

const change = (name: string, cpu = 256, memory = 512) => ({
  id: `default/${name}`,
  size: { cpu, memory },
  containers: [{ name: "app", sidecar: false }],
});

const patched = (folder: string, ...changes: readonly ReturnType<typeof change>[]) => {
  const { files, issues } = patchTaskDefinitions([folder], changes);
  return {
    files: Object.fromEntries(files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString("utf8")])),
    issues: issues.map(({ code, subject }) => [code, subject]),
  };
};

const small = (text: string) => text.replace("1024", "256").replace("2048", "512");

describe("patching task definitions", () => {
  it("keeps the folders that files stand in, and a byte order mark", () => {
    const folder = folderWith({
      "workload.json": workload({ api: "./a/task.json", worker: "./b/c/task.json", idle: "./b/idle.json" }),
      "a/task.json": `\ufeff${definition("api")}`,
      "b/c/task.json": definition("worker"),
      "b/idle.json": definition("idle"),
    });
    expect(patched(folder, change("api"), change("worker"))).toEqual({
      files: {
        "a/task.json": `\ufeff${small(definition("api"))}`,
        "b/c/task.json": small(definition("worker")),
      },
      issues: [],
    });
  });

  it("finds a definition by family in a list, the newest revision where none is named", () => {
    const list = `[ ${definition("api", ',"revision":2')},\n {"taskDefinition": ${definition("api", ',"revision":3')}} ]`;
    const folder = folderWith({ "workload.json": workload({ api: "api" }), "tasks.json": list });
    const [older, newer] = list.split("\n");
    expect(patched(folder, change("api")).files).toEqual({ "tasks.json": `${older}\n${small(newer ?? "")}` });
  });

  it("changes a definition that no service uses", () => {
    const folder = folderWith({ "api.json": definition("api") });
    expect(patched(folder, change("api")).files).toEqual({ "api.json": small(definition("api")) });
  });

  it("gives services that share a definition one size, or none where they differ", () => {
    const folder = folderWith({ "workload.json": workload({ one: "api", two: "api" }), "api.json": definition("api") });
    expect(patched(folder, change("one"), change("two")).files).toEqual({ "api.json": small(definition("api")) });
    expect(patched(folder, change("one"), change("two", 512, 1024))).toEqual({
      files: {},
      issues: [
        ["not-patched", "default/one"],
        ["not-patched", "default/two"],
      ],
    });
    expect(patched(folder, change("one"))).toEqual({ files: {}, issues: [["not-patched", "default/one"]] });
  });

  it("names what it cannot change", () => {
    const yaml = "family: y\ncpu: 1024\nmemory: 2048\ncontainerDefinitions: [{ name: app }]\n";
    const folder = folderWith({ "y.yaml": yaml, "workload.json": workload({ lost: "nowhere", y: "y" }) });
    expect(patched(folder, change("lost"), change("y"), change("stranger"))).toEqual({
      files: {},
      issues: [
        ["not-patched", "default/lost"],
        ["not-patched", "default/stranger"],
        ["not-patched", "default/y"],
      ],
    });
  });
});

describe("writing patches", () => {
  const file = (path: string) => ({ path, bytes: Buffer.from(path) });

  it("writes all files, or none where one of them is there", () => {
    const folder = join(folderWith({}), "out");
    writePatches(folder, [file("a.json"), file("b/c.json")], false);
    expect(readFileSync(join(folder, "b/c.json"), "utf8")).toBe("b/c.json");
    expect(() => writePatches(folder, [file("new.json"), file("a.json")], false)).toThrow(/is there already/);
    expect(() => readFileSync(join(folder, "new.json"))).toThrow();
    writePatches(folder, [file("new.json"), file("a.json")], true);
    expect(readFileSync(join(folder, "new.json"), "utf8")).toBe("new.json");
  });

  it.each([
    ["a file", "victim/v.json", "a.json"],
    ["a file that is not there", "victim/none.json", "a.json"],
    ["a folder", "victim", "b"],
  ])("writes nothing through a link to %s", (_, target, name) => {
    const root = folderWith({ "victim/v.json": "V", "out/kept.json": "K" });
    symlinkSync(join(root, target), join(root, "out", name));
    const files = [file("first.json"), file("a.json"), file("b/v.json")];
    for (const overwrite of [true, false]) {
      expect(() => writePatches(join(root, "out"), files, overwrite)).toThrow("nothing is written through it");
    }
    expect(readFileSync(join(root, "victim/v.json"), "utf8")).toBe("V");
    expect(existsSync(join(root, "victim/none.json"))).toBe(false);
    expect(existsSync(join(root, "out/first.json"))).toBe(false);
  });
});
