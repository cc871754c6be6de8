/** A whole number from 0 to 2^32 - 1 that depends on the text and the seed alone (FNV-1a, finished as in murmur3). */
export const hashText = (text: string, seed = 0): number => {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix(hash);
};

/** Spreads the bits of a number over 32 bits. */
export const mix = (value: number): number => {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** A number from 0 (inclusive) to 1 that depends on the text and the seed alone. */
export const chance = (text: string, seed = 0): number => hashText(text, seed) / 2 ** 32;

/** One of the values, by text and seed. */
export const pick = <T>(values: readonly [T, ...T[]], text: string, seed = 0): T =>
  values[hashText(text, seed) % values.length] ?? values[0];
