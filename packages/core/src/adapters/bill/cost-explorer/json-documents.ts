/** Where the JSON value that begins at `start` ends; the length of the text where it does not. */
const valueEnd = (text: string, start: number): number => {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === "\\") at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
};

const skipSpace = (text: string, start: number): number => {
  let at = start;
  while (at < text.length && /[\s,\uFEFF]/.test(text[at] ?? "")) at += 1;
  return at;
};

/**
 * JSON documents that stand one after the other, as pages that were appended to a file; the items of a list count as
 * documents.
 *
 * @throws {SyntaxError} where one is cut off or no JSON.
 */
export const jsonDocuments = (text: string): readonly unknown[] => {
  const documents: unknown[] = [];
  for (let at = skipSpace(text, 0); at < text.length; ) {
    const end = valueEnd(text, at);
    const document: unknown = JSON.parse(text.slice(at, end));
    documents.push(...(Array.isArray(document) ? document : [document]));
    at = skipSpace(text, end);
  }
  return documents;
};
