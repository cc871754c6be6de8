import { isBorderError } from "../../../domain/issues/border-error.ts";
import { plannedStack } from "../cloudformation/planned-stack.ts";
import { readStack } from "../cloudformation/stack.ts";
import { isData, textIn } from "../planned/block.ts";
import { isKnown, type PlannedResources } from "../planned/planned.ts";
import { whereOf } from "../text/checked.ts";
import { readDocument } from "../text/document.ts";
import type { PlanContext } from "./plan-context.ts";
import type { PlanResource } from "./plan-resources.ts";

/** Types that hold a CloudFormation template as text. */
export const STACK_TYPES = ["aws_cloudformation_stack", "awscc_cloudformation_stack"] as const;

const parametersOf = ({ data }: PlanResource): ReadonlyMap<string, unknown> =>
  new Map(isData(data["parameters"]) ? Object.entries(data["parameters"]) : []);

/** A template that cannot be read costs only itself. */
const readOrTell = (context: PlanContext, resource: PlanResource, region: string | undefined): PlannedResources => {
  try {
    return readEmbedded(context, resource, region);
  } catch (error) {
    if (!isBorderError(error)) throw error;
    return notRead(
      context,
      resource,
      `its template cannot be read (${error.message.split("\n", 1)[0]}); what it makes is not included`,
    );
  }
};

const readEmbedded = (context: PlanContext, resource: PlanResource, region: string | undefined): PlannedResources => {
  const { address, document, path } = resource;
  const body = textIn(resource, "template_body");
  if (!isKnown(body)) return notRead(context, resource, UNREAD);
  const place = whereOf(document, path);
  const template = readDocument(`${document.file} (template_body of ${address})`, body);
  const stack = readStack({
    document: { ...template, file: document.file, lineOf: () => place.line, knownLineOf: () => undefined },
    root: context.file,
    prefix: `${address}/`,
    parameters: parametersOf(resource),
    region,
    above: [],
  });
  return plannedStack(stack, context.file, undefined);
};

const UNREAD =
  "its template is not in the plan (template_url, or known after apply only); what it makes is not included";

const notRead = (context: PlanContext, { address }: PlanResource, detail: string): PlannedResources => ({
  ...plannedStack(
    { resources: [], held: [], outputs: new Map(), exports: new Map(), nested: [], notes: [] },
    context.file,
    undefined,
  ),
  notes: [{ code: "not-understood", severity: "warning", subject: address, detail }],
});

/** Stacks of CloudFormation that a plan makes: each is an input of its own. */
export const embeddedStacks = (context: PlanContext, region: string | undefined): readonly PlannedResources[] =>
  context.ofType(...STACK_TYPES).map((resource) => readOrTell(context, resource, region));
