import { existsSync, statSync } from "node:fs";
import type { DiffSide, Inventory } from "@ecs-cost/core";
import { BorderError } from "@ecs-cost/core/estimate";
import {
  type ReadInventoryOptions,
  readInventory,
  readPlanSides,
  readStandardInput,
  readText,
} from "@ecs-cost/core/file";
import { keyText, parseEstimateReport } from "@ecs-cost/core/schema";
import { usageError } from "../program/usage-error.ts";

/** One side as it was read, before it has prices. */
export type ReadSide =
  | { readonly of: "inventory"; readonly inventory: Inventory }
  | Extract<DiffSide, { readonly of: "report" }>;

/** How the inputs of both sides are read. */
export type SideOptions = Pick<ReadInventoryOptions, "region" | "lines">;

const STDIN = "-";

/** The inputs of a side: a name that exists is one input, otherwise commas part several. */
export const inputsOfSide = (side: string): readonly string[] => {
  if (side === STDIN || existsSync(side)) return [side];
  const names = side
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length === 0) throw usageError("BASE and HEAD must not be empty");
  return names;
};

/** Both sides as they were read. */
export interface ReadSides {
  readonly before: ReadSide;
  readonly after: ReadSide;
  /** Text of standard input, where HEAD, or the plan that holds both sides, is read from it. */
  readonly stdin?: string;
}

/** Reads both sides; standard input can be one of them. Of a Terraform plan, which holds both, one is enough. */
export const readSides = (base: string, head: string | undefined, options: SideOptions): ReadSides => {
  if (head === undefined) return readBothIn(inputsOfSide(base), options);
  const inputs = { before: inputsOfSide(base), after: inputsOfSide(head) };
  if (inputs.before.includes(STDIN) && inputs.after.includes(STDIN)) {
    throw usageError("- is standard input: it is either BASE or HEAD");
  }
  const stdin = inputs.after.includes(STDIN) ? readStandardInput() : undefined;
  const before = readSide(inputs.before, options, readStandardInput);
  const after = readSide(inputs.after, options, () => stdin ?? "");
  return { before, after, ...(stdin === undefined ? {} : { stdin }) };
};

const readBothIn = (inputs: readonly string[], options: SideOptions): ReadSides => {
  const [only = "", ...more] = inputs;
  const stdin = inputs.includes(STDIN) ? readStandardInput() : undefined;
  const text = stdin ?? (more.length === 0 && isFile(only) ? readText(only, only) : "");
  if (more.length === 0 && savedReport(only, text) !== undefined) {
    throw usageError("HEAD is missing", `${only} is a report, which is one side: diff takes BASE and HEAD.`);
  }
  const { before, after } = readPlanSides(inputs, {
    ...options,
    ...(stdin === undefined ? {} : { stdin: () => stdin }),
  });
  return {
    before: { of: "inventory", inventory: before },
    after: { of: "inventory", inventory: after },
    ...(stdin === undefined ? {} : { stdin }),
  };
};

const readSide = (inputs: readonly string[], options: SideOptions, stdin: () => string): ReadSide => {
  const [only, ...more] = inputs;
  if (only === undefined) throw usageError("BASE and HEAD must not be empty");
  if (inputs.includes(STDIN)) {
    const text = stdin();
    return more.length === 0
      ? (savedReport("standard input", text) ?? inventoryOf(inputs, options, text))
      : inventoryOf(inputs, options, text);
  }
  const saved = more.length === 0 && isFile(only) ? savedReport(only, readText(only, only)) : undefined;
  return saved ?? inventoryOf(inputs, options);
};

const isFile = (name: string): boolean => statSync(name, { throwIfNoEntry: false })?.isFile() === true;

const inventoryOf = (inputs: readonly string[], options: SideOptions, stdin?: string): ReadSide => ({
  of: "inventory",
  inventory: readInventory(inputs, {
    ...options,
    ...(stdin === undefined ? {} : { stdin: () => stdin }),
  }),
});

const HEAD_OF_REPORT = /^\s*\{[\s\S]{0,2000}"command"\s*:/;

/** A report that `estimate --json` saved; undefined for anything else. */
const savedReport = (file: string, text: string): ReadSide | undefined => {
  if (!HEAD_OF_REPORT.test(text)) return undefined;
  const data = parsed(text);
  if (data === undefined || data["schemaVersion"] === undefined || typeof data["command"] !== "string")
    return undefined;
  refusePart(file, data);
  const reading = parseEstimateReport(data);
  if (reading.ok) return { of: "report", report: reading.report };
  throw new BorderError(`${file}: this is not a whole estimate`, {
    code: "invalid-report",
    source: "user",
    hint: "Save one with ecs-cost estimate INPUT --json --out FILE.",
    problems: reading.problems.map(({ path, detail }) => ({ where: { file, key: keyText(path) }, detail })),
  });
};

const parsed = (text: string): Record<string, unknown> | undefined => {
  try {
    const data: unknown = JSON.parse(text);
    return data === null || typeof data !== "object" || Array.isArray(data) ? undefined : { ...data };
  } catch {
    return undefined;
  }
};

const refusePart = (file: string, { command, omitted, groups }: Record<string, unknown>): void => {
  if (command !== "estimate") {
    throw usageError(`${file}: a report of ${String(command)} cannot be compared`, "Save one of estimate --json.");
  }
  if (omitted !== undefined || groups !== undefined) {
    throw usageError(`${file}: a report that --top or --group-by cut cannot be compared`, "Save it without them.");
  }
};
