import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readInventory, readPolicyFile } from "@ecs-cost/core/file";
import { policyJsonSchema, usageJsonSchema } from "@ecs-cost/core/schema";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { folderOf, refusal } from "../inputs/inventory-input.ts";

const published = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../packages/core/schema/${name}.schema.json`, import.meta.url), "utf8"));
const accepts = (name: string) => new Ajv2020({ allErrors: true }).compile(published(name));
const exampleIn = (doc: string): string => {
  const text = readFileSync(new URL(`../../../docs/${doc}`, import.meta.url), "utf8");
  return /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
};

describe("published schemas", () => {
  it.each([
    ["policy", policyJsonSchema],
    ["usage", usageJsonSchema],
  ])("%s is that of the code", (name, make) => {
    expect(published(name)).toEqual(JSON.parse(JSON.stringify(make())));
  });

  it.each([
    ["policy", "policy.md"],
    ["usage", "infrastructure-as-code.md"],
  ])("%s takes the example of its documentation", (name, doc) => {
    const check = accepts(name);
    expect([check(parse(exampleIn(doc))), check.errors]).toEqual([true, null]);
  });
});

/** Documents that schema and reader have to agree on. */
const POLICIES: readonly (readonly [string, string, boolean])[] = [
  ["the least", "version: 1\nrules: []", true],
  [
    "every key",
    "version: 1\nrules:\n  - { id: a.b-c_1, on: change, when: [increase>1, kind=added], unless: name=x, commands: [diff], severity: info, message: '{name}' }",
    true,
  ],
  ["no version", "rules: []", false],
  ["another version", "version: 2\nrules: []", false],
  ["no condition", "version: 1\nrules: [{ id: a }]", false],
  ["an unknown key", "version: 1\nrules: [{ id: a, when: x>1, serverity: error }]", false],
  ["an unknown subject", "version: 1\nrules: [{ id: a, when: x>1, on: thing }]", false],
  ["an unknown severity", "version: 1\nrules: [{ id: a, when: x>1, severity: fatal }]", false],
  ["an id with spaces", "version: 1\nrules: [{ id: 'a b', when: x>1 }]", false],
];

describe("a policy file", () => {
  it.each(POLICIES)("with %s is taken or refused by schema and reader alike", (_, text, isTaken) => {
    const file = join(folderOf({ "policy.yml": text }), "policy.yml");
    const read = (): boolean => {
      try {
        readPolicyFile(file);
        return true;
      } catch {
        return false;
      }
    };
    expect([accepts("policy")(parse(text)), read()]).toEqual([isTaken, isTaken]);
  });

  it("that is wrong is refused with file, line, key and the nearest that is known", () => {
    const text = "version: 1\nrules:\n  - id: a\n    when: monthly>1\n    severty: error\n";
    const file = join(folderOf({ "policy.yml": text }), "policy.yml");
    const error = refusal(() => readPolicyFile(file));
    expect(error.message).toBe(`${file}:5: rules[0].severty: unknown key "severty"; did you mean "severity"?`);
  });

  it("names two rules of one id", () => {
    const rule = "{ id: a, when: monthly>1 }";
    const file = join(folderOf({ "policy.yml": `version: 1\nrules:\n  - ${rule}\n  - ${rule}\n` }), "policy.yml");
    expect(refusal(() => readPolicyFile(file)).message).toContain(`:4: rules[1].id: "a" is the id of two rules`);
  });
});

describe("a usage file", () => {
  it("with an unknown key is refused with file, line, key and the nearest that is known", () => {
    const folder = folderOf({ "usage.yaml": "version: 1\nusage:\n  a:\n    desiredCout: 1\n" });
    const error = refusal(() => readInventory([join(folder, "usage.yaml")]));
    expect(error.message).toContain(
      `usage.yaml:4: usage.a.desiredCout: unknown key "desiredCout"; did you mean "desiredCount"?`,
    );
  });
});
