/** Numbers that were taken out of an answer, by the number that stands in their place. */
export type TakenNumbers = readonly (readonly number[])[];

/** An answer whose long lists of numbers were taken out: each list is now the one number of its place in `taken`. */
export interface LeanBody {
  readonly body: Buffer;
  readonly taken: TakenNumbers;
}

const KEYS = ['"Timestamps"', '"Values"'].map((key) => Buffer.from(key));
const OPENING = 0x5b;
const CLOSING = 0x5d;
const COLON = 0x3a;

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

const skipSpace = (bytes: Buffer, from: number): number => {
  let at = from;
  while (isSpace(bytes[at])) at += 1;
  return at;
};

/** A list of numbers in the text of an answer, brackets included. */
interface NumberList {
  readonly from: number;
  readonly to: number;
  readonly numbers: readonly number[];
}

/** The list behind a key that ends at `from`; undefined where what follows is no list of numbers. */
const listAt = (bytes: Buffer, from: number): NumberList | undefined => {
  const colon = skipSpace(bytes, from);
  const begin = skipSpace(bytes, colon + 1);
  if (bytes[colon] !== COLON || bytes[begin] !== OPENING) return undefined;
  const end = bytes.indexOf(CLOSING, begin) + 1;
  const list: unknown = end === 0 ? undefined : JSON.parse(bytes.toString("latin1", begin, end));
  if (!Array.isArray(list) || list.some((each) => typeof each !== "number")) return undefined;
  return { from: begin, to: end, numbers: list as number[] };
};

const nextKey = (bytes: Buffer, from: number): number | undefined => {
  const ends = KEYS.flatMap((key) => {
    const at = bytes.indexOf(key, from);
    return at < 0 ? [] : [at + key.length];
  });
  return ends.length === 0 ? undefined : Math.min(...ends);
};

const taken = (bytes: Buffer): LeanBody | undefined => {
  const parts: Buffer[] = [];
  const numbers: (readonly number[])[] = [];
  let copied = 0;
  for (let at = nextKey(bytes, 0); at !== undefined; at = nextKey(bytes, copied)) {
    const list = listAt(bytes, at);
    if (list === undefined) return undefined;
    const stand = list.numbers.length === 0 ? "[]" : `[${numbers.push(list.numbers) - 1}]`;
    parts.push(bytes.subarray(copied, list.from), Buffer.from(stand));
    copied = list.to;
  }
  return { body: Buffer.concat([...parts, bytes.subarray(copied)]), taken: numbers };
};

/**
 * Takes the points out of an answer of GetMetricData, so that the SDK does not make an object of each of 200,000
 * numbers. Undefined where the answer looks otherwise: it is then left to the SDK as it is.
 */
export const leanBody = (bytes: Buffer): LeanBody | undefined => {
  try {
    return taken(bytes);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};
