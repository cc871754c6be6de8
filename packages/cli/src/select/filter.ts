import { usageError } from "../program/usage-error.ts";
import { parseConditions, truthOf } from "./conditions.ts";
import { type Fields, fieldOf } from "./fields.ts";

interface Tagged {
  readonly tags: Readonly<Record<string, string>>;
}

const refuse = (message: string, hint?: string): Error => usageError(`--filter: ${message}`, hint);

/**
 * The test that an expression such as `cluster=production,monthlyCost>100` describes. Commas mean and (`\,` is a comma);
 * `~` finds a part of a text, whatever its case; `=unknown` finds what is not known, which no other condition on
 * numbers does.
 */
export const parseFilter = <T extends Tagged>(expression: string, fields: Fields<T>): ((thing: T) => boolean) => {
  const tests = parseConditions(expression, refuse).map((condition) => ({
    condition,
    field: fieldOf(condition.name, fields, "--filter"),
  }));
  return (thing) => tests.every(({ condition, field }) => truthOf(field(thing), condition, refuse) === true);
};
