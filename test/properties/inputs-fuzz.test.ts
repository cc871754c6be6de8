import { readFileSync } from "node:fs";
import { isBorderError, readHourlyCounts, readInventory } from "@ecs-cost/core/file";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const root = new URL("../../", import.meta.url);
const fileText = (path: string) => readFileSync(new URL(path, root), "utf8");

const WORKLOADS = ["examples/web-service.yaml", "examples/batch-job.yaml", "examples/windows-service.yaml"].map(
  fileText,
);
const AWS = ["describe-services.json", "api-42.json", "worker-3.json"].map((name) =>
  fileText(`test/contracts/inputs/fixtures/inventory/${name}`),
);
const PLANNED = [
  "terraform/ecs-module.json",
  "cloudformation/cdk/Shop.template.json",
  "cloudformation/copilot/api.stack.yml",
  "cloudformation/nested/service.yaml",
].map((name) => fileText(`test/contracts/inputs/fixtures/${name}`));
const PLAIN = [...WORKLOADS, ...WORKLOADS.map((text) => JSON.stringify(parse(text), null, 1)), ...AWS];
const VALID = [...PLAIN, ...PLANNED];
/** Without the tags of YAML, which are no data. */
const DATA = [...PLAIN, ...PLANNED.filter((text) => text.startsWith("{"))];

const NO_STACK = /\bat .*:\d+:\d+|node:internal|TypeError|RangeError|\[object Object\]|undefined/;

/** Whatever the text is, it becomes an inventory, or an error of the user's that names the input. */
const readsOrRefuses = (text: string): void => {
  try {
    const { services, issues } = readInventory(["-"], { stdin: () => text });
    expect(new Set(services.map(({ id }) => id)).size).toBe(services.length);
    for (const { task, id } of services) {
      if (task === undefined) expect(issues.some(({ subject }) => subject === id)).toBe(true);
      else
        expect(
          Number.isSafeInteger(task.cpu) && task.cpu > 0 && Number.isSafeInteger(task.memory) && task.memory > 0,
        ).toBe(true);
    }
  } catch (error) {
    if (!isBorderError(error)) throw error;
    expect(error.source).toBe("user");
    expect(error.code).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(error.message).toMatch(/^-(?::\d+)?: /);
    expect(error.message).not.toMatch(NO_STACK);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may reach a terminal
    expect(error.message).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  }
};

const valid = fc.constantFrom(...VALID);
const BYTES = [
  "\n",
  " ",
  ":",
  "-",
  "#",
  ",",
  "{",
  "}",
  "[",
  "]",
  '"',
  "'",
  "&",
  "*",
  "!",
  "|",
  ">",
  "%",
  "@",
  "?",
  "~",
  "\t",
  "\r",
  "0",
  "9",
  ".",
  "e",
  "\u0000",
  "\ud800",
  "\ufeff",
  "\u001b",
  "é",
  "--- ",
  "<<: ",
  "...\n",
];

const edit = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(4), fc.constantFrom("", ...BYTES));
const edited = fc.tuple(valid, fc.array(edit, { minLength: 1, maxLength: 4 })).map(([text, edits]) =>
  edits.reduce((now, [share, drop, add]) => {
    const at = Math.floor(share * now.length);
    return now.slice(0, at) + add + now.slice(at + drop);
  }, text),
);

const truncated = fc
  .tuple(valid, fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([text, share]) => text.slice(0, Math.floor(share * text.length)));

type Path = readonly (string | number)[];
const pathsOf = (data: unknown, here: Path = []): Path[] => {
  if (data === null || typeof data !== "object") return [here];
  const steps = Array.isArray(data) ? [...data.keys()] : Object.keys(data);
  return [here, ...steps.flatMap((step) => pathsOf((data as Record<string | number, unknown>)[step], [...here, step]))];
};
const replaceAt = (data: unknown, path: Path, value: unknown): unknown => {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const copy = (Array.isArray(data) ? [...data] : { ...(data as object) }) as Record<string | number, unknown>;
  copy[step] = replaceAt(copy[step], rest, value);
  return copy;
};

const ODD: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  1e21,
  -0,
  "",
  "x",
  "1 vCPU",
  "2 GB",
  "-1",
  "1e3",
  [],
  {},
  [null],
  [[]],
  { a: 1 },
  "__proto__",
  "\u001b[2J",
  "a".repeat(300),
];
const oddValue = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...ODD) }, { weight: 1, arbitrary: fc.jsonValue() });
const swapped = fc
  .tuple(
    fc.constantFrom(...DATA.map((text) => parse(text) as unknown).map((data) => ({ data, paths: pathsOf(data) }))),
    fc.nat(),
    oddValue,
  )
  .map(([{ data, paths }, pick, value]) =>
    JSON.stringify(replaceAt(data, paths[pick % paths.length] ?? [], value), null, 1),
  );

const nested = fc
  .tuple(
    fc.constantFrom("[", "{a: ", "- ", '{"a":', "? ", "a:\n ", "[{"),
    fc.integer({ min: 1, max: 3000 }),
    fc.constantFrom("", "version: 1\nservices: "),
  )
  .map(([opener, times, before]) => before + opener.repeat(times));

const YAML_PARTS = [
  "version: 1\n",
  "services:\n",
  "  - name: a\n",
  "    task: { cpu: 256, memory: 512 }\n",
  "    desiredCount: 1\n",
  "a: &x [1]\n",
  "b: *x\n",
  "<<: *x\n",
  "- ",
  "? a\n",
  ": b\n",
  "!!binary aGk=\n",
  "!!set {a}\n",
  "|\n  x\n",
  ">-\n",
  "# c\n",
  "---\n",
  "...\n",
  "%YAML 1.1\n",
  "  ",
  "\t",
  "{",
  "}",
  "'",
  '"',
  "family: f\n",
  "containerDefinitions: []\n",
  "cpu: 1 vCPU\n",
  "taskDefinition: ./x\n",
];
const soup = fc.array(fc.constantFrom(...YAML_PARTS), { maxLength: 14 }).map((parts) => parts.join(""));

describe("an input, whatever it is,", () => {
  it.each([
    ["with characters changed", edited, 400],
    ["cut short", truncated, 200],
    ["with a value of another type", swapped, 600],
    ["nested", nested, 20],
    ["of random YAML", soup, 400],
    ["of random text", fc.string({ unit: "binary", maxLength: 80 }), 200],
    ["of random JSON", fc.json(), 100],
  ] as const)("%s becomes an inventory or a refusal", (_, texts: fc.Arbitrary<string>, numRuns) => {
    fc.assert(fc.property(texts, readsOrRefuses), { numRuns });
  });

  it("of hourly counts becomes counts or a refusal", () => {
    const csv = fileText("examples/fleet-of-twenty/counts.csv").split("\n").slice(0, 40).join("\n");
    const changed = fc
      .array(edit, { maxLength: 3 })
      .map((edits) =>
        edits.reduce(
          (now, [share, drop, add]) =>
            now.slice(0, Math.floor(share * now.length)) + add + now.slice(Math.floor(share * now.length) + drop),
          csv,
        ),
      );
    fc.assert(
      fc.property(changed, (text) => {
        try {
          const { counts } = readHourlyCounts("counts.csv", text);
          expect(counts.every((count) => Number.isSafeInteger(count) && count >= 0)).toBe(true);
        } catch (error) {
          if (!isBorderError(error)) throw error;
          expect(error.message).toMatch(/^counts\.csv(?::\d+)?: /);
          expect(error.source).toBe("user");
        }
      }),
      { numRuns: 200 },
    );
  });
});
