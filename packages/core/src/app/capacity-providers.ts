import type { ProviderType } from "../domain/capacity/capacity-option.ts";
import type { Assumption } from "../domain/issues/issue.ts";
import { settlePlacement } from "../domain/placement/assume-placement.ts";
import type { Service, StrategyItem } from "../domain/workload/service.ts";
import type { CapacitySettings, ProviderSpec } from "./capacity-settings.ts";

/** The providers that a service could use, and what it uses today. */
export interface ServiceProviders {
  readonly specs: readonly ProviderSpec[];
  /** Types whose Spot part is to be split by instance family, because no provider of theirs is named. */
  readonly spotByFamily: boolean;
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

/** Every provider of the types to consider: those of today's strategy, those the caller names, and one of each kind else. */
export const providersOf = (service: Service, purchase: string, settings: CapacitySettings): ServiceProviders => {
  const named = settings.named ?? [];
  const configured = configuredProviders(service, purchase, named);
  const { todayType } = configured;
  const types = [...new Set([todayType, ...(settings.providers ?? []), ...named.map(({ type }) => type)])];
  const given = unique([...named, ...configured.specs]);
  const own = given.filter((spec) => types.includes(spec.type));
  const generic = types.flatMap((type) => genericProviders(type, own, purchase));
  const groups = own.filter(({ type }) => type === "auto-scaling-group");
  return {
    ...configured,
    specs: unique([...own, ...generic]),
    spotByFamily: types.includes("auto-scaling-group") && !groups.some(isSpotSpec),
    assumptions: [...configured.assumptions, ...(generic.some(isPlaceholder) ? [PLACEHOLDERS] : [])],
  };
};

interface Configured {
  readonly specs: readonly ProviderSpec[];
  readonly todayType: ProviderType;
  readonly today?: readonly StrategyItem[];
  readonly assumptions: readonly Assumption[];
}

const configuredProviders = (service: Service, purchase: string, named: readonly ProviderSpec[]): Configured => {
  const { placement } = service;
  if (placement.kind === "strategy") return configuredStrategy(placement.items, purchase, named);
  const settled = settlePlacement(service);
  const launchType = settled.kind === "launch-type" ? settled.launchType : "FARGATE";
  const assumptions = settled.kind === "launch-type" && settled.assumption !== undefined ? [settled.assumption] : [];
  switch (launchType) {
    case "FARGATE":
      return { specs: FARGATE, todayType: "fargate", today: [only("FARGATE")], assumptions };
    case "MANAGED_INSTANCES":
      return { specs: MANAGED, todayType: "managed-instances", today: [only("managed-instances")], assumptions };
    case "EC2": {
      const spec = groupProvider(purchase);
      return { specs: [spec], todayType: "auto-scaling-group", today: [only(spec.capacityProvider)], assumptions };
    }
    case "EXTERNAL":
      return { specs: [], todayType: "fargate", assumptions };
  }
};

const configuredStrategy = (
  items: readonly StrategyItem[],
  purchase: string,
  named: readonly ProviderSpec[],
): Configured => {
  const specs = items.map((item) => specOf(item.capacityProvider, purchase, named));
  const guessed = items.filter(
    ({ capacityProvider }) =>
      !isFargate(capacityProvider) && !named.some((spec) => spec.capacityProvider === capacityProvider),
  );
  return {
    specs,
    todayType: specs[0]?.type ?? "fargate",
    today: items.length === 1 ? items.map((item) => ({ ...item, weight: Math.max(1, item.weight) })) : items,
    assumptions: guessed.length > 0 ? [KIND_BY_NAME] : [],
  };
};

/** Launch type, or the providers of the strategy, as configured. */
export const runsOn = ({ placement }: Service, { today }: ServiceProviders): readonly string[] => {
  if (placement.kind === "launch-type") return [placement.launchType];
  return placement.kind === "strategy"
    ? placement.items.map(({ capacityProvider }) => capacityProvider)
    : (today ?? []).map(({ capacityProvider }) => capacityProvider);
};

const isFargate = (name: string): boolean => FARGATE.some(({ capacityProvider }) => capacityProvider === name);

const specOf = (name: string, purchase: string, named: readonly ProviderSpec[]): ProviderSpec =>
  [...FARGATE, ...named].find(({ capacityProvider }) => capacityProvider === name) ?? {
    capacityProvider: name,
    type: "auto-scaling-group",
    purchase: /spot/i.test(name) ? "spot" : purchase,
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

const KIND_BY_NAME: Assumption = {
  code: "provider-kind-by-name",
  detail:
    "A capacity provider other than Fargate's is taken to be an Auto Scaling group: of Spot instances where its name has spot " +
    "in it, else bought as the setting ec2.purchase says; --provider NAME=... tells what it is.",
};

const PLACEHOLDERS: Assumption = {
  code: "provider-names",
  detail:
    "Names such as asg-on-demand, asg-spot-m7g or managed-instances stand for providers of that kind: create them, or tell " +
    "the names of yours with --provider.",
};
