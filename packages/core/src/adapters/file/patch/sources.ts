import { BorderError } from "../../../domain/issues/border-error.ts";
import { latestOf, taskDefinitionFinder } from "../inventory/find-task-definition.ts";
import { draftOf } from "../inventory/read-draft.ts";
import { type Draft, EMPTY_DRAFT, type HeldTaskDefinition, joinDrafts } from "../planned/draft.ts";
import { readDocument } from "../text/document.ts";
import { listInputs } from "../text/list-inputs.ts";
import { readText } from "../text/read-text.ts";

/** The task definition behind each service of inputs that were read before, by `cluster/name`; `-` is passed over. */
export const definitionsByService = (inputs: readonly string[]): ReadonlyMap<string, HeldTaskDefinition> => {
  const files = listInputs(inputs.filter((input) => input !== "-"));
  const draft = joinDrafts(files.map(({ file, realPath }) => draftIn(file, realPath)));
  const find = taskDefinitionFinder(draft.taskDefinitions);
  const byService = new Map<string, HeldTaskDefinition>();
  for (const service of draft.services) {
    const finding = service.reference === undefined ? undefined : find(service, service.reference);
    if (finding?.kind === "found") byService.set(service.service.id, finding.held);
  }
  const used = new Set([...byService.values()].map(({ definition }) => definition.family));
  for (const [family, revisions] of Map.groupBy(draft.taskDefinitions, ({ definition }) => definition.family)) {
    const latest = used.has(family) ? undefined : latestOf(revisions, family);
    if (latest !== undefined) byService.set(`default/${family}`, latest);
  }
  return byService;
};

/** What could not be read was told when the inventory was. */
const draftIn = (file: string, realPath: string): Draft => {
  try {
    return draftOf(readDocument(file, readText(file, file)), realPath) ?? EMPTY_DRAFT;
  } catch (error) {
    if (error instanceof BorderError) return EMPTY_DRAFT;
    throw error;
  }
};
