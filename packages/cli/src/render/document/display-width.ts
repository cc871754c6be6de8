let segmenter: Intl.Segmenter | undefined;
const ASCII = /^[\x20-\x7e]*$/;

/** East Asian wide and fullwidth blocks (UAX #11, Unicode 16), without the emoji of other blocks. */
const WIDE =
  /[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f/u;
const NOTHING = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u;

const widthOfGrapheme = (grapheme: string): number => (NOTHING.test(grapheme) ? 0 : WIDE.test(grapheme) ? 2 : 1);

/** The segmenter takes milliseconds to make and most pages are ASCII. */
const graphemes = (text: string): string[] => {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
};

/** Columns of a terminal that a text without control characters takes. */
export const displayWidth = (text: string): number =>
  ASCII.test(text) ? text.length : graphemes(text).reduce((width, grapheme) => width + widthOfGrapheme(grapheme), 0);

/** The text in at most `width` columns; what does not fit gives way to `…`. */
export const cutToWidth = (text: string, width: number): string => {
  if (displayWidth(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const grapheme of graphemes(text)) {
    const next = widthOfGrapheme(grapheme);
    if (used + next > width - 1) break;
    kept += grapheme;
    used += next;
  }
  return width < 1 ? "" : `${kept.trimEnd()}…`;
};
