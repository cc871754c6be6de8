import { type Draft, joinDrafts } from "../planned/draft.ts";
import { readDescribeServices, readServiceList } from "../task-definition/describe-services.ts";
import { readDescribed, readRegistered } from "../task-definition/read-task-definition.ts";
import type { PlanSide } from "../terraform/plan-states.ts";
import type { InputDocument } from "../text/document.ts";
import { invalidInput } from "../text/invalid-input.ts";
import { readWorkloadFile } from "../workload/read-workload.ts";
import { detectElement, detectKind, FORMATS, type InputKind, type PlannedKind } from "./detect.ts";

type PlannedReader = (document: InputDocument, realPath?: string, side?: PlanSide) => Draft;

/** Readers of infrastructure as code, and what puts together what they read. */
export interface PlannedReaders extends Readonly<Record<PlannedKind, PlannedReader>> {
  readonly settle: (draft: Draft, isOneSide?: boolean) => Draft;
}

/** Reads to the end, and asks for the readers of infrastructure as code where it comes upon some. */
export type Reading<T> = Generator<undefined, T, PlannedReaders>;

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

/** What a document holds, or undefined where its content is none of the formats that are read, or infrastructure as code. */
export const draftOf = (document: InputDocument, realPath?: string): Draft | undefined => {
  const kind = detectKind(document.data);
  if (kind === "workload") return readWorkloadFile(document);
  if (kind === "service-list") return readServiceList(document);
  if (kind === "list") {
    const elements = document.data as readonly Element[];
    return joinDrafts(elements.map((element, i) => readElement(document, element, [i], realPath)));
  }
  return detectElement(document.data) && readElement(document, document.data as Element, [], realPath);
};

const READ_AT_ONCE: ReadonlySet<InputKind | undefined> = new Set<InputKind | undefined>([
  ...([undefined, "workload", "task-definition", "described-task-definition"] as const),
  ...(["services", "service-list", "list"] as const),
]);

const isPlannedKind = (kind: InputKind | undefined): kind is PlannedKind => !READ_AT_ONCE.has(kind);

/** What a document holds, infrastructure as code too: one side of a Terraform plan. */
export function* anyDraftOf(document: InputDocument, realPath?: string, side?: PlanSide): Reading<Draft | undefined> {
  const kind = detectKind(document.data);
  return isPlannedKind(kind) ? (yield)[kind](document, realPath, side) : draftOf(document, realPath);
}

/** The border failure of an input that is none of the formats. */
export const notUnderstood = (file: string) =>
  invalidInput("unknown-format", { file }, `is not understood; what is read: ${FORMATS}`);
