import { createRequire } from "node:module";

let segmenter: Intl.Segmenter | undefined;
/** ASCII and what the reports themselves draw with: each takes one column. */
const NARROW = /^[\x20-\x7e·×–—…≤≥─-▟]*$/;

/** Loaded for the first text of other characters, as most pages have none. */
const widthOf = (text: string): number => {
  stringWidth ??= (createRequire(import.meta.url)("string-width") as typeof import("string-width")).default;
  return stringWidth(text);
};
let stringWidth: typeof import("string-width").default | undefined;

/** The segmenter takes milliseconds to make and most pages are ASCII. */
const graphemes = (text: string): string[] => {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
};

/** Columns of a terminal that a text without control characters takes. */
export const displayWidth = (text: string): number => (NARROW.test(text) ? text.length : widthOf(text));

/** The text in at most `width` columns; what does not fit gives way to `…`. */
export const cutToWidth = (text: string, width: number): string => {
  if (displayWidth(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const grapheme of graphemes(text)) {
    const next = displayWidth(grapheme);
    if (used + next > width - 1) break;
    kept += grapheme;
    used += next;
  }
  return width < 1 ? "" : `${kept.trimEnd()}…`;
};
