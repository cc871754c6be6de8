import type { PriceBook } from "@ecs-cost/core";
import { BorderError } from "@ecs-cost/core/estimate";
import { readText } from "@ecs-cost/core/file";
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
    return JSON.parse(readText(file, file));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new BorderError(`--prices ${file}: is not JSON: ${cause.message}`, {
      code: "unreadable-file",
      source: "user",
      hint: "Use snapshot, or a price file in JSON.",
      cause,
    });
  }
};
