/** Thrown where a text goes beyond plain YAML; the YAML library then reads it. */
export const BEYOND: unique symbol = Symbol("beyond plain YAML");

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ["null", null],
  ["Null", null],
  ["NULL", null],
  ["true", true],
  ["True", true],
  ["TRUE", true],
  ["false", false],
  ["False", false],
  ["FALSE", false],
]);

const SIMPLE_NUMBER = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/;
/** Signs, exponents, other bases, dates, infinities: left to the library. */
const NUMBER_LIKE = /^[-+.\d](?:[-+.\d_a-fA-FxXoO]*|\.?(?:inf|nan))$/i;
const FIRST = /^[A-Za-z0-9_./+-]/;

/** The value of an unquoted YAML scalar of one line, as the core schema of YAML 1.2 resolves it. */
export const plainScalar = (text: string): string | number | boolean | null => {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (SIMPLE_NUMBER.test(text)) return Number(text);
  if (!FIRST.test(text) || NUMBER_LIKE.test(text)) throw BEYOND;
  if (text.startsWith("- ") || text.startsWith("---") || text.startsWith("...")) throw BEYOND;
  if (text.endsWith(":") || text.includes(": ") || text.includes(" #")) throw BEYOND;
  return text;
};

const RESERVED = /^(?:null|true|false|__proto__)$/i;

/** Adds a key to a map; a key that is there already, or that is not just text, goes beyond plain YAML. */
export const addKey = (map: Record<string, unknown>, key: string, value: unknown): void => {
  if (RESERVED.test(key) || Object.hasOwn(map, key)) throw BEYOND;
  map[key] = value;
};
