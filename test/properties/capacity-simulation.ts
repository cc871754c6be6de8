import type { InterruptionModel } from "../../packages/core/src/domain/capacity/interruption.ts";

/** Uniform numbers in (0, 1) from a seed (mulberry32). */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
};

type Interval = readonly [from: number, to: number];

interface Loss {
  readonly at: number;
  readonly pool: number;
  /** Index of the group, or -1 for the pool's capacity. */
  readonly group: number;
  readonly change: 1 | -1;
}

const BATCHES = 50;
/** Mean length of a time without capacity; the share of time must not depend on it. */
const OUTAGE_HOURS = 3;

/**
 * Share of time in which enough Spot tasks run, by playing reclaims, replacements and times without capacity through
 * event by event, with the standard error of its mean over batches.
 */
export const simulateAvailability = (
  models: readonly InterruptionModel[],
  spotTasks: readonly number[],
  need: number,
  settings: { readonly hours: number; readonly seed: number },
): { readonly mean: number; readonly error: number } => {
  const random = randomFrom(settings.seed);
  const exponential = (mean: number): number => -Math.log(random()) * mean;
  const sizes = models.map((model, i) => groupSizes(spotTasks[i] ?? 0, model.shareTakenTogether));
  const losses: Loss[] = models.flatMap((model, pool) => {
    const outages = alternate(
      settings.hours,
      () => exponential((OUTAGE_HOURS * (1 - model.shareWithoutCapacity)) / model.shareWithoutCapacity),
      () => exponential(OUTAGE_HOURS),
    );
    const reclaims = (sizes[pool] ?? []).map(() =>
      alternate(
        settings.hours,
        () => exponential(1 / model.ratePerTaskHour),
        () => model.replaceHours,
      ),
    );
    return [...reclaims, outages].flatMap((downs, i) => {
      const group = i === reclaims.length ? -1 : i;
      return downs.flatMap(([from, to]): Loss[] => [
        { at: from, pool, group, change: -1 },
        { at: to, pool, group, change: 1 },
      ]);
    });
  });
  return integrate(losses, sizes, need, settings.hours);
};

const groupSizes = (tasks: number, share: number): number[] => {
  const groups = Math.min(tasks, share === 0 ? tasks : Math.max(1, Math.floor(1 / share + 1e-9)));
  return Array.from({ length: groups }, (_, i) => Math.floor(tasks / groups) + (i < tasks % groups ? 1 : 0));
};

const alternate = (hours: number, up: () => number, down: () => number): Interval[] => {
  const downs: Interval[] = [];
  for (let now = up(); now < hours; now += up()) {
    const from = now;
    now += down();
    downs.push([from, Math.min(now, hours)]);
  }
  return downs;
};

const integrate = (
  losses: readonly Loss[],
  sizes: readonly (readonly number[])[],
  need: number,
  hours: number,
): { mean: number; error: number } => {
  const batch = hours / BATCHES;
  const cuts = Array.from({ length: BATCHES }, (_, i) => ({
    at: (i + 1) * batch,
    pool: -1,
    group: 0,
    change: 1 as const,
  }));
  const groupUp = sizes.map((pool) => pool.reduce((a, b) => a + b, 0));
  const capacity = sizes.map(() => 1);
  const good = new Array<number>(BATCHES).fill(0);
  let now = 0;
  for (const loss of [...losses, ...cuts].sort((a, b) => a.at - b.at)) {
    const running = groupUp.reduce((sum, tasks, pool) => sum + tasks * (capacity[pool] ?? 0), 0);
    const at = Math.min(BATCHES - 1, Math.floor((now + loss.at) / 2 / batch));
    if (running >= need) good[at] = (good[at] ?? 0) + loss.at - now;
    now = loss.at;
    if (loss.pool === -1) continue;
    if (loss.group === -1) capacity[loss.pool] = (capacity[loss.pool] ?? 0) + loss.change;
    else groupUp[loss.pool] = (groupUp[loss.pool] ?? 0) + loss.change * (sizes[loss.pool]?.[loss.group] ?? 0);
  }
  const shares = good.map((time) => time / batch);
  const mean = shares.reduce((a, b) => a + b, 0) / BATCHES;
  const variance = shares.reduce((a, share) => a + (share - mean) ** 2, 0) / (BATCHES - 1);
  return { mean, error: Math.sqrt(variance / BATCHES) };
};
