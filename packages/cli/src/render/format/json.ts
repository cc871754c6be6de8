/** Controls above ASCII and marks that reorder text: escaped, so that a terminal that shows the JSON obeys none. */
const UNSAFE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const escapeUnsafe = (json: string): string =>
  json.replace(UNSAFE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

const indented = (value: unknown, spaces: number): string => {
  const json = escapeUnsafe(JSON.stringify(value, null, 2) ?? "null");
  return spaces === 0 ? json : json.replaceAll("\n", `\n${" ".repeat(spaces)}`);
};

/**
 * A report as indented JSON, entry by entry of its long lists, since the text of a large fleet is longer than a string
 * can be. Keys stay in the order of the report; decimals are strings in plain notation.
 */
export function* renderJson(report: object): Generator<string> {
  let lead = "{\n";
  for (const [key, value] of Object.entries(report)) {
    if (value === undefined) continue;
    yield `${lead}  ${JSON.stringify(key)}: `;
    yield* Array.isArray(value) && value.length > 0 ? listEntries(value) : [indented(value, 2)];
    lead = ",\n";
  }
  yield lead === "{\n" ? "{}\n" : "\n}\n";
}

function* listEntries(list: readonly unknown[]): Generator<string> {
  let lead = "[\n    ";
  for (const entry of list) {
    yield `${lead}${indented(entry, 4)}`;
    lead = ",\n    ";
  }
  yield "\n  ]";
}
