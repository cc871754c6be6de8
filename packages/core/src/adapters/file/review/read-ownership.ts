import type { Ownership } from "../../../domain/review/ownership/owner-rules.ts";
import { type OwnershipFile, ownershipSchema } from "../../../schema/ownership.ts";
import { type SchemaProblem, schemaProblems } from "../../../schema/problems.ts";
import { refuseProblems } from "../text/checked.ts";
import { readDocument } from "../text/document.ts";
import { readText } from "../text/read-text.ts";

const undecided = ({ rules = [] }: OwnershipFile): readonly SchemaProblem[] =>
  rules.flatMap(({ team, split }, index) =>
    (team === undefined) === (split === undefined)
      ? [{ path: ["rules", index], detail: "needs either team or split" }]
      : [],
  );

const textShares = (shares: Readonly<Record<string, string | number>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(shares).map(([team, percent]) => [team, String(percent)]));

/**
 * Reads an ownership file, YAML or JSON; every problem in it is reported at once.
 *
 * @throws {BorderError} with source `user` where it cannot be read or is none.
 */
export const readOwnership = (file: string): Ownership => {
  const document = readDocument(file, readText(file, file));
  document.refuseDuplicateKeys();
  refuseProblems(document, schemaProblems(ownershipSchema, document.data));
  const given = document.data as OwnershipFile;
  refuseProblems(document, undecided(given));
  const { rules = [], tags = [], shared } = given;
  return {
    rules: rules.map(({ split, ...rule }) => ({
      ...rule,
      ...(split === undefined ? {} : { split: textShares(split) }),
    })),
    tags,
    ...(shared === undefined ? {} : { shared: shared === "cost" ? shared : textShares(shared) }),
  } as Ownership;
};
