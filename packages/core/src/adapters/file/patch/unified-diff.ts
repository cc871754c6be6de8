const CONTEXT = 3;

/** Names as `git apply` reads them: quoted where they hold what would end or hide them. */
const quotedName = (name: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be quoted
  /["\\\u0000-\u001f\u007f]/.test(name) ? JSON.stringify(name) : name;

interface Hunk {
  readonly from: number;
  readonly to: number;
}

/** Runs of changed lines with their context, put together where contexts meet. */
const hunksOf = (changed: readonly number[], lines: number): readonly Hunk[] => {
  const hunks: Hunk[] = [];
  for (const line of changed) {
    const from = Math.max(0, line - CONTEXT);
    const to = Math.min(lines, line + CONTEXT + 1);
    const last = hunks.at(-1);
    if (last !== undefined && from <= last.to) hunks[hunks.length - 1] = { from: last.from, to };
    else hunks.push({ from, to });
  }
  return hunks;
};

const bodyOf = (before: readonly string[], after: readonly string[], { from, to }: Hunk): readonly string[] => {
  const body: string[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const flush = () => {
    body.push(...removed, ...added);
    removed = [];
    added = [];
  };
  for (let line = from; line < to; line++) {
    if (before[line] === after[line]) {
      flush();
      body.push(` ${before[line]}`);
    } else {
      removed.push(`-${before[line]}`);
      added.push(`+${after[line]}`);
    }
  }
  flush();
  return body;
};

const NO_NEWLINE = "\\ No newline at end of file";

/** The last line of a text that does not end in a line break says so; one of both sides says it once for each. */
const marked = (body: readonly string[], isLast: boolean): readonly string[] => {
  if (!isLast) return body;
  const last = body.at(-1) ?? "";
  if (!last.startsWith("+")) return [...body, NO_NEWLINE];
  const removed = body.findLastIndex((line) => line.startsWith("-"));
  return [...body.slice(0, removed + 1), NO_NEWLINE, ...body.slice(removed + 1), NO_NEWLINE];
};

/**
 * The change from one text to another of as many lines, as `git apply` and `patch -p1` take it; empty where nothing
 * differs.
 */
export const unifiedDiff = (name: string, before: string, after: string): string => {
  const endsInBreak = before.endsWith("\n");
  const left = (endsInBreak ? before.slice(0, -1) : before).split("\n");
  const right = (endsInBreak ? after.slice(0, -1) : after).split("\n");
  if (left.length !== right.length) throw new Error(`${name}: the texts have different numbers of lines`);
  const changed = left.flatMap((line, index) => (line === right[index] ? [] : [index]));
  if (changed.length === 0) return "";
  const hunks = hunksOf(changed, left.length).flatMap((hunk) => {
    const range = `${hunk.from + 1},${hunk.to - hunk.from}`;
    const body = marked(bodyOf(left, right, hunk), !endsInBreak && hunk.to === left.length);
    return [`@@ -${range} +${range} @@`, ...body];
  });
  return [`--- ${quotedName(`a/${name}`)}`, `+++ ${quotedName(`b/${name}`)}`, ...hunks, ""].join("\n");
};
