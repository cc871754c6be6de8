/** How long the waits are between attempts. */
export interface Patience {
  /** Attempts after the first. */
  readonly retries: number;
  /** Length of a second; shorter in tests. */
  readonly secondMs: number;
}

export const PATIENCE: Patience = { retries: 3, secondMs: 1000 };

/** Longest wait that a forge may ask for, in seconds; a pipeline should not stand still for longer. */
export const LONGEST_WAIT = 120;

/** What GitHub advises where a secondary limit names no time. */
const UNNAMED_WAIT = 60;

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** An answer as far as limits are concerned. */
export interface Answer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly text: string;
}

/** Seconds to wait where the forge limits the rate of calls; undefined where that is not what it says. */
export const limitOf = ({ status, header, text }: Answer, now: number = Date.now()): number | undefined => {
  const exhausted = header("x-ratelimit-remaining") === "0" || header("ratelimit-remaining") === "0";
  const limited =
    status === 429 ||
    (status === 403 &&
      (exhausted || header("retry-after") !== undefined || /secondary rate limit|abuse detection/i.test(text)));
  if (!limited) return undefined;
  const after = secondsOf(header("retry-after"), now);
  if (after !== undefined) return after;
  const reset = Number(header("x-ratelimit-reset") ?? header("ratelimit-reset") ?? Number.NaN);
  if (exhausted && Number.isFinite(reset)) return Math.max(1, Math.ceil(reset - now / 1000));
  return status === 429 ? 1 : UNNAMED_WAIT;
};

/** `Retry-After` is seconds or a date. */
const secondsOf = (text: string | undefined, now: number): number | undefined => {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text.trim())) return Number(text);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
};

/** Whether an answer may be another one if asked again: the server had a problem of its own. */
export const isPassing = (status: number): boolean => status === 408 || status >= 500;
