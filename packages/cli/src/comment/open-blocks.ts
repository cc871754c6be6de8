/** What is open after a line of Markdown and has to be closed where the text ends there. */
export interface OpenBlocks {
  /** The fence of the code block that the line is in. */
  readonly fence: string | undefined;
  /** `<details>` around it. */
  readonly details: number;
  /** In an HTML comment, where nothing can be closed. */
  readonly hidden: boolean;
}

export const NOTHING_OPEN: OpenBlocks = { fence: undefined, details: 0, hidden: false };

const FENCE = /^[\s>]*(?:(?:[-*+]|\d+[.)])\s+)*(?<fence>`{3,}|~{3,})(?<info>.*)$/;
const TAG = /<!--|<(?<end>\/?)details(?=[\s>]|$)/gi;

/** What is open after the next line. */
export const afterLine = (open: OpenBlocks, line: string): OpenBlocks => {
  if (open.hidden) return afterTags(open, line);
  const { fence, info = "" } = FENCE.exec(line)?.groups ?? {};
  if (open.fence !== undefined) {
    const closes = fence?.startsWith(open.fence) === true && info.trim() === "";
    return closes ? { ...open, fence: undefined } : open;
  }
  if (fence !== undefined && !(fence.startsWith("`") && info.includes("`"))) return { ...open, fence };
  return afterTags(open, line);
};

const afterTags = (open: OpenBlocks, line: string): OpenBlocks => {
  let { details, hidden } = open;
  let at = 0;
  while (at < line.length) {
    if (hidden) {
      const end = line.indexOf("-->", at);
      if (end < 0) break;
      hidden = false;
      at = end + 3;
      continue;
    }
    TAG.lastIndex = at;
    const found = TAG.exec(line);
    if (found === null) break;
    at = TAG.lastIndex;
    if (found[0] === "<!--") hidden = true;
    else details = Math.max(0, details + (found.groups?.["end"] === "" ? 1 : -1));
  }
  return { ...open, details, hidden };
};

/** What closes everything that is open. */
export const closing = ({ fence, details }: OpenBlocks): string =>
  `${fence === undefined ? "" : `\n${fence}`}${"\n\n</details>".repeat(details)}`;
