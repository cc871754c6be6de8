/** A value and its probability. */
export type Mass = readonly [value: number, probability: number];

const NEGLIGIBLE = 1e-25;

/**
 * Probabilities of k successes in n trials, ascending in k, without those below 1e-25 of the largest. Uses only the
 * four basic operations, so that every machine gives the same bits.
 */
export const binomial = (trials: number, success: number): readonly Mass[] => {
  if (success <= 0 || trials === 0) return [[0, 1]];
  if (success >= 1) return [[trials, 1]];
  const mode = Math.min(trials, Math.floor((trials + 1) * success));
  const odds = success / (1 - success);
  const below: Mass[] = [];
  for (let k = mode, mass = 1; k > 0; k -= 1) {
    mass *= k / ((trials - k + 1) * odds);
    if (mass < NEGLIGIBLE) break;
    below.push([k - 1, mass]);
  }
  const above: Mass[] = [];
  for (let k = mode, mass = 1; k < trials; k += 1) {
    mass *= ((trials - k) * odds) / (k + 1);
    if (mass < NEGLIGIBLE) break;
    above.push([k + 1, mass]);
  }
  const masses: Mass[] = [...below.reverse(), [mode, 1], ...above];
  const total = masses.reduce((a, [, mass]) => a + mass, 0);
  return masses.map(([k, mass]) => [k, mass / total]);
};
