import type { Scaled } from "./scale.ts";

/** Values by time; more than one where several sources tell of it. */
export type Timed = Map<number, number[]>;

/**
 * One value for each time out of series of a service, of its tasks or of their containers: containers add up to their
 * task; tasks give their average and their highest. Where a source has several of these, what is nearest to the service
 * counts, since the others are parts of it.
 *
 * @returns the averages, and the highest of any task where tasks are told apart; with `highest` the latter of all.
 */
export const combineLevels = (
  scaled: readonly Scaled[],
  highest = false,
): readonly [Timed | undefined, Timed | undefined] => {
  if (scaled.length === 0) return [undefined, undefined];
  const whole = scaled.filter(
    ({ series: { owner, meaning } }) => owner.container === undefined && !meaning.ofContainer,
  );
  const level = whole.length > 0 ? whole : scaled;
  const ofService = level.filter(({ series }) => series.owner.task === undefined);
  const direct = whole.length > 0 && ofService.length > 0;
  if (direct) {
    const listed = listValues(ofService);
    return highest ? [undefined, listed] : [listed, highestOf(level.filter((each) => !ofService.includes(each)))];
  }
  const tasks = [...Map.groupBy(level, ({ series }) => series.owner.task ?? "").values()].map(addUp);
  const told = level.some(({ series }) => series.owner.task !== undefined);
  const most = merge(tasks, (values) => Math.max(...values));
  if (highest) return [undefined, most];
  return [
    merge(tasks, (values) => values.reduce((sum, value) => sum + value, 0) / values.length),
    told ? most : undefined,
  ];
};

const each = ({ series, times, values }: Scaled, take: (time: number, value: number) => void): void => {
  for (let at = 0; at < series.length; at++) {
    const value = values[at] as number;
    if (!Number.isNaN(value)) take(times[at] as number, value);
  }
};

const listValues = (scaled: readonly Scaled[]): Timed => {
  const listed: Timed = new Map();
  for (const one of scaled) {
    each(one, (time, value) => {
      const known = listed.get(time);
      if (known === undefined) listed.set(time, [value]);
      else known.push(value);
    });
  }
  return listed;
};

const addUp = (containers: readonly Scaled[]): ReadonlyMap<number, number> => {
  const sum = new Map<number, number>();
  for (const one of containers) each(one, (time, value) => sum.set(time, (sum.get(time) ?? 0) + value));
  return sum;
};

const merge = (tasks: readonly ReadonlyMap<number, number>[], join: (values: readonly number[]) => number): Timed => {
  const lists = new Map<number, number[]>();
  for (const task of tasks) {
    for (const [time, value] of task) {
      const known = lists.get(time);
      if (known === undefined) lists.set(time, [value]);
      else known.push(value);
    }
  }
  return new Map([...lists].map(([time, values]) => [time, [join(values)]]));
};

const highestOf = (tasks: readonly Scaled[]): Timed | undefined =>
  tasks.length === 0
    ? undefined
    : merge([...Map.groupBy(tasks, ({ series }) => series.owner.task ?? "").values()].map(addUp), (values) =>
        Math.max(...values),
      );
