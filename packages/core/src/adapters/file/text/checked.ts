import type { Where } from "../../../domain/issues/border-error.ts";
import { type KeyPath, keyText, type SchemaProblem } from "../../../schema/problems.ts";
import type { InputDocument } from "./document.ts";
import { invalidDocument, MOST_PROBLEMS } from "./invalid-input.ts";

/** Place of a key in a document. */
export const whereOf = (document: InputDocument, path: KeyPath): Where => {
  const line = document.lineOf(path);
  const key = keyText(path);
  return { file: document.file, ...(line === undefined ? {} : { line }), ...(key === "" ? {} : { key }) };
};

/** Throws one error that names every problem, 20 at most, where there are any. */
export const refuseProblems = (document: InputDocument, problems: readonly SchemaProblem[]): void => {
  if (problems.length === 0) return;
  const told = problems.slice(0, MOST_PROBLEMS);
  const placed = told.map(({ path, detail }) => ({ where: whereOf(document, path), detail }));
  throw invalidDocument(document.file, placed, problems.length - told.length);
};

/** `fleet.yaml:12`, or the file alone where finding the line would mean reading it again. */
export const originOf = (document: InputDocument, path: KeyPath): string => {
  const line = document.knownLineOf(path);
  return line === undefined ? document.file : `${document.file}:${line}`;
};

/** `fleet.json:12 (services[3])`: a place in the middle of a message. */
export const placed = ({ file, line, key }: Where): string =>
  `${line === undefined ? file : `${file}:${line}`}${key === undefined ? "" : ` (${key})`}`;
