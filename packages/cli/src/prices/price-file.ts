import { readFileSync } from "node:fs";
import type { PriceBook } from "@ecs-cost/core";
import { BorderError } from "@ecs-cost/core/estimate";
import { keyText, parsePriceBook } from "@ecs-cost/core/schema";

/** The price book in a JSON file; throws a `BorderError` that lists everything that is wrong with it. */
export const readPriceBook = (file: string): PriceBook => {
  const parsed = parsePriceBook(readJson(file));
  if (parsed.ok) return parsed.book;
  throw new BorderError(`${file}: this is not a price book`, {
    code: "invalid-price-book",
    source: "user",
    problems: parsed.problems.map(({ path, detail }) => ({ where: { file, key: keyText(path) }, detail })),
  });
};

const readJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? `is not JSON: ${cause.message}` : reasonOf(cause);
    throw new BorderError(`--prices ${file}: ${reason}`, {
      code: "unreadable-file",
      source: "user",
      hint: "Use snapshot, or a price file in JSON.",
      cause,
    });
  }
};

const reasonOf = (cause: unknown): string => {
  const code = (cause as NodeJS.ErrnoException).code;
  return code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "is a folder" : "cannot be read";
};
