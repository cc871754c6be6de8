/** What cannot be seen, or turns the direction of text: escaped, so that no terminal obeys it and no reader is misled. */
const UNSAFE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]|[\u115f\u1160\u3164\uffa0]|\u034f|\u17b4|\u17b5/gu;

const escapeUnsafe = (json: string): string => json.replace(UNSAFE, escapeUnits);

const escapeUnits = (sign: string): string =>
  Array.from({ length: sign.length }, (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, "0")}`).join("");

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
    yield `${lead}  ${escapeUnsafe(JSON.stringify(key))}: `;
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
