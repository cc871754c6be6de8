/** Who can do something about a failure at a border: the user, AWS, a forge that takes comments, or the makers of this library. */
export type ErrorSource = "user" | "aws" | "forge" | "internal";

/** A place in an input. Lines count from 1. */
export interface Where {
  readonly file: string;
  readonly line?: number;
  /** Path of the key, for example `services[0].task.cpu`. */
  readonly key?: string;
}

/** One thing that is wrong with an input. */
export interface Problem {
  readonly where: Where;
  readonly detail: string;
}

export interface BorderErrorOptions {
  /** Stable, kebab-case, for example `unreadable-file`. */
  readonly code: string;
  readonly source: ErrorSource;
  /** What the reader can do about it. */
  readonly hint?: string;
  readonly where?: Where;
  /** Everything that is wrong, where there is more to say than the message. */
  readonly problems?: readonly Problem[];
  readonly cause?: unknown;
}

const BRAND = Symbol.for("@ecs-cost/core/BorderError");

/** A failure at a border of the library: an unreadable file, an invalid input, a refusal of AWS. Never a defect. */
export class BorderError extends Error {
  override readonly name = "BorderError";
  readonly code: string;
  readonly source: ErrorSource;
  readonly hint?: string;
  readonly where?: Where;
  readonly problems: readonly Problem[];

  constructor(message: string, options: BorderErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.source = options.source;
    if (options.hint !== undefined) this.hint = options.hint;
    if (options.where !== undefined) this.where = options.where;
    this.problems = options.problems ?? [];
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** Whether a thrown value is a `BorderError`, also one of another copy of this package. */
export const isBorderError = (error: unknown): error is BorderError =>
  error instanceof Error && (error as { readonly [BRAND]?: unknown })[BRAND] === true;

/** `api.yaml:12: services[0].task`: a place as messages begin with it. */
export const placeText = (where: Where): string =>
  [where.line === undefined ? where.file : `${where.file}:${where.line}`, ...(where.key ? [where.key] : [])].join(": ");
