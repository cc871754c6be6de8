const CONTROL = /[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;

const escapeUnit = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * A double-quoted string that JSON and YAML 1.2 read alike: control characters as escapes. Half surrogate pairs, which
 * are no characters, become U+FFFD.
 */
export const quoteJson = (text: string): string =>
  JSON.stringify(text.replace(LONE_SURROGATE, "\ufffd")).replace(CONTROL, escapeUnit);

/** A string literal of HCL: as JSON without the escapes that HCL lacks, and no `${` or `%{` starts a template. */
export const quoteHcl = (text: string): string =>
  quoteJson(text)
    .replace(/\\(.)/g, (pair, escaped: string) => HCL_ESCAPES[escaped] ?? pair)
    .replace(/[$%](?=\{)/g, escapeUnit);

const HCL_ESCAPES: Readonly<Record<string, string>> = { b: "\\u0008", f: "\\u000c" };

/** One word for a POSIX shell. */
export const quoteShell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
