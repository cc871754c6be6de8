import { type KeyPath, keyText } from "../../../schema/problems.ts";
import type { InputDocument } from "./document.ts";
import { invalidInput } from "./invalid-input.ts";

/** Escapes by which a text can hold what no file in UTF-8 does: NUL, or half of a surrogate pair. */
export const MAY_BREAK_TEXT = /\\(?:u0000|u[dD][89a-fA-F]|U0000|x00|0)/;

const isBroken = (text: string): boolean => text.includes("\u0000") || !text.isWellFormed();

const brokenPath = (data: unknown): KeyPath | undefined => {
  const left: { readonly path: KeyPath; readonly value: unknown }[] = [{ path: [], value: data }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { path, value } = next;
    if (typeof value === "string" && isBroken(value)) return path;
    if (value === null || typeof value !== "object") continue;
    for (const [key, part] of Object.entries(value)) {
      if (isBroken(key)) return path;
      left.push({ path: [...path, Array.isArray(value) ? Number(key) : key], value: part });
    }
  }
  return undefined;
};

/** Throws where a name or value has a character that no system takes: it would be changed or cut on its way. */
export const refuseBrokenText = ({ file, data, lineOf }: Pick<InputDocument, "file" | "data" | "lineOf">): void => {
  const path = brokenPath(data);
  if (path === undefined) return;
  const line = lineOf(path);
  const where = { file, ...(line === undefined ? {} : { line }), ...(path.length === 0 ? {} : { key: keyText(path) }) };
  throw invalidInput("broken-text", where, "has a NUL or half of a surrogate pair in it, which is no character", {
    hint: "Write the character itself, or both halves.",
  });
};
