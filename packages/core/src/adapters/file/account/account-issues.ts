import type { Issue } from "../../../domain/issues/issue.ts";
import type { ResourceOutcome } from "../../../domain/workload/resource-account.ts";
import type { MeteredResource } from "../../../domain/workload/shared.ts";
import type { HeldResource } from "../planned/planned.ts";

/** Where a resource ends. */
export interface Judged {
  readonly held: HeldResource;
  readonly outcome: ResourceOutcome;
  readonly reason: string;
  /** How loudly it is told; not at all where not given. */
  readonly severity?: Issue["severity"];
  readonly metered?: MeteredResource;
}

const MOST_LISTED = 5;

const listed = (addresses: readonly string[]): string => {
  const shown = addresses.slice(0, MOST_LISTED).join(", ");
  return addresses.length > MOST_LISTED ? `${shown} and ${addresses.length - MOST_LISTED} more` : shown;
};

const codeOf = ({ outcome }: Judged): Issue["code"] =>
  outcome === "not-understood" ? "not-understood" : outcome === "priced" ? "unknown-cost" : "ignored-input";

/** One issue for each type and reason, with the resources that it is about. */
export const accountIssues = (judged: readonly Judged[]): readonly Issue[] => {
  const told = judged.filter(({ severity }) => severity !== undefined);
  const groups = Map.groupBy(told, ({ held, reason }) => `${held.type} ${reason}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first?.severity === undefined) return [];
    const { type } = first.held;
    const addresses = [...new Set(group.map(({ held }) => held.address))].sort();
    const [only = type, ...others] = addresses;
    const included = first.outcome === "not-ecs" ? "" : "; it is not included";
    const told = others.length === 0 ? "" : ` (${listed(addresses)})`;
    return [
      {
        code: codeOf(first),
        severity: first.severity,
        subject: others.length === 0 ? only : type,
        detail: `${type} ${first.reason}${included}${told}`,
      },
    ];
  });
};
