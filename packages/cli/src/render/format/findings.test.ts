import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText } from "../../../test/hostile-text.ts";
import type { Findings } from "../document/finding.ts";
import { renderJunit } from "./junit.ts";
import { renderSarif } from "./sarif.ts";

const findingsOf = (name: string, file = "fleet/a b.yaml"): Findings => ({
  command: "diff",
  rules: [
    { id: "fail-on", description: name },
    { id: "task-size", description: "A size" },
  ],
  findings: [
    { rule: "task-size", level: "note", subject: name, message: name, lineItem: name },
    { rule: "task-size", level: "warning", subject: "c/b", message: `{0} [x](y) ${name}` },
  ],
  cases: [
    { suite: name, name, outcome: "failed", message: name },
    { suite: name, name: "b", outcome: "skipped", message: name },
    { suite: "c", name, outcome: "passed", message: "" },
  ],
  placeOf: (subject) => (subject === "c/b" ? { file: "-" } : { file, line: 7, address: name }),
});

const text = (parts: Iterable<string>): string => [...parts].join("");
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069]/;

/** What SARIF 2.1.0 requires of what is used of it here. */
const structureProblems = (log: Record<string, never>): readonly string[] => {
  const problems: string[] = [];
  const need = (holds: boolean, what: string) => {
    if (!holds) problems.push(what);
  };
  const { version, runs } = log as unknown as { version: string; runs: readonly Record<string, never>[] };
  need(version === "2.1.0" && Array.isArray(runs) && runs.length === 1, "version and runs");
  for (const run of runs as unknown as readonly {
    tool: { driver: { name: string; rules: readonly { id: string; defaultConfiguration: { level: string } }[] } };
    results: readonly {
      ruleId: string;
      ruleIndex: number;
      level: string;
      message: { text: string };
      locations: readonly {
        physicalLocation: { artifactLocation: { uri: string }; region?: { startLine: number } };
        logicalLocations: readonly { fullyQualifiedName: string }[];
      }[];
    }[];
  }[]) {
    const { rules, name } = run.tool.driver;
    need(name.length > 0, "driver.name");
    need(new Set(rules.map(({ id }) => id)).size === rules.length, "rule ids");
    for (const { ruleId, ruleIndex, level, message, locations } of run.results) {
      need(rules[ruleIndex]?.id === ruleId, "ruleIndex");
      need(["none", "note", "warning", "error"].includes(level), "level");
      need(typeof message.text === "string", "message.text");
      for (const { physicalLocation } of locations) {
        const { uri } = physicalLocation.artifactLocation;
        need(URL.canParse(uri, "file:///project/"), `uri ${uri}`);
        need(Number.isInteger(physicalLocation.region?.startLine ?? 1), "startLine");
      }
      need(locations.length === 1, "locations");
    }
  }
  return problems;
};

/** A strict reader of the XML that test results are written in: elements, attributes, text and the five entities. */
const parseXml = (xml: string): readonly { readonly name: string; readonly attributes: Map<string, string> }[] => {
  const elements: { name: string; attributes: Map<string, string> }[] = [];
  const open: string[] = [];
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "");
  const token =
    /<(\/?)([a-z-]+)((?: [a-z]+="[^"<&]*(?:&(?:amp|lt|gt|quot|apos);[^"<&]*)*")*)(\/?)>|([^<>&]|&(?:amp|lt|gt|quot|apos);)+/gy;
  let at = 0;
  for (; at < body.length; at = token.lastIndex) {
    token.lastIndex = at;
    const match = token.exec(body);
    if (match === null) throw new Error(`not well-formed at ${at}: ${body.slice(at, at + 60)}`);
    const [, closing, name = "", attributes = "", empty] = match;
    if (name === "") continue;
    if (closing === "/") {
      if (open.pop() !== name) throw new Error(`${name} is not open`);
      continue;
    }
    const pairs = [...attributes.matchAll(/([a-z]+)="([^"]*)"/g)].map(
      ([, key = "", value = ""]) => [key, value] as const,
    );
    elements.push({ name, attributes: new Map(pairs) });
    if (empty !== "/") open.push(name);
  }
  if (open.length > 0) throw new Error(`${open.join()} stay open`);
  return elements;
};

describe("SARIF", () => {
  it("has what version 2.1.0 requires, and nothing of a name that commands anything", () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const sarif = text(renderSarif(findingsOf(name)));
        expect(sarif).not.toMatch(UNSAFE);
        const log = JSON.parse(sarif);
        expect(structureProblems(log)).toEqual([]);
        const [first] = log.runs[0].results;
        expect(first.message.text.replace(/\\[[\]\\]/g, "")).not.toMatch(/[[\]]|@[\p{L}\p{N}]/u);
      }),
    );
  });

  it("places results in files, below the working directory by relative references", () => {
    const { results } = JSON.parse(text(renderSarif(findingsOf("c/a")))).runs[0];
    expect(results[0].locations[0]).toEqual({
      physicalLocation: { artifactLocation: { uri: "fleet/a%20b.yaml" }, region: { startLine: 7 } },
      logicalLocations: [{ fullyQualifiedName: "c/a", kind: "resource" }],
    });
    expect(results[1].locations[0].physicalLocation).toEqual({ artifactLocation: { uri: "stdin" } });
    const outside = JSON.parse(text(renderSarif(findingsOf("c/a", "/srv/a.json")))).runs[0].results[0];
    expect(outside.locations[0].physicalLocation.artifactLocation.uri).toBe("file:///srv/a.json");
  });

  it("gives a rule the gravest level of its results, and keeps links and placeholders literal", () => {
    const { tool, results } = JSON.parse(text(renderSarif(findingsOf("c/a")))).runs[0];
    expect(tool.driver.rules.map((rule: { defaultConfiguration: object }) => rule.defaultConfiguration)).toEqual([
      ...[{ level: "note" }, { level: "warning" }],
    ]);
    expect(results[1].message.text).toBe("{{0} \\[x\\](y) c/a");
  });
});

describe("JUnit", () => {
  it("is well-formed and adds up whatever the names are", () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const xml = text(renderJunit(findingsOf(name)));
        expect(xml).not.toMatch(UNSAFE);
        const elements = parseXml(xml);
        const count = (wanted: string): number => elements.filter((element) => element.name === wanted).length;
        const root = elements[0]?.attributes;
        expect([count("testcase"), count("failure"), count("skipped")]).toEqual([3, 1, 1]);
        expect([root?.get("tests"), root?.get("failures"), root?.get("skipped")]).toEqual(["3", "1", "1"]);
      }),
    );
  });
});
