import type { Problem } from "../../../domain/issues/border-error.ts";
import { nearestKey } from "../../../schema/nearest-key.ts";
import { quoted } from "../../../schema/problems.ts";
import type { UsageEntry } from "../../../schema/usage.ts";
import type { Joined } from "../planned/joined.ts";
import type { HeldResource } from "../planned/planned.ts";
import type { NamedUsage } from "../planned/usage-file.ts";
import { usageMatcher } from "../planned/usage-matches.ts";
import { type UsageEffects, usageEffects } from "./usage-effects.ts";

/** What is wrong with one address of a usage file. */
export interface UsageProblem extends Problem {
  readonly address: string;
  /** Nothing is there: another side of a change may have it. */
  readonly absent?: true;
}

const MOST_LISTED = 8;

const absent = ({ address, isDefault, place }: NamedUsage, known: readonly string[]): UsageProblem => {
  if (isDefault === true) {
    return {
      address,
      where: place(),
      detail: `no plan or template holds a resource of type ${quoted(address)}`,
      absent: true,
    };
  }
  const near = nearestKey(address, known);
  const hint = near === undefined ? "" : `; did you mean ${quoted(near)}?`;
  const detail = `no plan or template holds a resource at ${quoted(address)}${hint}`;
  return { address, where: place(), detail, absent: true };
};

const without = (usage: NamedUsage, held: readonly HeldResource[], effects: UsageEffects): readonly UsageProblem[] => {
  const effective = new Set<string>(held.flatMap((item) => [...effects(item)]));
  const keys = (Object.keys(usage.entry) as (keyof UsageEntry)[]).filter((key) => !effective.has(key));
  const type = held[0]?.type ?? "";
  const possible = [...effective].sort().slice(0, MOST_LISTED).join(", ");
  const what = possible === "" ? `nothing can be given for ${type}` : `of ${type} it can give ${possible}`;
  return keys.map((key) => ({
    address: usage.address,
    where: usage.place(),
    detail: `${key} has no effect on ${quoted(usage.address)}: ${what}`,
  }));
};

/** Usage of what is not there, and keys that have no effect. */
export const usageProblems = (joined: Joined, usage: readonly NamedUsage[]): readonly UsageProblem[] => {
  const all = joined.inputs.flatMap(({ held }) => held);
  const byAddress = Map.groupBy(all, ({ address }) => address);
  const effects = usageEffects(joined);
  const known = [...byAddress.keys()];
  return usage.flatMap((item) => {
    const isOne = item.isDefault !== true && !item.address.includes("*");
    const held = isOne ? (byAddress.get(item.address) ?? []) : all.filter(usageMatcher(item));
    return held.length === 0 ? [absent(item, known)] : without(item, held, effects);
  });
};
