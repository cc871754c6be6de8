import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDocument, stringify } from "yaml";
import { readPlainYaml } from "./plain-yaml.ts";

/** What the YAML library makes of a text, or undefined where it finds fault with it. */
const byLibrary = (text: string): { readonly data: unknown } | undefined => {
  const document = parseDocument(text, { merge: true, prettyErrors: false, logLevel: "error" });
  return document.errors.length > 0 || document.warnings.length > 0 ? undefined : { data: document.toJS() };
};

const sameAsLibrary = (text: string): void => {
  const plain = readPlainYaml(text);
  if (plain === undefined) return;
  const expected = byLibrary(text);
  if (expected === undefined) throw new Error(`the library refuses ${JSON.stringify(text)}`);
  if (JSON.stringify(plain.data) !== JSON.stringify(expected.data)) expect(plain.data, text).toEqual(expected.data);
};

const SCALARS = [
  ..."1,1024,0.5,0.10,-1,+1,1e3,0x10,0o7,012,1_000,.5,1.,.inf,.nan,-.inf,2026-10-01,1 vCPU,.5 vCPU,2GB,2 GB".split(","),
  ..."true,True,no,off,null,~,Null,NULL,yes,y,a,a b,a:b,a: b,a:,:a,-a,- a,-,--,---,...,a#b,a #b,#b,*a,&a b,!a b,|,>".split(
    ",",
  ),
  ..."'a','it''s','a,\"a\",\"a\\n\",\"a,\"a\" b,'' ,\"\",./api.json,arn:aws:ecs:x:1:y/z,<<,@a,`a`,%a,?a,? a,é,\u00a0a,a\u00a0".split(
    ",",
  ),
];
const KEYS = [
  "a",
  "b",
  "name",
  "task",
  "a-b",
  "a.b",
  "_x",
  "null",
  "true",
  "__proto__",
  "constructor",
  "<<",
  "1",
  "'q'",
  '"q"',
  "a b",
];

const scalar = fc.oneof(
  fc.constantFrom(...SCALARS),
  fc.constantFrom(...SCALARS).map((text) => `${text} `),
);
const key = fc.constantFrom(...KEYS);
const gap = fc.constantFrom("", " ", " ", " ", "  ", "\n", "\n  ", "\n      ", " # c\n    ", "#c\n  ", "\n# c\n  ");
const flow = fc.letrec<{ value: string; map: string; list: string }>((tie) => ({
  value: fc.oneof({ depthSize: "small", withCrossShrink: true }, scalar, tie("map"), tie("list")),
  map: fc
    .array(fc.tuple(gap, key, fc.constantFrom(": ", ":", " : ", ":\n    "), tie("value"), gap), { maxLength: 3 })
    .chain((entries) =>
      fc.constantFrom("", ",", ", ").map((end) => `{${entries.map((e) => e.join("")).join(",")}${end}}`),
    ),
  list: fc
    .array(fc.tuple(gap, tie("value"), gap), { maxLength: 3 })
    .chain((items) => fc.constantFrom("", ",").map((end) => `[${items.map((e) => e.join("")).join(",")}${end}]`)),
}));
const line = fc.tuple(
  fc.constantFrom("", "", "  ", "  ", "    ", " ", "      "),
  fc.constantFrom("", "", "", "- ", "-   ", "-", "- - "),
  fc.oneof(
    key.map((text) => `${text}: `),
    key.map((text) => `${text}:`),
    fc.constant(""),
  ),
  fc.oneof(
    { weight: 3, arbitrary: scalar },
    { weight: 2, arbitrary: flow.value },
    { weight: 3, arbitrary: fc.constant("") },
  ),
  fc.constantFrom("", "", "", " # comment", " #", "#x", "\r"),
);
const soup = fc
  .array(line, { minLength: 1, maxLength: 6 })
  .map((lines) => lines.map((parts) => parts.join("")).join("\n"));
const sane = fc
  .array(fc.tuple(fc.constantFrom("- ", "  "), fc.constantFrom("a", "b", "c", "d"), fc.oneof(scalar, flow.value)), {
    maxLength: 6,
  })
  .map((lines) => `x:\n${lines.map(([dash, name, value]) => `  ${dash}${name}: ${value}`).join("\n")}\n`);

describe("plain YAML", () => {
  it("is read as the YAML library reads it, or not at all", () => {
    fc.assert(fc.property(fc.oneof(soup, sane), sameAsLibrary), { numRuns: 4000 });
  });

  it("is read as the YAML library reads it when somebody changes a character", () => {
    const text =
      'version: 1\nlist:\n  - { a: 1, b: [x, "y"], c: 2 GB } # note\n  - name: q\n    v:\n    - 0.5\n    - z\n\n# end\n';
    const change = fc.tuple(fc.nat(text.length), fc.nat(3), fc.constantFrom(..."\n :-#,[]{}'\"a1&*!|>%@`?~\t", ""));
    const mutated = fc
      .array(change, { minLength: 1, maxLength: 3 })
      .map((changes) => changes.reduce((now, [at, drop, add]) => now.slice(0, at) + add + now.slice(at + drop), text));
    fc.assert(fc.property(mutated, sameAsLibrary), { numRuns: 3000 });
  });

  it("covers what the library writes for plain data", () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9]{1,8}$/).filter((text) => !/^(?:null|true|false)$/.test(text));
    const leaf = fc.oneof(fc.nat(1e6), fc.boolean(), fc.constant(null), name);
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie("tree"), { minLength: 1, maxLength: 3 }),
        fc.dictionary(name, tie("tree"), { minKeys: 1, maxKeys: 3 }),
      ),
    }));
    const root = fc.dictionary(name, tree, { minKeys: 1, maxKeys: 4 });
    fc.assert(
      fc.property(root, (data) => {
        const text = stringify(data);
        fc.pre(!/- - /.test(text));
        expect(readPlainYaml(text)?.data).toEqual(data);
      }),
      { numRuns: 300 },
    );
  });

  it("knows where maps and lists begin", () => {
    const text = "a:\n  - b: 1\n    c: 2\n  # note\n  - { b: 2 }\n";
    const plain = readPlainYaml(text);
    const { a: list } = (plain ?? { data: { a: [] } }).data as { readonly a: readonly object[] };
    expect([list, ...list].map((part) => plain?.begins.get(part))).toEqual([2, 2, 5]);
  });
});
