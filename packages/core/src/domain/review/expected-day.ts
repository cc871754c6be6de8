import { medianOf, upperMedianOf } from "./median.ts";

/** Days that a day is judged by, and the fewest that are enough. */
const WINDOW = 28;
const FEWEST = 7;
/** Same weekdays within the window that make a weekday's own level. */
const FEWEST_WEEKDAYS = 3;
/** A median absolute deviation times this is a standard deviation of normal noise. */
const MAD_TO_SIGMA = 1.4826;

/** What a day is expected to cost by the days before it. */
export interface ExpectedDay {
  readonly expected: number;
  /** Standard deviation of the days before around what they were expected to cost, by their median deviation. */
  readonly deviation: number;
}

/**
 * The median of the same weekday in the 28 days before (of all of them, where it is there less than three times). Where most of
 * the last seven days lie above theirs, the level has risen: the expectation rises with their median ratio, or from nothing
 * to their median. What the same day cost a week before is expected too. Undefined with less than seven days before.
 */
export const expectedDay = (costs: readonly number[], index: number): ExpectedDay | undefined => {
  const start = Math.max(0, index - WINDOW);
  if (index - start < FEWEST) return undefined;
  const levels = Array.from({ length: 7 }, (_, weekday) => levelOf(costs, start, index, weekday));
  const levelAt = (day: number): number => levels[day % 7] ?? 0;
  const ratios: number[] = [];
  const deviations: number[] = [];
  for (let day = start; day < index; day += 1) {
    const cost = costs[day] ?? 0;
    deviations.push(Math.abs(cost - levelAt(day)));
    if (day >= index - 7 && levelAt(day) > 0) ratios.push(cost / levelAt(day));
  }
  const risen = Math.max(1, medianOf(ratios));
  const level = levelAt(index);
  const isNew = levels.every((each) => each <= 0);
  const usual = isNew ? medianOf(costs.slice(index - 7, index)) : level * risen;
  const expected = Math.max(usual, costs[index - 7] ?? 0);
  return { expected, deviation: medianOf(deviations) * MAD_TO_SIGMA };
};

const levelOf = (costs: readonly number[], start: number, end: number, weekday: number): number => {
  const all = costs.slice(start, end);
  const same = all.filter((_, offset) => (start + offset) % 7 === weekday);
  return upperMedianOf(same.length >= FEWEST_WEEKDAYS ? same : all);
};
