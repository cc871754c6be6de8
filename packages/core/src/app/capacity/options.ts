import type { CapacityOption } from "../../domain/capacity/capacity-option.ts";
import type { CountProfile } from "../../domain/capacity/count-profile.ts";
import {
  ec2SpotInterruption,
  FARGATE_SPOT_INTERRUPTION,
  type SourcedInterruption,
  withInterruptionSettings,
} from "../../domain/capacity/interruption.ts";
import type { Reason } from "../../domain/issues/issue.ts";
import type { PriceCatalogue } from "../../domain/pricing/price.ts";
import type { Service } from "../../domain/workload/service.ts";
import type { TaskShape } from "../../domain/workload/task.ts";
import type { CostContext } from "../context/cost-context.ts";
import type { FleetMember, FleetPrices } from "./fleet-prices.ts";
import { isSpotSpec, type ServiceProviders, spotGroup } from "./providers.ts";
import type { CapacitySettings, ProviderSpec } from "./settings.ts";
import { fargateTaskHour, type PriceAnswer, type TaskHourPrice } from "./task-hour-prices.ts";

/** A provider with its price, ready for the search. */
interface PricedOption {
  readonly spec: ProviderSpec;
  readonly price: TaskHourPrice;
  readonly option: CapacityOption;
}

/** The providers that a service could use and that have a price, and why the others have none. */
export interface ServiceOptions {
  readonly priced: readonly PricedOption[];
  readonly reasons: readonly Reason[];
  readonly missingKeys: readonly string[];
}

/** A service whose task and counts are known. */
export interface Advisable {
  readonly service: Service;
  readonly task: TaskShape;
  readonly profile: CountProfile;
  readonly providers: ServiceProviders;
  readonly member: FleetMember;
}

/** Prices every provider of a service. */
export const optionsOf = (
  advisable: Advisable,
  fleets: FleetPrices,
  settings: CapacitySettings,
  context: CostContext,
): ServiceOptions => {
  const { service, task, profile, providers, member } = advisable;
  const families = providers.spotByFamily ? fleets.spotFamilies(member) : [];
  const ask = (spec: ProviderSpec): readonly [ProviderSpec, PriceAnswer] => [
    spec,
    spec.type === "fargate" ? fargateTaskHour(service, task, spec, profile, context) : fleets.priceOf(member, spec),
  ];
  const named = providers.specs.map(ask);
  const found = families.map((family) => ask(spotGroup(family)));
  const answers = [...named, ...found];
  return {
    priced: answers.flatMap(([spec, answer]) =>
      answer.kind === "priced" ? [pricedOption(spec, answer.price, settings, context.catalogue)] : [],
    ),
    reasons: [
      ...named.flatMap(([spec, answer]) => obstacle(spec, answer)),
      ...(providers.spotByFamily ? spotObstacle(found.map(([, answer]) => answer)) : []),
    ],
    missingKeys: [...new Set(answers.flatMap(([, answer]) => (answer.kind === "unpriced" ? answer.keys : [])))],
  };
};

/** Families are only proposals: told once, where none of them can be had. */
const spotObstacle = (answers: readonly PriceAnswer[]): readonly Reason[] => {
  if (answers.some(({ kind }) => kind === "priced")) return [];
  const [first] = answers;
  return first?.kind === "impossible" ? first.reasons : [NO_SPOT_FAMILY];
};

const NO_SPOT_FAMILY: Reason = {
  code: "no-spot-family",
  detail:
    "No Auto Scaling group of Spot instances was considered: no allowed type that holds the tasks has a Spot price.",
};

const obstacle = ({ capacityProvider }: ProviderSpec, answer: PriceAnswer): Reason[] => {
  if (answer.kind === "priced") return answer.price.notes.map(toldOf(capacityProvider));
  if (answer.kind === "impossible") {
    return answer.reasons.map(toldOf(capacityProvider));
  }
  const detail = `${capacityProvider} is left out, the price book lacks ${answer.keys.join(", ")}.`;
  return [{ code: "missing-price", detail }];
};

const toldOf =
  (capacityProvider: string) =>
  ({ code, detail }: Reason): Reason => ({ code, detail: `${capacityProvider}: ${detail}` });

const pricedOption = (
  spec: ProviderSpec,
  price: TaskHourPrice,
  settings: CapacitySettings,
  catalogue: PriceCatalogue,
): PricedOption => ({
  spec,
  price,
  option: {
    capacityProvider: spec.capacityProvider,
    type: spec.type,
    price: price.taskHour,
    ...(isSpotSpec(spec)
      ? { interruption: withInterruptionSettings(interruptionOf(price, catalogue), settings.interruption ?? {}) }
      : {}),
    ...(spec.maxTasks === undefined ? {} : { maxTasks: spec.maxTasks }),
    ...(price.savingsPlan === undefined ? {} : { savingsPlanPrice: price.savingsPlan }),
  },
});

/** Fargate Spot has no published figure; instances take the worst band of the types that they use. */
const interruptionOf = ({ fleet }: TaskHourPrice, catalogue: PriceCatalogue): SourcedInterruption => {
  if (fleet === undefined) return FARGATE_SPOT_INTERRUPTION;
  const bands = fleet.instanceTypes.map((type) => catalogue.spotInterruptionBand(type));
  return ec2SpotInterruption(bands.some((band) => band === undefined) ? undefined : Math.max(...bands.map(Number)));
};
