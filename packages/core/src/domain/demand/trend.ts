/** Straight line through one value a day. */
export interface Trend {
  /** Change per day, in the unit of the values. */
  readonly perDay: number;
  /** Standard error of perDay. */
  readonly error: number;
  /** Lowest rise per day that the values support: perDay - 2 errors where perDay is at least 4 errors, otherwise 0. */
  readonly surePerDay: number;
}

const FEWEST_DAYS = 5;
const SURE_ERRORS = 4;

/** Least-squares trend of daily values; undefined with fewer than five days. */
export const trendOf = (daily: readonly { readonly day: number; readonly value: number }[]): Trend | undefined => {
  const n = daily.length;
  if (n < FEWEST_DAYS) return undefined;
  const meanDay = daily.reduce((sum, { day }) => sum + day, 0) / n;
  const mean = daily.reduce((sum, { value }) => sum + value, 0) / n;
  const spread = daily.reduce((sum, { day }) => sum + (day - meanDay) ** 2, 0);
  const perDay = daily.reduce((sum, { day, value }) => sum + (day - meanDay) * (value - mean), 0) / spread;
  const rest = daily.reduce((sum, { day, value }) => sum + (value - mean - perDay * (day - meanDay)) ** 2, 0);
  const error = Math.sqrt(rest / (n - 2) / spread);
  const sure = perDay > 0 && perDay >= SURE_ERRORS * error ? Math.max(0, perDay - 2 * error) : 0;
  return { perDay, error, surePerDay: sure };
};
