import type { Where } from "../../../domain/issues/border-error.ts";
import { type PolicyFile, type PolicyRule, policySchema } from "../../../schema/policy.ts";
import { quoted, type SchemaProblem, schemaProblems } from "../../../schema/problems.ts";
import { refuseProblems, whereOf } from "../text/checked.ts";
import { readDocument } from "../text/document.ts";
import { readText } from "../text/read-text.ts";

/** A rule with the place of each of its keys, for messages. */
export interface PlacedRule {
  readonly rule: PolicyRule;
  readonly place: (key: keyof PolicyRule) => Where;
}

const repeated = (rules: PolicyFile["rules"]): readonly SchemaProblem[] => {
  const first = new Map<string, number>();
  return rules.flatMap(({ id }, index) => {
    const before = first.get(id);
    if (before === undefined) first.set(id, index);
    return before === undefined
      ? []
      : [{ path: ["rules", index, "id"], detail: `${quoted(id)} is the id of two rules` }];
  });
};

/**
 * Reads a policy file, YAML or JSON; every problem in it is reported at once. Whether its conditions can be read is for
 * those to say who know the fields of a report.
 *
 * @throws {BorderError} with source `user` where it cannot be read or is no policy.
 */
export const readPolicyFile = (file: string): readonly PlacedRule[] => {
  const document = readDocument(file, readText(file, file));
  document.refuseDuplicateKeys();
  refuseProblems(document, schemaProblems(policySchema, document.data));
  const { rules } = document.data as PolicyFile;
  refuseProblems(document, repeated(rules));
  return rules.map((rule, index) => ({ rule, place: (key) => whereOf(document, ["rules", index, key]) }));
};
