import { invalidInput } from "../../file/text/invalid-input.ts";

const MIB = 1024 * 1024;
/** A text of V8 holds fewer than 2^29 characters. */
const LARGEST_TEXT_MIB = 511;

/**
 * The whole of a JSON source as text; UTF-16 where its first bytes say so.
 *
 * @throws {BorderError} `file-too-large` while reading, `not-text`.
 */
export const wholeText = async (
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  maxMib = LARGEST_TEXT_MIB,
): Promise<string> => {
  const most = Math.min(maxMib, LARGEST_TEXT_MIB);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > most * MIB) {
      throw invalidInput("file-too-large", { file }, `is a JSON document of more than ${most} MiB`, {
        hint: "Divide it into files of fewer services or days, or give a metric stream or CSV, which may be larger.",
      });
    }
    parts.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(parts));
  } catch (cause) {
    throw invalidInput("not-text", { file }, "is not text in UTF-8", { cause });
  }
};
