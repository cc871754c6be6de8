import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { childOf, type Import, mutualPairs, sourceImports } from "./source-imports.ts";

const imports = sourceImports();

/** Folders whose children have an order, the whole child counted with everything below it. */
const ORDERED = [
  "packages/core/src",
  "packages/core/src/app",
  "packages/core/src/adapters",
  "packages/core/src/adapters/file",
  "packages/core/src/domain",
  "packages/core/src/domain/packing",
  "packages/cli/src/render",
  "packages/cli/src/render/report",
];

describe("folders", () => {
  it("reads the imports of the packages", () => {
    expect(imports.length).toBeGreaterThan(2000);
  });

  it("never import each other", () => {
    expect(mutualPairs(imports, dirname)).toEqual([]);
  });

  it.each(ORDERED)("%s: no two children import each other, with what is below them", (parent) => {
    expect(mutualPairs(imports, (file) => childOf(parent, file))).toEqual([]);
  });

  it("are told where they do", () => {
    const pair: Import[] = [
      { from: "a/x/one.ts", to: "a/y/two.ts" },
      { from: "a/y/deep/three.ts", to: "a/x/one.ts" },
    ];
    expect(mutualPairs(pair, (file) => childOf("a", file))).toEqual([
      "x and y: a/x/one.ts imports a/y/two.ts, and a/y/deep/three.ts imports a/x/one.ts",
    ]);
    expect(mutualPairs(pair, dirname)).toEqual([]);
  });
});

/** Use cases from the ground up: one imports only those before it. */
const USE_CASES = ["context", "estimate", "compare", "capacity", "rightsize", "diff", "proposals", "plan", "review"];

describe("use cases", () => {
  const app = "packages/core/src/app";

  it("import only the context, the estimate and use cases below them", () => {
    const upward = imports.filter(({ from, to }) => {
      const [a, b] = [childOf(app, from), childOf(app, to)];
      return a !== undefined && b !== undefined && USE_CASES.indexOf(a) < USE_CASES.indexOf(b);
    });
    expect(upward).toEqual([]);
  });

  it("each have a place in that order", () => {
    const folders = new Set(imports.flatMap(({ from }) => childOf(app, from) ?? []));
    expect([...folders].filter((folder) => !USE_CASES.includes(folder))).toEqual([]);
  });
});

describe("drawing", () => {
  const render = "packages/cli/src/render";
  const goesTo = (a: string, b: string): readonly Import[] =>
    imports.filter(({ from, to }) => childOf(render, from) === a && childOf(render, to) === b);

  it("has formats that know no report, and documents that know no format", () => {
    expect([...goesTo("format", "report"), ...goesTo("document", "format"), ...goesTo("document", "report")]).toEqual(
      [],
    );
  });

  it("has reports that share through shared parts only", () => {
    const report = `${render}/report`;
    const sideways = imports.filter(({ from, to }) => {
      const [a, b] = [childOf(report, from), childOf(report, to)];
      return a !== undefined && b !== undefined && a !== b && b !== "shared" && b !== ".";
    });
    expect(sideways.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });
});
