/** Repeatable pseudo-random numbers from 0 up to 1 (xorshift, 32 bits): the same on every machine. */
export const startRandom = (seed: number): (() => number) => {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
};
