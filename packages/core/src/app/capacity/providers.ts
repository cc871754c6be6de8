import type { ProviderType } from "../../domain/capacity/capacity-option.ts";
import type { Assumption } from "../../domain/issues/issue.ts";
import { type SettledPlacement, settlePlacement } from "../../domain/placement/assume-placement.ts";
import { type InstancePart, instanceParts } from "../../domain/placement/configured-fleets.ts";
import { findProvider, type InstanceProvider, providersOfCluster } from "../../domain/placement/instance-provider.ts";
import type { Service, StrategyItem } from "../../domain/workload/service.ts";
import type { SharedInfrastructure } from "../../domain/workload/shared.ts";
import type { CapacitySettings, ProviderSpec } from "./settings.ts";

/** The providers that a service could use, and what it uses today. */
export interface ServiceProviders {
  readonly specs: readonly ProviderSpec[];
  /** Types whose Spot part is to be split by instance family, because no provider of theirs is named. */
  readonly spotByFamily: boolean;
  /** Where its tasks run today. */
  readonly placement: SettledPlacement;
  readonly todayType: ProviderType;
  /** Today's strategy; undefined where the service runs on something that no provider stands for. */
  readonly today?: readonly StrategyItem[];
  readonly assumptions: readonly Assumption[];
}

const FARGATE: readonly ProviderSpec[] = [
  { capacityProvider: "FARGATE", type: "fargate", purchase: "on-demand" },
  { capacityProvider: "FARGATE_SPOT", type: "fargate", purchase: "spot" },
];

const MANAGED: readonly ProviderSpec[] = [
  { capacityProvider: "managed-instances", type: "managed-instances", purchase: "on-demand" },
  { capacityProvider: "managed-instances-spot", type: "managed-instances", purchase: "spot" },
];

/** Every provider of the types to consider: today's, those that are told of, and one of each kind else. */
export const providersOf = (
  service: Service,
  shared: SharedInfrastructure,
  settings: CapacitySettings,
): ServiceProviders => {
  const named = settings.named ?? [];
  const told = withNamed(shared, named);
  const configured = configuredProviders(service, told);
  const { todayType } = configured;
  const types = [...new Set([todayType, ...(settings.providers ?? []), ...named.map(({ type }) => type)])];
  const ofCluster = providersOfCluster(service.cluster, told).map(({ name }) =>
    findProvider(name, service.cluster, told),
  );
  const own = unique([
    ...named,
    ...configured.specs,
    ...ofCluster.map(({ provider }) => specOf(provider, provider.name)),
  ]).filter((spec) => types.includes(spec.type));
  const generic = types.flatMap((type) => genericProviders(type, own, shared.ec2.purchase));
  const groups = own.filter(({ type }) => type === "auto-scaling-group");
  const guessed = ofCluster.flatMap(({ provider, assumption }) =>
    assumption !== undefined && types.includes(provider.type) ? [assumption] : [],
  );
  return {
    ...configured,
    specs: unique([...own, ...generic]),
    spotByFamily: types.includes("auto-scaling-group") && !groups.some(isSpotSpec),
    assumptions: [
      ...configured.assumptions,
      ...(configured.assumptions.length === 0 ? guessed.slice(0, 1) : []),
      ...(generic.some(isPlaceholder) ? [PLACEHOLDERS] : []),
    ],
  };
};

/** What the caller says of providers stands above what the inputs say. */
const withNamed = (shared: SharedInfrastructure, named: readonly ProviderSpec[]): SharedInfrastructure => {
  const names = new Set(named.map(({ capacityProvider }) => capacityProvider));
  const entries = named.flatMap(({ capacityProvider: name, type, purchase }) =>
    type === "fargate" ? [] : [{ name, type, purchase }],
  );
  const others = (shared.capacityProviders ?? []).filter(({ name }) => !names.has(name));
  return { ...shared, capacityProviders: [...entries, ...others] };
};

interface Configured {
  readonly specs: readonly ProviderSpec[];
  readonly placement: SettledPlacement;
  readonly todayType: ProviderType;
  readonly today?: readonly StrategyItem[];
  readonly assumptions: readonly Assumption[];
}

const configuredProviders = (service: Service, shared: SharedInfrastructure): Configured => {
  const placement = settlePlacement(service, shared);
  const settled = placement.kind === "fargate-strategy" ? undefined : placement.assumption;
  const common = { placement, assumptions: settled === undefined ? [] : [settled] };
  if (placement.kind !== "launch-type") {
    const { items } = placement;
    const today = items.length === 1 ? items.map((item) => ({ ...item, weight: Math.max(1, item.weight) })) : items;
    const providers = placement.kind === "fargate-strategy" ? [] : placement.providers;
    const specs = items.flatMap(({ capacityProvider }, index) => {
      const provider = providers[index];
      const onFargate = FARGATE.find((spec) => spec.capacityProvider === capacityProvider);
      return onFargate ?? (provider === undefined ? [] : specOf(provider, capacityProvider));
    });
    return { ...common, specs, todayType: specs[0]?.type ?? "fargate", today };
  }
  const { launchType } = placement;
  if (launchType === "EXTERNAL") return { ...common, specs: [], todayType: "fargate" };
  if (launchType === "FARGATE") return { ...common, specs: FARGATE, todayType: "fargate", today: [only("FARGATE")] };
  const [spec] = launchType === "EC2" ? [groupProvider(shared.ec2.purchase)] : MANAGED;
  if (spec === undefined) throw new Error(`Nothing stands for the launch type ${launchType}`);
  const specs = launchType === "EC2" ? [spec] : MANAGED;
  return { ...common, specs, todayType: spec.type, today: [only(spec.capacityProvider)] };
};

const specOf = (
  { type, purchase, instanceTypes, targetCapacity }: InstanceProvider,
  capacityProvider: string,
): ProviderSpec => ({
  capacityProvider,
  type,
  purchase,
  ...(instanceTypes.length === 0 ? {} : { instanceTypes }),
  ...(targetCapacity === undefined ? {} : { targetCapacity }),
});

/** What runs on instances today, by the names that the providers have in today's strategy; each count is to be held. */
export const partsToday = (
  { placement, today }: Pick<ServiceProviders, "placement" | "today">,
  counts: readonly number[],
  shared: SharedInfrastructure,
): ReadonlyMap<string, InstancePart> =>
  new Map(
    instanceParts(placement, counts, shared).map((part, index) => [
      part.provider.name ?? today?.[index]?.capacityProvider ?? "",
      part,
    ]),
  );

/** Launch type, or the providers of the strategy, as configured. */
export const runsOn = ({ placement }: Service, { today }: ServiceProviders): readonly string[] => {
  if (placement.kind === "launch-type") return [placement.launchType];
  return placement.kind === "strategy"
    ? placement.items.map(({ capacityProvider }) => capacityProvider)
    : (today ?? []).map(({ capacityProvider }) => capacityProvider);
};

const genericProviders = (
  type: ProviderType,
  own: readonly ProviderSpec[],
  purchase: string,
): readonly ProviderSpec[] => {
  if (type === "fargate") return FARGATE;
  const known = own.filter((spec) => spec.type === type);
  if (type === "managed-instances") {
    return MANAGED.filter((spec) => !known.some((other) => isSpotSpec(other) === isSpotSpec(spec)));
  }
  return known.some((spec) => !isSpotSpec(spec)) ? [] : [groupProvider(purchase)];
};

const groupProvider = (purchase: string): ProviderSpec => ({
  capacityProvider: `asg-${purchase}`,
  type: "auto-scaling-group",
  purchase,
});

/** An Auto Scaling group of Spot instances of one family. */
export const spotGroup = (family: string): ProviderSpec => ({
  capacityProvider: `asg-spot-${family}`,
  type: "auto-scaling-group",
  purchase: "spot",
  families: [family],
});

export const isSpotSpec = ({ purchase }: ProviderSpec): boolean => purchase === "spot";

const isPlaceholder = ({ type }: ProviderSpec): boolean => type !== "fargate";

const only = (capacityProvider: string): StrategyItem => ({ capacityProvider, base: 0, weight: 1 });

const unique = (specs: readonly ProviderSpec[]): readonly ProviderSpec[] =>
  specs.filter((spec, i) => specs.findIndex((other) => other.capacityProvider === spec.capacityProvider) === i);

const PLACEHOLDERS: Assumption = {
  code: "provider-names",
  detail:
    "Names such as asg-on-demand, asg-spot-m7g or managed-instances stand for providers of that kind: create them, or tell " +
    "the names of yours with --provider or shared.capacityProviders.",
};
