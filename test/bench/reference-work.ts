const NUMBERS = 1_000_000;

/** Seconds that sorting a million pseudo-random numbers takes here: the yardstick of every ratio. Best of three. */
export const sortingSeconds = (): number => {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round += 1) {
    const numbers = pseudoRandom(NUMBERS);
    const start = performance.now();
    numbers.sort((a, b) => a - b);
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return best;
};

const pseudoRandom = (length: number): number[] => {
  let state = 42;
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state;
  });
};
