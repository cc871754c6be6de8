import { StrangeAnswerError, UnsureError } from "./forge.ts";
import { type Advice, forgeError, type Refusal } from "./forge-error.ts";

/** How one forge says no. */
export interface Refusing {
  readonly forge: string;
  /** `acme/shop#7`. */
  readonly target: string;
  readonly advice: Advice;
  /** What a failure of its client means; undefined for one that is none of it. */
  readonly refusalOf: (error: unknown) => Omit<Refusal, "forge" | "action"> | undefined;
}

/** Runs calls; what goes wrong is told in terms of what was to be done. */
export const callsOf =
  (refusing: Refusing) =>
  async <T>(action: string, run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      const told = `${action} ${refusing.target}`;
      if (error instanceof UnsureError) throw new UnsureError(failureOf(error.failure, told, refusing), error.waitMs);
      throw failureOf(error, told, refusing);
    }
  };

const failureOf = (error: unknown, action: string, { forge, advice, refusalOf }: Refusing): Error => {
  const strange = error instanceof StrangeAnswerError ? { status: 200, text: "" } : undefined;
  const refusal = strange ?? refusalOf(error);
  if (refusal !== undefined) return forgeError({ forge, action, ...refusal }, advice);
  return error instanceof Error ? error : new Error(String(error));
};

/** The answer of a call, or undefined where what it is about is gone. */
export const unlessGone = async <T>(calls: Promise<T>, isGone: (error: unknown) => boolean): Promise<T | undefined> => {
  try {
    return await calls;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
};
