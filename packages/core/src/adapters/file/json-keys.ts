const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;

const stringEnd = (text: string, start: number): number => {
  let end = text.indexOf('"', start + 1);
  while (end > 0) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
};

/** Keys that a JSON text writes, those given twice counted twice. */
const writtenKeys = (text: string): number => {
  let keys = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) i = stringEnd(text, i);
    else if (code === COLON) keys++;
  }
  return keys;
};

const heldKeys = (data: unknown): number => {
  let keys = 0;
  const left = [data];
  while (left.length > 0) {
    const value = left.pop();
    if (value === null || typeof value !== "object") continue;
    const parts: unknown[] = Object.values(value);
    if (!Array.isArray(value)) keys += parts.length;
    for (const part of parts) left.push(part);
  }
  return keys;
};

/** Whether a JSON text gives some key twice, which `JSON.parse` passes over. */
export const hasDuplicateKeys = (text: string, data: unknown): boolean => writtenKeys(text) !== heldKeys(data);
