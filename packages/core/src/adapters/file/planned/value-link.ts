import type { Link } from "./planned.ts";

/** Marks a value that is the name or ARN of another planned resource. */
export const LINK: unique symbol = Symbol("link");

/** A value that stands for another planned resource. */
export interface ValueLink extends Link {
  readonly [LINK]: true;
  /** What of the resource: `Ref`, `Arn`, `Name`. */
  readonly attribute: string;
}

/** The link that a value is, or undefined. */
export const referenceOf = (value: unknown): ValueLink | undefined =>
  typeof value === "object" && value !== null && LINK in value ? (value as ValueLink) : undefined;
