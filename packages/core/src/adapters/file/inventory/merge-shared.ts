import type { Issue } from "../../../domain/issues/issue.ts";
import { NO_SHARED } from "../../../domain/workload/defaults.ts";
import type { Service } from "../../../domain/workload/service.ts";
import type { CapacityProvider, SharedInfrastructure } from "../../../domain/workload/shared.ts";
import { quoted } from "../../../schema/problems.ts";
import type { NamedShared } from "../planned/draft.ts";
import { placed } from "../text/checked.ts";
import { invalidInput } from "../text/invalid-input.ts";

const KEYS = ["natGateways", "containerInsights", "ec2"] as const;

const refuseTwice = (all: readonly NamedShared[]): void => {
  for (const key of KEYS) {
    const [first, second] = all.filter(({ given, planned }) => given.includes(key) && planned === undefined);
    if (first === undefined || second === undefined) continue;
    const detail = `shared.${key} is given here and in ${placed(first.place())}; only one input may give it`;
    throw invalidInput("shared-twice", second.place(), detail);
  }
};

const nameOf = ({ name, cluster }: CapacityProvider): string => JSON.stringify([name, cluster ?? null]);

const refuseProvidersTwice = (all: readonly NamedShared[]): void => {
  const seen = new Map<string, NamedShared>();
  for (const each of all.filter(({ planned }) => planned === undefined)) {
    for (const provider of each.shared.capacityProviders ?? []) {
      const before = seen.get(nameOf(provider));
      if (before !== undefined && before !== each) {
        const detail = `capacity provider ${quoted(provider.name)} is given here and in ${placed(before.place())}; only one input may give it`;
        throw invalidInput("shared-twice", each.place(), detail);
      }
      seen.set(nameOf(provider), each);
    }
  }
};

/** Providers of all inputs, each as the first of them has it. */
const mergeProviders = (ordered: readonly NamedShared[]): Pick<SharedInfrastructure, "capacityProviders"> => {
  const all = ordered.flatMap(({ shared }) => shared.capacityProviders ?? []);
  const first = new Map(all.toReversed().map((provider) => [nameOf(provider), provider]));
  return all.length === 0 ? {} : { capacityProviders: all.filter((each) => first.get(nameOf(each)) === each) };
};

/** What a workload file says of all clusters stands above what is planned of each. */
const mergeInsights = (
  ordered: readonly NamedShared[],
): Pick<SharedInfrastructure, "containerInsights" | "clusters"> => {
  const given = ordered.find(({ given, planned }) => given.includes("containerInsights") && planned === undefined);
  const all = given === undefined ? ordered : ordered.filter(({ planned }) => planned === undefined);
  const named = all.flatMap(({ shared }) => shared.clusters ?? []);
  const clusters = named.filter(({ name }, i) => named.findIndex((each) => each.name === name) === i);
  return {
    containerInsights: given?.shared.containerInsights ?? "off",
    ...(clusters.length === 0 ? {} : { clusters }),
  };
};

/**
 * Shared infrastructure of several inputs: lists are joined, everything else is given once; what a workload file says
 * stands above what is planned.
 */
export const mergeShared = (all: readonly NamedShared[]): SharedInfrastructure => {
  refuseTwice(all);
  refuseProvidersTwice(all);
  const ordered = [...all.filter(({ planned }) => !planned), ...all.filter(({ planned }) => planned)];
  const of = (key: (typeof KEYS)[number]) => ordered.find(({ given }) => given.includes(key))?.shared ?? NO_SHARED;
  const { natGateways } = of("natGateways");
  const instanceGroups = all.flatMap(({ shared }) => shared.instanceGroups ?? []);
  const logGroups = all.flatMap(({ shared }) => shared.logGroups ?? []);
  const resources = all.flatMap(({ shared }) => shared.resources ?? []);
  return {
    ...(natGateways === undefined ? {} : { natGateways }),
    vpcEndpoints: all.flatMap(({ shared }) => shared.vpcEndpoints),
    loadBalancers: all.flatMap(({ shared }) => shared.loadBalancers),
    ...mergeInsights(ordered),
    ec2: of("ec2").ec2,
    ...mergeProviders(ordered),
    ...(instanceGroups.length === 0 ? {} : { instanceGroups }),
    ...(resources.length === 0 ? {} : { resources }),
    ...(logGroups.length === 0 ? {} : { logGroups }),
  };
};

/** Services that load balancers name and that no input holds. */
export const unknownBackends = (shared: SharedInfrastructure, services: readonly Service[]): readonly Issue[] => {
  const known = new Set(services.flatMap(({ id, name }) => [id, name]));
  return shared.loadBalancers.flatMap((balancer) =>
    balancer.services
      .filter((name) => !known.has(name))
      .map((name): Issue => {
        const detail = `stands behind load balancer ${quoted(balancer.name)}, but no input holds a service of this name`;
        return { code: "ignored-input", severity: "warning", subject: name, detail };
      }),
  );
};
