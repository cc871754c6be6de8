import { readTemplate } from "./cloudformation/read-template.ts";
import { readDescribeServices, readServiceList } from "./describe-services.ts";
import { detectElement, detectKind, FORMATS } from "./detect.ts";
import type { InputDocument } from "./document.ts";
import { type Draft, EMPTY_DRAFT, joinDrafts } from "./draft.ts";
import { invalidInput } from "./invalid-input.ts";
import { readUsageFile } from "./planned/usage-file.ts";
import { readDescribed, readRegistered } from "./task-definition-file.ts";
import type { PlanSide } from "./terraform/plan-states.ts";
import { readTerraformPlan } from "./terraform/read-plan.ts";
import { readWorkloadFile } from "./workload-file.ts";

type Element = Readonly<Record<string, unknown>>;

const readElement = (document: InputDocument, data: Element, path: readonly (string | number)[], real?: string) => {
  switch (detectElement(data)) {
    case "services":
      return readDescribeServices(document, data, path);
    case "described-task-definition":
      return readDescribed(document, data, path, real);
    default:
      return readRegistered(document, data, path, real);
  }
};

/**
 * What a document holds, or undefined where its content is none of the formats that are read. Of a Terraform plan one
 * side is read.
 */
export const draftOf = (document: InputDocument, realPath?: string, side?: PlanSide): Draft | undefined => {
  const kind = detectKind(document.data);
  if (kind === undefined) return undefined;
  if (kind === "workload") return readWorkloadFile(document);
  if (kind === "terraform-plan") return readTerraformPlan(document, side);
  if (kind === "template") return readTemplate(document, realPath);
  if (kind === "usage") return { ...EMPTY_DRAFT, usage: readUsageFile(document) };
  if (kind === "service-list") return readServiceList(document);
  if (kind !== "list") return readElement(document, document.data as Element, [], realPath);
  const elements = document.data as readonly Element[];
  return joinDrafts(elements.map((element, i) => readElement(document, element, [i], realPath)));
};

/** The border failure of an input that is none of the formats. */
export const notUnderstood = (file: string) =>
  invalidInput("unknown-format", { file }, `is not understood; what is read: ${FORMATS}`);
