import { boundedBytes } from "./bounded-bytes.ts";
import { textWithin } from "./read-text.ts";

const STDIN = "-";

/** All text of standard input, also where it comes slowly. Throws a `BorderError` where it is no text, or too long. */
export const readStandardInput = (): string => textWithin(STDIN, (most) => boundedBytes(0, most));
