import { BorderError } from "../../../domain/issues/border-error.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import type { Inventory } from "../../../domain/workload/inventory.ts";
import { hasBothSides } from "../terraform/read-plan.ts";
import { type InputDocument, readDocument } from "../text/document.ts";
import { invalidInput } from "../text/invalid-input.ts";
import { listInputs } from "../text/list-inputs.ts";
import { readText } from "../text/read-text.ts";
import { readStandardInput } from "../text/standard-input.ts";
import { detectKind, type InputKind } from "./detect.ts";
import type { ReadInventoryOptions } from "./inventory-reading.ts";
import { readInventory } from "./read-inventory.ts";

/** What was before Terraform plans are applied, and what comes after. */
export interface PlanSides {
  readonly before: Inventory;
  readonly after: Inventory;
}

const STDIN = "-";

/**
 * Reads both sides of Terraform plans; usage files beside them stand for both. Throws `BorderError` with source `user`
 * where an input has only one side, or as `readInventory` does.
 */
export const readPlanSides = (
  inputs: readonly string[],
  options: Omit<ReadInventoryOptions, "side"> = {},
): PlanSides => {
  const text = inputs.includes(STDIN) ? (options.stdin?.() ?? readStandardInput()) : "";
  const told = { ...options, stdin: () => text, isOneSide: true };
  const after = readInventory(inputs, told);
  refuseOneSided(inputs, text);
  const before = readInventory(inputs, { ...told, side: "before" });
  refuseAbsentUsage(before, after);
  return { before: withoutAbsent(before), after: withoutAbsent(after) };
};

const isAbsent = ({ code, detail }: Issue): boolean =>
  code === "ignored-input" && detail.startsWith("usage is given in");

/** What is there on one side is no mistake. */
const withoutAbsent = (inventory: Inventory): Inventory => ({
  ...inventory,
  issues: inventory.issues.filter((issue) => !isAbsent(issue)),
});

const refuseAbsentUsage = (before: Inventory, after: Inventory): void => {
  const missing = new Set(before.issues.filter(isAbsent).map(({ subject }) => subject));
  const both = after.issues.find((issue) => isAbsent(issue) && missing.has(issue.subject));
  if (both !== undefined) throw invalidInput("invalid-input", { file: both.subject }, both.detail);
};

const ONE_SIDED: Readonly<Partial<Record<InputKind, string>>> = {
  workload: "a workload file",
  template: "a CloudFormation template",
  services: "output of describe-services",
  "service-list": "output of describe-services",
  "task-definition": "a task definition",
  "described-task-definition": "a task definition",
  list: "a list of task definitions or services",
};

const HINT = "Give two: diff BASE HEAD. Only a Terraform plan (terraform show -json PLAN) holds both sides.";

/** Only plans know what was before; a usage file says the same of both sides. */
const refuseOneSided = (inputs: readonly string[], text: string): void => {
  const documents = documentsOf(inputs, text).flatMap((document) => {
    const kind = detectKind(document.data);
    return kind === undefined || kind === "usage" ? [] : [{ document, kind }];
  });
  const odd = documents.find(({ document, kind }) => kind !== "terraform-plan" || !hasBothSides(document));
  if (odd !== undefined) {
    const what = ONE_SIDED[odd.kind] ?? "a state of Terraform";
    const where = { file: odd.document.file };
    throw invalidInput("one-sided", where, `is ${what}, which does not say what was before`, { hint: HINT });
  }
  if (documents.length === 0) {
    throw invalidInput("one-sided", { file: inputs.join(", ") }, "is no Terraform plan", { hint: HINT });
  }
};

const documentsOf = (inputs: readonly string[], text: string): readonly InputDocument[] => [
  ...listInputs(inputs.filter((input) => input !== STDIN)).flatMap(({ file }) => documentIn(file)),
  ...(inputs.includes(STDIN) ? [readDocument(STDIN, text)] : []),
];

/** What cannot be read was told, or passed over, when the inventory was read. */
const documentIn = (file: string): readonly InputDocument[] => {
  try {
    return [readDocument(file, readText(file, file))];
  } catch (error) {
    if (error instanceof BorderError) return [];
    throw error;
  }
};
