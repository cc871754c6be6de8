import { studentQuantile } from "./student-quantile.ts";

/** What a number of days to come will cost together. */
export interface DaysForecast {
  readonly expected: number;
  /** Half the width of the interval. */
  readonly margin: number;
}

/** Fewest days that a forecast is made from, and the most that it looks back. */
const FEWEST = 7;
const LOOKBACK = 56;
const WEEK = 7;
/** From three weeks on, weekdays have levels of their own. */
const FEWEST_FOR_WEEKDAYS = 21;
/** Days whose mean is the level that goes on. */
const LEVEL_DAYS = 14;
/** Noise that is more persistent than this cannot be told from a change of level. */
const HIGHEST_PERSISTENCE = 0.95;
/** A trend counts where it is this many standard errors away from none. */
const SIGNIFICANT = 2.5;

/**
 * Forecasts the sum of the next days. Weekday effects are taken off; the mean of the last 14 days goes on, or, where the
 * days of the last 8 weeks show a significant one, their trend. The interval holds the noise, autoregressive of order 1, the
 * error of level and trend, and steps of the level as large as the weeks have shown. Undefined with less than seven days.
 */
export const forecastDays = (costs: readonly number[], ahead: number, confidence: number): DaysForecast | undefined => {
  const history = costs.slice(-LOOKBACK);
  const count = history.length;
  if (count < FEWEST) return undefined;
  const first = describe(history, []);
  const effects = weekdayEffects(history, first.slope);
  const shape = describe(history, effects);
  let expected = 0;
  for (let day = 0; day < ahead; day += 1) {
    expected += shape.level + shape.slope * (day + 1) + (effects[(count + day) % WEEK] ?? 0);
  }
  const margin = studentQuantile((1 + confidence) / 2, shape.degrees) * Math.sqrt(errorVariance(shape, ahead, count));
  return { expected, margin: Math.max(margin, leastMargin(history, ahead, confidence)) };
};

/** Days differ by this share of their mean at least, however quiet the history was: nothing is known for certain. */
const LEAST_NOISE = 0.01;

const leastMargin = (history: readonly number[], ahead: number, confidence: number): number =>
  studentQuantile((1 + confidence) / 2, history.length) * LEAST_NOISE * Math.abs(meanOf(history)) * Math.sqrt(ahead);

/** A history without its weekday effects: where it ends, where it goes, and what moves around that. */
interface Shape {
  /** At the last day. */
  readonly level: number;
  /** A day; 0 where it is not significant. */
  readonly slope: number;
  /** Variance and correlation of neighbours of the noise. */
  readonly variance: number;
  readonly persistence: number;
  /** Variance of the steps that the level takes from day to day. */
  readonly steps: number;
  readonly degrees: number;
}

const describe = (history: readonly number[], effects: readonly number[]): Shape => {
  const plain = history.map((cost, index) => cost - (effects[index % WEEK] ?? 0));
  const trend = significantTrend(plain);
  const flat = trend === 0 ? plain : plain.map((value, index) => value - trend * (index - plain.length + 1));
  const noise = noiseOf(flat, (effects.length > 0 ? WEEK - 1 : 0) + (trend === 0 ? 1 : 2));
  const level = meanOf(trend === 0 ? flat.slice(-LEVEL_DAYS) : flat);
  return { level, slope: trend, ...noise, steps: stepVariance(flat, noise) };
};

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Mean of each weekday over the mean of all, by index modulo 7, with the trend taken off. */
const weekdayEffects = (history: readonly number[], slope: number): readonly number[] => {
  if (history.length < FEWEST_FOR_WEEKDAYS) return [];
  const flat = history.map((value, index) => value - slope * index);
  const means = Array.from({ length: WEEK }, (_, day) => meanOf(flat.filter((_, index) => index % WEEK === day)));
  const mean = meanOf(means);
  return means.map((each) => each - mean);
};

/** Least-squares slope, or 0 where its error, with the persistence of the noise, leaves it open. */
const significantTrend = (plain: readonly number[]): number => {
  if (plain.length < FEWEST_FOR_WEEKDAYS) return 0;
  const center = (plain.length - 1) / 2;
  const mean = meanOf(plain);
  let [products, squares] = [0, 0];
  for (const [index, value] of plain.entries()) {
    products += (index - center) * (value - mean);
    squares += (index - center) ** 2;
  }
  const slope = products / squares;
  const flat = plain.map((value, index) => value - slope * index);
  const { variance, persistence } = noiseOf(flat, 2);
  const error = Math.sqrt((variance / squares) * ((1 + persistence) / (1 - persistence)));
  return Math.abs(slope) > SIGNIFICANT * error ? slope : 0;
};

const noiseOf = (flat: readonly number[], fitted: number): Pick<Shape, "variance" | "persistence" | "degrees"> => {
  const mean = meanOf(flat);
  let [squares, products, previous] = [0, 0, 0];
  for (const value of flat) {
    squares += (value - mean) ** 2;
    products += (value - mean) * previous;
    previous = value - mean;
  }
  const degrees = Math.max(3, flat.length - fitted);
  const seen = squares > 0 ? products / squares : 0;
  // A short series shows less persistence than there is (Kendall): by about (1 + 3 phi) / n.
  const persistence = Math.min(HIGHEST_PERSISTENCE, Math.max(0, seen + (1 + 3 * seen) / flat.length));
  return { variance: squares / degrees, persistence, degrees };
};

/** How much more the means of neighbouring weeks differ than the noise explains, as the variance of a step a day. */
const stepVariance = (flat: readonly number[], { variance, persistence }: Pick<Shape, "variance" | "persistence">) => {
  const weeks: number[] = [];
  for (let end = flat.length; end >= WEEK; end -= WEEK) weeks.push(meanOf(flat.slice(end - WEEK, end)));
  if (weeks.length < 3) return 0;
  let squares = 0;
  for (const [index, week] of weeks.entries()) squares += index === 0 ? 0 : (week - (weeks[index - 1] ?? 0)) ** 2;
  const seen = squares / (weeks.length - 1);
  const week = Array.from({ length: WEEK }, () => 1 / WEEK);
  // Noise without persistence explains less of it, persistent noise more: which of them a few weeks cannot tell.
  const persistent = variance * weighted([...week, ...week.map((weight) => -weight)], persistence);
  const byNoise = (persistent + (2 / WEEK) * withinWeeks(flat, weeks)) / 2;
  // Means of neighbouring weeks of a random walk differ with a variance of (2 x 7^2 + 1) / (3 x 7) steps.
  return Math.max(0, seen - byNoise) / ((2 * WEEK ** 2 + 1) / (3 * WEEK));
};

/** Variance of the days around the mean of their week; the weeks are counted from the end. */
const withinWeeks = (flat: readonly number[], weeks: readonly number[]): number => {
  let squares = 0;
  for (const [index, mean] of weeks.entries()) {
    const end = flat.length - index * WEEK;
    for (const value of flat.slice(end - WEEK, end)) squares += (value - mean) ** 2;
  }
  return squares / (weeks.length * (WEEK - 1));
};

/** Variance of a weighted sum of consecutive values of the noise, in units of its variance. */
const weighted = (weights: readonly number[], persistence: number): number => {
  let total = 0;
  for (const [i, a] of weights.entries()) {
    for (const [j, b] of weights.entries()) total += a * b * persistence ** Math.abs(i - j);
  }
  return total;
};

/** Variance of the sum of the days to come around its forecast. */
const errorVariance = ({ slope, variance, persistence, steps }: Shape, ahead: number, count: number): number => {
  const level = slope === 0 ? Math.min(LEVEL_DAYS, count) : count;
  const center = (count - 1) / 2;
  const squares = (count * (count ** 2 - 1)) / 12;
  const distance = ahead * (center + (ahead + 1) / 2);
  // What the fitted line makes of each day of the history, summed over the days to come.
  const fit = (index: number): number => ahead / level + (slope === 0 ? 0 : (distance * (index - center)) / squares);
  const weights = [
    ...Array.from({ length: level }, (_, back) => -fit(count - level + back)),
    ...Array.from({ length: ahead }, () => 1),
  ];
  const ofSteps = (ahead * (ahead + 1) * (2 * ahead + 1)) / 6 + (ahead ** 2 * Math.min(level, LEVEL_DAYS)) / 3;
  return variance * weighted(weights, persistence) + steps * ofSteps;
};
