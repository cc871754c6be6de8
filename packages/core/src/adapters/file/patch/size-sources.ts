import { BorderError } from "../../../domain/issues/border-error.ts";
import { taskDefinitionFinder } from "../inventory/find-task-definition.ts";
import { PLANNED_READERS } from "../inventory/planned-readers.ts";
import { anyDraftOf } from "../inventory/read-draft.ts";
import { type Draft, type DraftService, EMPTY_DRAFT, type HeldTaskDefinition, joinDrafts } from "../planned/draft.ts";
import { type InputDocument, readDocument } from "../text/document.ts";
import { listInputs } from "../text/list-inputs.ts";
import { readText } from "../text/read-text.ts";

/** Where the size of a task stands: in a task definition, or in the workload file that describes the task itself. */
export type SizeSource =
  | { readonly kind: "definition"; readonly held: HeldTaskDefinition }
  | { readonly kind: "workload"; readonly file: string; readonly realPath: string; readonly index: number };

interface Read {
  readonly draft: Draft;
  readonly file: string;
  readonly realPath?: string;
}

const STDIN = "-";

/** Where the sizes of services of inputs that were read before stand, by `cluster/name`. */
export const sizeSources = (inputs: readonly string[], stdin?: string): ReadonlyMap<string, SizeSource> => {
  const files = listInputs(inputs.filter((input) => input !== STDIN));
  const all = [
    ...files.map(({ file, realPath }): Read => ({ draft: draftIn(file, realPath), file, realPath })),
    ...(inputs.includes(STDIN) && stdin !== undefined ? [{ draft: draftOfText(STDIN, stdin), file: STDIN }] : []),
  ];
  const sources = new Map(all.flatMap(workloadSources));
  const joined = joinDrafts(all.map(({ draft }) => draft));
  const draft = PLANNED_READERS.settle(joined);
  const find = taskDefinitionFinder(draft.taskDefinitions);
  for (const service of draft.services) {
    const finding = service.reference === undefined ? undefined : find(service, service.reference);
    if (finding?.kind === "found") sources.set(service.service.id, { kind: "definition", held: finding.held });
  }
  for (const held of draft.taskDefinitions.toReversed()) {
    for (const name of [held.planned, held.definition.family]) {
      const id = `default/${name}`;
      if (name !== undefined && !sources.has(id)) sources.set(id, { kind: "definition", held });
    }
  }
  return sources;
};

/** Tasks that a workload file describes itself. */
const workloadSources = ({ draft, file, realPath }: Read): readonly (readonly [string, SizeSource])[] => {
  if (realPath === undefined) return [];
  return draft.services.flatMap((service) => {
    const index = indexOf(service);
    if (index === undefined || service.reference !== undefined || service.service.task === undefined) return [];
    return [[service.service.id, { kind: "workload", file, realPath, index }] as const];
  });
};

const indexOf = ({ place }: DraftService): number | undefined => {
  const index = /^services\[(\d+)\]$/.exec(place().key ?? "")?.[1];
  return index === undefined ? undefined : Number(index);
};

const read = (document: InputDocument, realPath?: string): Draft => {
  const reading = anyDraftOf(document, realPath);
  let step = reading.next();
  while (step.done !== true) step = reading.next(PLANNED_READERS);
  return step.value ?? EMPTY_DRAFT;
};

/** What could not be read was told when the inventory was. */
const quietly = (make: () => Draft): Draft => {
  try {
    return make();
  } catch (error) {
    if (error instanceof BorderError) return EMPTY_DRAFT;
    throw error;
  }
};

const draftIn = (file: string, realPath: string): Draft =>
  quietly(() => read(readDocument(file, readText(file, file)), realPath));

const draftOfText = (file: string, text: string): Draft => quietly(() => read(readDocument(file, text)));
