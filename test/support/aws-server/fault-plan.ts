import { chance } from "./noise.ts";

/** Shares of the requests, from 0 to 1, that fail in a way; what is left out never happens. */
export interface FaultPlan {
  readonly seed?: number;
  readonly throttled?: number;
  readonly serverError?: number;
  /** The connection is cut in the middle of the answer. */
  readonly cut?: number;
  /** The answer never comes. */
  readonly stalled?: number;
  /** The answer begins and never ends. */
  readonly hung?: number;
  /** A page comes again, with its token. */
  readonly repeatedPage?: number;
  /** A page comes without the token of the next one. */
  readonly endedEarly?: number;
  /** Fields have another type than the API says. */
  readonly wrongType?: number;
  /** `ecs:DescribeServices`, or `ecs:DescribeServices@eu-west-1`, or with a `/cluster` behind it; `*` as the action is all of a region. */
  readonly denied?: readonly string[];
  /** Every call after this many is refused with expired credentials. */
  readonly expiredAfter?: number;
  /** Every call after this many is cut, as if the program had been killed. */
  readonly deadAfter?: number;
}

export type Fault =
  | "throttled"
  | "server-error"
  | "cut"
  | "stalled"
  | "hung"
  | "repeated-page"
  | "ended-early"
  | "wrong-type";

const SHARES = [
  ["throttled", "throttled"],
  ["serverError", "server-error"],
  ["cut", "cut"],
  ["stalled", "stalled"],
  ["hung", "hung"],
  ["repeatedPage", "repeated-page"],
  ["endedEarly", "ended-early"],
  ["wrongType", "wrong-type"],
] as const satisfies readonly (readonly [keyof FaultPlan, Fault])[];

/** The fault of a request: depends on what it asks for and how often it came, not on what happens at the same time. */
export const faultOf = (plan: FaultPlan, request: string, attempt: number): Fault | undefined => {
  const roll = chance(`${attempt}:${request}`, plan.seed ?? 1);
  let edge = 0;
  for (const [share, fault] of SHARES) {
    edge += plan[share] ?? 0;
    if (roll < edge) return fault;
  }
  return undefined;
};
