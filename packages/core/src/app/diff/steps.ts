import type { PriceCatalogue } from "../../domain/pricing/price.ts";
import type { AttributeValue } from "../../domain/report/diff-report.ts";
import type { Service } from "../../domain/workload/service.ts";
import type { SharedInfrastructure } from "../../domain/workload/shared.ts";
import type { Pair } from "./pairs.ts";
import { isMatched } from "./pairs.ts";
import { SERVICE_ATTRIBUTES, type ServiceAttribute } from "./service-attributes.ts";
import { SHARED_ATTRIBUTES } from "./shared-attributes.ts";

/** One side of a difference as it is priced. */
export interface PricedSide {
  readonly shared: SharedInfrastructure;
  readonly catalogue: PriceCatalogue;
}

/** A state on the way from one side to the other: the services in the order of their pairs, without those that are not there. */
export interface DiffState extends PricedSide {
  readonly services: readonly (Service | undefined)[];
}

/** What a step changes about a subject itself. */
export interface OwnChange {
  readonly attribute: string;
  readonly from: AttributeValue;
  readonly to: AttributeValue;
}

/** One part of the way. */
export interface DiffStep {
  readonly apply: (state: DiffState) => DiffState;
  /** What it changes about the service of a pair. */
  readonly ofService: (index: number) => OwnChange | undefined;
  /** What it changes about what is shared. */
  readonly ofShared?: OwnChange;
  /** The cause where the cost of another subject moves with it; a fleet or tiers where there is none. */
  readonly ofOthers?: OwnChange;
}

/**
 * The way from one side to the other, in a fixed order: services that are removed, the attributes of services, those of
 * what is shared, prices, services that are added. Each attribute is taken over for all services at once.
 */
export const diffSteps = (
  pairs: readonly Pair<Service>[],
  before: PricedSide,
  after: PricedSide,
): readonly DiffStep[] => [
  ...(pairs.some(({ after: kept }) => kept === undefined) ? [removal(pairs)] : []),
  ...SERVICE_ATTRIBUTES.flatMap((attribute) => attributeStep(attribute, pairs)),
  ...sharedSteps(before, after),
  ...(before.catalogue === after.catalogue ? [] : [priceStep(before.catalogue, after.catalogue)]),
  arrival(pairs, after),
];

const NOTHING_OWN = (): undefined => undefined;

const removal = (pairs: readonly Pair<Service>[]): DiffStep => ({
  apply: (state) => ({
    ...state,
    services: state.services.map((service, index) => (pairs[index]?.after === undefined ? undefined : service)),
  }),
  ofService: NOTHING_OWN,
});

const attributeStep = (attribute: ServiceAttribute, pairs: readonly Pair<Service>[]): readonly DiffStep[] => {
  const own = pairs.map((pair): OwnChange | undefined => {
    if (!isMatched(pair) || attribute.key(pair.before) === attribute.key(pair.after)) return undefined;
    const { before, after } = pair;
    if (attribute.isComparable?.(before, after) === false) return undefined;
    const name = attribute.name(before, after);
    return { attribute: name, from: attribute.show(before, name), to: attribute.show(after, name) };
  });
  if (own.every((change) => change === undefined)) return [];
  const take = (service: Service | undefined, index: number): Service | undefined => {
    const target = pairs[index]?.after;
    if (service === undefined || target === undefined || own[index] === undefined) return service;
    return attribute.take(service, target);
  };
  return [
    {
      apply: (state) => ({ ...state, services: state.services.map(take) }),
      ofService: (index) => own[index],
    },
  ];
};

const sharedSteps = (before: PricedSide, after: PricedSide): readonly DiffStep[] =>
  SHARED_ATTRIBUTES.flatMap(({ name, show, take }) => {
    const change = { attribute: name, from: show(before.shared), to: show(after.shared) };
    if (change.from === change.to) return [];
    return [
      {
        apply: (state) => ({ ...state, shared: take(state.shared, after.shared) }),
        ofService: NOTHING_OWN,
        ...(ofFleets(name) ? {} : { ofShared: change }),
        ofOthers: change,
      },
    ];
  });

/** Whether it changes what services cost on instances, and nothing of the cost that is shared. */
const ofFleets = (name: string): boolean => name.startsWith("shared.ec2.") || name === "shared.capacityProviders";

const priceStep = (before: PriceCatalogue, after: PriceCatalogue): DiffStep => ({
  apply: (state) => ({ ...state, catalogue: after }),
  ofService: NOTHING_OWN,
  ofOthers: priceChange(before, after),
});

/** Another region has other prices; otherwise it is the book that differs. */
export const priceChange = (
  before: { readonly region: string | undefined; readonly source: string; readonly asOf: string },
  after: { readonly region: string | undefined; readonly source: string; readonly asOf: string },
): OwnChange =>
  before.region === after.region
    ? { attribute: "prices", from: `${before.source} ${before.asOf}`, to: `${after.source} ${after.asOf}` }
    : { attribute: "region", from: before.region ?? null, to: after.region ?? null };

/** The side after, as it is: with what is added, and with everything that no attribute names. */
const arrival = (pairs: readonly Pair<Service>[], after: PricedSide): DiffStep => ({
  apply: () => ({ ...after, services: pairs.map((pair) => pair.after) }),
  ofService: NOTHING_OWN,
});
