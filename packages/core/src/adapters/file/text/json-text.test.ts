import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineCounter, parseDocument } from "yaml";
import { duplicateKey, hasDuplicateKeys, jsonLine } from "./json-text.ts";
import { lineAt } from "./yaml-text.ts";

describe("a JSON text", () => {
  const data = fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1, maxKeys: 4 });

  it("says on which line a path stands, as the YAML library does", () => {
    fc.assert(
      fc.property(data, fc.constantFrom(0, 1, 3), fc.nat(), (value, indent, pick) => {
        const text = JSON.stringify(value, null, indent);
        const path: (string | number)[] = [];
        for (let here: unknown = value, left = pick; here !== null && typeof here === "object"; ) {
          const steps = Array.isArray(here) ? [...here.keys()] : Object.keys(here);
          const step = steps[left % (steps.length + 1)];
          if (step === undefined) break;
          path.push(step);
          here = (here as Record<string | number, unknown>)[step];
          left = Math.floor(left / 2);
        }
        const lines = new LineCounter();
        const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false });
        expect(jsonLine(text, path)).toBe(lineAt({ document, lines }, path));
      }),
      { numRuns: 300 },
    );
  });

  it("has no duplicate keys when it was written from data", () => {
    fc.assert(
      fc.property(data, (value) => {
        const text = JSON.stringify(value, null, 1);
        expect(hasDuplicateKeys(text, JSON.parse(text))).toBe(false);
        expect(duplicateKey(text)).toBeUndefined();
      }),
    );
  });

  it.each([
    ['{"a":1,\n"a":2}', "a", 2],
    ['{"b":[{"x":":\\"{","y":{}},\n{"x":1,\n"x":2}]}', "x", 3],
    ['{"a\\u0062":1,"ab":2}', "ab", 1],
    ['{"__proto__":1,"__proto__":2}', "__proto__", 1],
  ])("names the key that is given twice: %s", (text, key, line) => {
    expect(hasDuplicateKeys(text, JSON.parse(text))).toBe(true);
    expect(duplicateKey(text)).toEqual({ key, line });
  });

  it("that nests too deeply for a tree has lines and duplicate keys nevertheless", () => {
    const text = `\n{"a":1,\n"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect(duplicateKey(text)).toEqual({ key: "a", line: 3 });
    expect(jsonLine(text, ["a"])).toBe(1);
  });
});
