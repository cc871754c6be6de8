import { COUNT_KEYS, type UsageEntry } from "../../../schema/usage.ts";
import type { NamedUsage } from "./usage-file.ts";

/** A resource as a usage file can name it. */
export interface Usable {
  readonly address: string;
  readonly type?: string;
}

/** `aws_ecs_service.web[*]`: the star stands for any text, everything else for itself. */
const patternOf = (address: string): RegExp => {
  const parts = address.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s");
};

/** Whether an entry is for a resource: by address, by a pattern of addresses, or as a default by its type. */
export const usageMatcher = ({ address, isDefault }: NamedUsage): ((resource: Usable) => boolean) => {
  if (isDefault === true) return ({ type }) => type === address;
  if (!address.includes("*")) return (resource) => resource.address === address;
  const pattern = patternOf(address);
  return (resource) => pattern.test(resource.address);
};

const rankOf = ({ address, isDefault }: NamedUsage): number => (isDefault === true ? 0 : address.includes("*") ? 1 : 2);

/** Keys of the count, of which a nearer entry gives one instead of another. */
const COUNT: readonly (keyof UsageEntry)[] = COUNT_KEYS;

const laid = (far: UsageEntry, near: UsageEntry): UsageEntry => {
  const counted = COUNT.some((key) => near[key] !== undefined);
  const kept = counted
    ? Object.fromEntries(Object.entries(far).filter(([key]) => !(COUNT as readonly string[]).includes(key)))
    : far;
  return { ...kept, ...near };
};

/** Finds what is said of a resource: its own entry above patterns, and those above the default of its type. */
export const usageFinder = (usage: readonly NamedUsage[]): ((resource: Usable) => UsageEntry) => {
  const byAddress = new Map<string, NamedUsage[]>();
  const others: { readonly item: NamedUsage; readonly matches: (resource: Usable) => boolean }[] = [];
  for (const item of usage) {
    if (rankOf(item) === 2) byAddress.set(item.address, [...(byAddress.get(item.address) ?? []), item]);
    else others.push({ item, matches: usageMatcher(item) });
  }
  others.sort((a, b) => rankOf(a.item) - rankOf(b.item) || a.item.address.length - b.item.address.length);
  return (resource) => {
    const found = others.filter(({ matches }) => matches(resource)).map(({ item }) => item);
    return [...found, ...(byAddress.get(resource.address) ?? [])].reduce<UsageEntry>(
      (far, { entry }) => laid(far, entry),
      {},
    );
  };
};
