import { usageError } from "../program/usage-error.ts";

const LEAST_CUT = 200;

/**
 * An answer within the limit. Lines of a compact report that do not fit are counted in a last line; JSON cannot be cut.
 *
 * @throws {BorderError} where JSON is larger than the limit.
 */
export const withinLimit = (parts: Iterable<string>, format: "compact" | "json", maxBytes: number): string => {
  const text: string[] = [];
  let bytes = 0;
  let left = 0;
  for (const part of parts) {
    bytes += Buffer.byteLength(part);
    if (bytes <= maxBytes - (format === "json" ? 0 : LEAST_CUT) && left === 0) text.push(part);
    else if (format === "json") throw tooLarge(maxBytes);
    else left += 1;
  }
  return left === 0
    ? text.join("")
    : `${text.join("")}#cut ${left} lines more; narrow it with filter, top or service\n`;
};

const tooLarge = (maxBytes: number): Error =>
  usageError(
    `the answer is larger than ${maxBytes} bytes`,
    "Ask for format compact, narrow it with filter or top, or start the server with a larger --max-output-kib.",
  );
