import type { AccountRecord, RegionRecord } from "./account.ts";
import { AwsFault } from "./fault.ts";

/** The input of an operation, as its protocol carries it. */
export type Input = Readonly<Record<string, unknown>>;

/** What a handler knows about a call. */
export interface CallContext {
  readonly account: AccountRecord;
  readonly region: string;
  readonly pagePoints?: number;
}

export type JsonHandlers = Readonly<Record<string, (input: Input, context: CallContext) => unknown>>;

const NOTHING: Omit<RegionRecord, "region"> = { clusters: [], taskDefinitions: new Map() };

/** What the account has in the region of a call. */
export const regionOf = ({ account, region }: CallContext): RegionRecord =>
  account.regions.find((each) => each.region === region) ?? { region, ...NOTHING };

/** A text field, or undefined where it is not given. */
export const textOf = (input: Input, name: string): string | undefined => {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw new AwsFault("SerializationException", `${name} must be a string`);
  return value;
};

/** A list of text, empty where it is not given. */
export const textsOf = (input: Input, name: string): readonly string[] => {
  const value = input[name] ?? [];
  if (!Array.isArray(value) || value.some((each) => typeof each !== "string")) {
    throw new AwsFault("SerializationException", `${name} must be a list of strings`);
  }
  return value as string[];
};

/** A list of at most `most` texts; AWS refuses longer ones. */
export const fewTextsOf = (input: Input, name: string, most: number): readonly string[] => {
  const texts = textsOf(input, name);
  if (texts.length > most) {
    throw new AwsFault("InvalidParameterException", `${name} can have at most ${most} items.`);
  }
  return texts;
};

/** A number field, or the default of the API; refused above `most`. */
export const sizeOf = (input: Input, name: string, otherwise: number, most: number): number => {
  const value = input[name] ?? otherwise;
  if (typeof value !== "number" || value < 1 || value > most) {
    throw new AwsFault("InvalidParameterException", `${name} must be between 1 and ${most}`);
  }
  return value;
};
