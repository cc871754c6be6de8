import type { Service } from "../../../domain/workload/service.ts";
import type { NamedShared } from "../planned/draft.ts";

/** What one region and account holds of several inputs. */
export interface RegionPart<S> {
  readonly region?: string;
  readonly account?: string;
  readonly services: readonly S[];
  readonly shared: readonly NamedShared[];
}

const keyOf = (region: string | undefined, account: string | undefined): string =>
  JSON.stringify([region ?? null, account ?? null]);

/** Settings without what is billed by itself. */
const settingsOf = (named: NamedShared): NamedShared => {
  const {
    natGateways: _nat,
    resources: _resources,
    logGroups: _groups,
    instanceGroups: _instances,
    ...shared
  } = named.shared;
  return {
    ...named,
    shared: { ...shared, vpcEndpoints: [], loadBalancers: [] },
    given: named.given.filter((key) => key !== "natGateways"),
  };
};

/** Whether something of it is billed by itself. */
const isBilled = ({ shared }: NamedShared): boolean =>
  shared.natGateways !== undefined ||
  [
    shared.vpcEndpoints,
    shared.loadBalancers,
    shared.resources ?? [],
    shared.logGroups ?? [],
    shared.instanceGroups ?? [],
  ].some((list) => list.length > 0);

interface OpenPart<S> {
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly services: S[];
  readonly shared: NamedShared[];
}

/**
 * Divides services over the regions that they are in, and over accounts where there are several; `fallback` is the region of what names none. What is
 * shared is in the first part of its region, its settings hold for the other accounts there and for the regions of other
 * services that the same file speaks of.
 */
export const regionParts = <S extends { readonly service: Service }>(
  services: readonly S[],
  shared: readonly NamedShared[],
  fallback: string | undefined,
): readonly RegionPart<S>[] => {
  const accounts = new Set(services.flatMap(({ service }) => service.account ?? []));
  const parts = new Map<string, OpenPart<S>>();
  const partOf = (region: string | undefined, account: string | undefined): OpenPart<S> => {
    const key = keyOf(region, account);
    const part = parts.get(key) ?? { region, account, services: [], shared: [] };
    parts.set(key, part);
    return part;
  };
  for (const each of services) {
    const account = accounts.size > 1 ? each.service.account : undefined;
    partOf(each.service.region ?? fallback, account).services.push(each);
  }
  for (const named of shared) {
    const home = named.region ?? fallback;
    const there = [...parts.values()].find(({ region }) => region === home);
    const first = there ?? (isBilled(named) || parts.size === 0 ? partOf(home, undefined) : undefined);
    for (const part of parts.values()) {
      if (part === first) part.shared.push(named);
      else if (part.region === home || named.regions?.includes(part.region ?? "") === true)
        part.shared.push(settingsOf(named));
    }
  }
  if (parts.size === 0) partOf(fallback, undefined);
  return [...parts.values()].map(({ region, account, ...rest }) => ({
    ...rest,
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
  }));
};
