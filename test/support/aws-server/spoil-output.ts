import type { Fault } from "./fault-plan.ts";
import type { Operation } from "./operations.ts";

type Fields = Readonly<Record<string, unknown>>;

const TOKENS = ["nextToken", "NextToken", "NextMarker", "NextPageToken"];

const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === "object" && !Array.isArray(value);

const endEarly = (output: Fields): Fields => {
  const kept = Object.entries(output).filter(([name]) => !TOKENS.includes(name));
  return Object.fromEntries(kept);
};

/** The token that was asked with comes back, so that the same page would follow again. */
const repeat = (operation: Operation, output: Fields): Fields => {
  const name = TOKENS.find((token) => typeof operation.input[token] === "string");
  return name === undefined ? output : { ...output, [name]: operation.input[name] };
};

const spoilValue = (value: unknown): unknown => {
  if (Array.isArray(value))
    return value.map((each) => (typeof each === "number" ? `n${each}` : isFields(each) ? spoilFields(each) : 7));
  return typeof value === "number" ? "not a number" : value;
};

const spoilFields = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, spoilValue(value)]));

/** The output of an operation with the fault in it, for the faults that show in the output. */
export const spoilOutput = (operation: Operation, output: unknown, fault: Fault | undefined): unknown => {
  if (!isFields(output)) return output;
  if (fault === "ended-early") return endEarly(output);
  if (fault === "repeated-page") return repeat(operation, output);
  if (fault === "wrong-type") return spoilFields(output);
  return output;
};
