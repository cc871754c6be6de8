/**
 * Controls of both ranges, format characters (direction overrides, zero-width, tags), separators of lines, private and
 * unassigned characters, halves of surrogate pairs, and the letters and marks that draw nothing.
 */
const HOSTILE =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]|\p{Cs}|[\u115f\u1160\u3164\uffa0]|\u034f|\u17b4|\u17b5|\ufe0e|[\u{e0100}-\u{e01ef}]/gu;

/** Escape sequences of terminals: CSI, OSC and the other strings, and two-character ones. */
const ESCAPES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]/g;

/** A line of a file: the same, but with the tabs and spaces that it has. */
export const safeCode = (line: string): string => line.split("\t").map(safeText).join("\t");

/**
 * Text from outside as one line that cannot command a terminal, hide or reorder what stands around it. Line breaks and
 * tabs become spaces, everything else of the kind disappears.
 */
export const safeText = (text: string): string =>
  text
    .replace(ESCAPES, "")
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, " ")
    .replace(HOSTILE, "");
