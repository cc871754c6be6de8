import { type Draft, EMPTY_DRAFT } from "../planned/draft.ts";
import type { InputDocument } from "../text/document.ts";
import { manifestRegion, parametersBeside } from "./beside-template.ts";
import { plannedStack } from "./planned-stack.ts";
import { readStack } from "./stack.ts";

const EMPTY_NOTE = "the template holds no resource that ECS workloads cost by";

/** Reads a CloudFormation template, as written or as the CDK synthesizes it, with its nested stacks. */
export const readTemplate = (document: InputDocument, realPath: string | undefined): Draft => {
  const { file } = document;
  const region = manifestRegion(file);
  const stack = readStack({
    document,
    root: file,
    prefix: "",
    parameters: parametersBeside(file),
    region,
    above: realPath === undefined ? [] : [realPath],
  });
  const planned = plannedStack(stack, file, region);
  const isEmpty = stack.held.length === 0 && stack.notes.length === 0;
  const note = { severity: "info" as const, subject: file, detail: EMPTY_NOTE };
  const told = {
    ...planned,
    ...(realPath === undefined ? {} : { realPath }),
    notes: [...planned.notes, ...(isEmpty ? [note] : [])],
  };
  return { ...EMPTY_DRAFT, planned: [told] };
};
