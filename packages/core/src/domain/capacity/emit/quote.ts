/** Controls, what ends lines, turns the direction of text, takes no room or has no meaning yet. */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]|[\u115f\u1160\u3164\uffa0]|\u034f|\u17b4|\u17b5|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;

const escapeUnits = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => escapeUnit(character.charCodeAt(at))).join("");

const escapeUnit = (unit: number): string => `\\u${unit.toString(16).padStart(4, "0")}`;

const escapeRune = (character: string): string => {
  const rune = character.codePointAt(0) ?? 0;
  return rune > 0xffff ? `\\U${rune.toString(16).padStart(8, "0")}` : escapeUnit(rune);
};

/**
 * A double-quoted string that JSON reads: characters that cannot be seen as escapes. Half surrogate pairs, which
 * are no characters, become U+FFFD.
 */
export const quoteJson = (text: string): string => quoteWith(text, escapeUnits);

const quoteWith = (text: string, spelled: (character: string) => string): string =>
  JSON.stringify(text.replace(LONE_SURROGATE, "\ufffd")).replace(UNSEEN, spelled);

/** The same for YAML, where a character beyond U+FFFF is one escape and not two halves. */
export const quoteYaml = (text: string): string => quoteWith(text, escapeRune);

/** A string literal of HCL: as JSON without the escapes that HCL lacks, and no `${` or `%{` starts a template. */
export const quoteHcl = (text: string): string =>
  quoteYaml(text)
    .replace(/\\(.)/g, (pair, escaped: string) => HCL_ESCAPES[escaped] ?? pair)
    .replace(/[$%](?=\{)/g, escapeRune);

const HCL_ESCAPES: Readonly<Record<string, string>> = { b: "\\u0008", f: "\\u000c" };

/** One word for a POSIX shell. */
export const quoteShell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
