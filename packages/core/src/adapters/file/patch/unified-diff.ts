import { formatPatch, type StructuredPatchHunk } from "diff";

const CONTEXT = 3;
const NO_NEWLINE = "\\ No newline at end of file";

interface Lines {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly endInBreak: boolean;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Runs of changed lines with their context, put together where contexts meet. */
const rangesOf = ({ before, after }: Lines): readonly Range[] => {
  const ranges: Range[] = [];
  for (const [line, text] of before.entries()) {
    if (text === after[line]) continue;
    const from = Math.max(0, line - CONTEXT);
    const to = Math.min(before.length, line + CONTEXT + 1);
    const last = ranges.at(-1);
    if (last !== undefined && from <= last.to) ranges[ranges.length - 1] = { from: last.from, to };
    else ranges.push({ from, to });
  }
  return ranges;
};

const hunkOf = ({ before, after, endInBreak }: Lines, { from, to }: Range): StructuredPatchHunk => {
  const lines: string[] = [];
  let [removed, added]: [string[], string[]] = [[], []];
  for (let line = from; line <= to; line++) {
    const isSame = line === to || before[line] === after[line];
    if (isSame) {
      lines.push(...removed, ...added);
      [removed, added] = [[], []];
    }
    if (line === to) break;
    const end = line === before.length - 1 && !endInBreak ? [NO_NEWLINE] : [];
    if (isSame) lines.push(` ${before[line]}`, ...end);
    else {
      removed.push(`-${before[line]}`, ...end);
      added.push(`+${after[line]}`, ...end);
    }
  }
  return { oldStart: from + 1, oldLines: to - from, newStart: from + 1, newLines: to - from, lines };
};

/**
 * The change from one text to another of as many lines, as `git apply` and `patch -p1` take it; empty where nothing
 * differs. Line by line, since looking for moved lines takes minutes where thousands change.
 */
export const unifiedDiff = (name: string, before: string, after: string): string => {
  const endInBreak = before.endsWith("\n");
  const linesOf = (text: string): readonly string[] => (endInBreak ? text.slice(0, -1) : text).split("\n");
  const lines: Lines = { before: linesOf(before), after: linesOf(after), endInBreak };
  if (lines.before.length !== lines.after.length) throw new Error(`${name}: the texts have different numbers of lines`);
  const hunks = rangesOf(lines).map((range) => hunkOf(lines, range));
  if (hunks.length === 0) return "";
  return formatPatch(
    { oldFileName: `a/${name}`, newFileName: `b/${name}`, oldHeader: undefined, newHeader: undefined, hunks },
    { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  );
};
