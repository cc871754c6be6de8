/** JSON with a line per row, so that a refresh of the prices reads well as a difference. */
export const toJson = (value: unknown): string => `${write(value, "")}\n`;

const write = (value: unknown, indent: string): string => {
  if (!isNested(value)) return JSON.stringify(value);
  const inner = `${indent} `;
  const lines = Array.isArray(value)
    ? value.map((item) => inner + write(item, inner))
    : Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}:${write(item, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${lines.join(",\n")}\n${indent}${close}`;
};

/** Whether the value holds objects or arrays; a row of plain values stays on one line. */
const isNested = (value: unknown): value is object =>
  typeof value === "object" &&
  value !== null &&
  Object.values(value).some((item) => typeof item === "object" && item !== null);
