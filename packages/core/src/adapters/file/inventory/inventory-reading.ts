import { BorderError } from "../../../domain/issues/border-error.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import type { Inventory } from "../../../domain/workload/inventory.ts";
import { type Draft, EMPTY_DRAFT, joinDrafts } from "../planned/draft.ts";
import type { PlanSide } from "../terraform/plan-states.ts";
import { type InputDocument, readDocument } from "../text/document.ts";
import { invalidInput } from "../text/invalid-input.ts";
import { type InputFile, listInputs } from "../text/list-inputs.ts";
import { readText } from "../text/read-text.ts";
import { readStandardInput } from "../text/standard-input.ts";
import { assemble } from "./assemble.ts";
import { FORMATS } from "./detect.ts";
import { type NearMiss, nearMissOfBroken, nearMissOfData, nearMissOfText } from "./near-miss.ts";
import { anyDraftOf, notUnderstood, type Reading } from "./read-draft.ts";

export interface ReadInventoryOptions {
  /** Text of standard input, for the input `-`; default reads file descriptor 0. */
  readonly stdin?: () => string;
  /** Region that wins over those that the inputs name. */
  readonly region?: string;
  /** Finds the line of every service, which takes time; unless given, `origin` has it where it is known anyway. */
  readonly lines?: boolean;
  /** Which side of Terraform plans is read; the one after unless given. */
  readonly side?: PlanSide;
  /** Another side of a change may hold what usage is given of. */
  readonly isOneSide?: boolean;
}

const STDIN = "-";

const ignored = (file: string, severity: Issue["severity"], detail: string): Draft => ({
  ...EMPTY_DRAFT,
  issues: [{ code: "ignored-input", severity, subject: file, detail }],
});

/** Text that looks like an input of ours is not passed over when it cannot be read. */
const MARKS =
  /containerDefinitions|capacityProviderStrategy|desiredCount|serviceArn|planned_values|AWS::ECS::|["']?taskDefinition["']?\s*:/;

/** The failure of an input that is near to one that is read, where it is. */
const nearFailure = (file: string, near: NearMiss | undefined) =>
  near === undefined ? undefined : invalidInput("unknown-format", { file }, `is ${near.what}`, { hint: near.hint });

/** What tells better than a complaint about its syntax what is wrong with an input that is none. */
const readAny = (file: string, text: string): InputDocument => {
  try {
    return readDocument(file, text);
  } catch (error) {
    throw nearFailure(file, nearMissOfBroken(text)) ?? error;
  }
};

function* readNamed(file: string, text: string, side: PlanSide | undefined, realPath?: string): Reading<Draft> {
  const document = readAny(file, text);
  const draft = yield* anyDraftOf(document, realPath, side);
  if (draft === undefined) {
    throw nearFailure(file, nearMissOfData(document.data) ?? nearMissOfText(text)) ?? notUnderstood(file);
  }
  return draft;
}

function* readFound({ file, realPath }: InputFile, side: PlanSide | undefined): Reading<Draft> {
  let text = "";
  try {
    text = readText(file, file);
    const document = readAny(file, text);
    const draft = yield* anyDraftOf(document, realPath, side);
    if (draft !== undefined) return draft;
    const near = nearMissOfData(document.data);
    if (near !== undefined) return ignored(file, "info", `it is ${near.what}. ${near.hint}`);
    return ignored(file, "info", "none of the formats that are read");
  } catch (error) {
    if (!(error instanceof BorderError) || error.code === "invalid-input") throw error;
    if (error.code !== "unknown-format" && MARKS.test(text)) throw error;
    return ignored(file, "warning", [error.message, error.hint].filter((part) => part !== undefined).join(". "));
  }
}

const isEmpty = ({ services, taskDefinitions, planned }: Draft): boolean =>
  services.length === 0 && taskDefinitions.length === 0 && planned.length === 0;

const refuseNothing = (inputs: readonly string[], drafts: readonly Draft[]): void => {
  if (drafts.some((draft) => !isEmpty(draft) || draft.shared.length > 0)) return;
  const passedOver = drafts.flatMap(({ issues }) => issues.filter(({ code }) => code === "ignored-input"));
  if (passedOver.length < drafts.length || drafts.length === 0) return;
  const broken = passedOver.find(({ severity }) => severity === "warning");
  const detail = `holds nothing that is understood${broken === undefined ? "" : ` (${broken.detail})`}; what is read: ${FORMATS}`;
  throw invalidInput("no-input", { file: inputs.join(", ") }, detail);
};

/** Reads inputs to one inventory, see `readInventory`. */
export function* inventoryOf(inputs: readonly string[], options: ReadInventoryOptions): Reading<Inventory> {
  if (inputs.length === 0) throw invalidInput("no-input", { file: "inputs" }, "no file or folder is given");
  const files = listInputs(inputs.filter((input) => input !== STDIN));
  const { side } = options;
  const read: { readonly realPath?: string; readonly draft: Draft }[] = [];
  for (const found of files) {
    const { file, realPath, named } = found;
    const draft = yield* named ? readNamed(file, readText(file, file), side, realPath) : readFound(found, side);
    read.push({ realPath, draft });
  }
  if (inputs.includes(STDIN)) {
    read.push({ draft: yield* readNamed(STDIN, (options.stdin ?? readStandardInput)(), side) });
  }
  const consumed = new Set(read.flatMap(({ draft }) => draft.consumed ?? []));
  const drafts = read.filter(({ realPath = "" }) => !consumed.has(realPath)).map(({ draft }) => draft);
  refuseNothing(inputs, drafts);
  const joined = joinDrafts(drafts);
  const settled =
    joined.planned.length + joined.usage.length === 0 ? joined : (yield).settle(joined, options.isOneSide);
  return assemble(settled, options.region, options.lines === true);
}
