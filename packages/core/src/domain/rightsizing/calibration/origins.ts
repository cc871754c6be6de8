/** A day at which the past is split: sized on the days before, judged on `ahead` days from it on. */
export interface Origin {
  readonly day: number;
  readonly ahead: number;
}

/** Of fewer days no size can be judged by the days after. */
export const FEWEST_DAYS = 3;
const SHORT_HISTORY = 8;
const MOST_ORIGINS = 8;

/**
 * Rolling origins over `days` days. Each has nearly half of the days before it and leaves about a third to be judged; the
 * newest is always among them.
 */
export const rollingOrigins = (days: number): readonly Origin[] => {
  if (days < FEWEST_DAYS) return [];
  const ahead = days < SHORT_HISTORY ? Math.max(1, Math.round(days * 0.4)) : Math.max(2, Math.round(days * 0.3));
  const first = Math.max(2, Math.ceil(days * 0.45));
  const step = Math.max(1, Math.ceil((days - ahead - first + 1) / MOST_ORIGINS));
  const origins: Origin[] = [];
  for (let day = days - ahead; day >= first; day -= step) origins.unshift({ day, ahead });
  return origins;
};
