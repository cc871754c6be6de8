/** Coefficients of Hastings' approximation of the normal quantile (Abramowitz and Stegun 26.2.23, error below 4.5e-4). */
const NUMERATOR = [2.515517, 0.802853, 0.010328] as const;
const DENOMINATOR = [1.432788, 0.189269, 0.001308] as const;

const normalQuantile = (p: number): number => {
  if (p < 0.5) return -normalQuantile(1 - p);
  const t = Math.sqrt(-2 * Math.log(1 - p));
  const [a, b, c] = NUMERATOR;
  const [d, e, f] = DENOMINATOR;
  return t - (a + t * (b + t * c)) / (1 + t * (d + t * (e + t * f)));
};

/** Quantile of Student's distribution by its expansion in 1/df (Abramowitz and Stegun 26.7.5); good from 3 degrees on. */
export const studentQuantile = (p: number, df: number): number => {
  const z = normalQuantile(p);
  const g1 = (z ** 3 + z) / 4;
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  return z + g1 / df + g2 / df ** 2;
};
