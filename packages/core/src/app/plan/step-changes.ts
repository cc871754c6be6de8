import { isOnFargate, settlePlacement } from "../../domain/placement/assume-placement.ts";
import type { PlanEffortLevel, PlanStepKind } from "../../domain/report/plan-report.ts";
import { describeSize } from "../../domain/sizing/size-fit.ts";
import type { Service } from "../../domain/workload/service.ts";
import type { CapacityProvider, SharedInfrastructure } from "../../domain/workload/shared.ts";
import { withSize } from "../estimate/reprice-service.ts";

/** Services of a state of the inventory, and the capacity providers that they need. */
export interface PlanState {
  readonly services: readonly Service[];
  readonly shared: SharedInfrastructure;
}

/** Changes that are made together. */
export interface StepChange {
  readonly kind: PlanStepKind;
  readonly subjects: readonly string[];
  readonly effort: PlanEffortLevel;
  readonly risk: PlanEffortLevel;
  readonly detail: string;
  readonly undo: string;
  readonly apply: (state: PlanState) => PlanState;
}

/** What becomes of a service: today, with the size that its utilization allows, and under the plan. */
export interface ServiceChange {
  readonly before: Service;
  readonly sized: Service;
  readonly after: Service;
}

/** Changes up to this many are a step each; beyond, those of one kind in one cluster are one. */
const MOST_SINGLE_STEPS = 60;

/** The changes of a plan as steps: sizes, what stays on Fargate, and what shares instances. */
export const stepChanges = (
  changes: readonly ServiceChange[],
  before: SharedInfrastructure,
  added: readonly CapacityProvider[],
): readonly StepChange[] => {
  const shared = withProviders(before, added);
  const sizes = changes.filter(({ before: a, sized: b }) => a !== b).map((each) => ({ ...each, after: each.sized }));
  const moves = changes.map(({ sized, after }) => ({ before: sized, sized, after })).filter(isMoved);
  const fleetMoves = moves.filter((move) => !staysOnFargate(move, shared));
  const fargateMoves = moves.filter((move) => staysOnFargate(move, shared));
  return [
    ...grouped(sizes, changes.length, () => "resize").map((group) => sizeStep(group)),
    ...grouped(fargateMoves, changes.length, fargateKind).map((group) => fargateStep(group)),
    ...[...Map.groupBy(fleetMoves, ({ before: { cluster } }) => cluster).values()].map((group) =>
      fleetStep(group, shared, added),
    ),
  ];
};

const isMoved = ({ before, after }: ServiceChange): boolean =>
  before.task?.architecture !== after.task?.architecture ||
  JSON.stringify(before.placement) !== JSON.stringify(after.placement);

const staysOnFargate = ({ before, after }: ServiceChange, shared: SharedInfrastructure): boolean =>
  isOnFargate(settlePlacement(before, shared)) && isOnFargate(settlePlacement(after, shared));

const fargateKind = ({ before, after }: ServiceChange): "spot" | "architecture" =>
  before.task?.architecture === after.task?.architecture ? "spot" : "architecture";

const grouped = (
  changes: readonly ServiceChange[],
  total: number,
  kind: (change: ServiceChange) => string,
): readonly (readonly ServiceChange[])[] =>
  total <= MOST_SINGLE_STEPS
    ? changes.map((change) => [change])
    : [...Map.groupBy(changes, (change) => `${change.before.cluster}\n${kind(change)}`).values()];

const idsOf = (changes: readonly ServiceChange[]): readonly string[] => changes.map(({ before }) => before.id);

const replacing =
  (changes: readonly ServiceChange[], change: (service: Service, after: Service) => Service) =>
  (state: PlanState): PlanState => {
    const byId = new Map(changes.map(({ before, after }) => [before.id, after]));
    const services = state.services.map((service) => {
      const after = byId.get(service.id);
      return after === undefined ? service : change(service, after);
    });
    return { ...state, services };
  };

const namesOf = (changes: readonly ServiceChange[]): string => {
  const [first, ...rest] = changes.map(({ before }) => before.name);
  if (rest.length === 0) return first ?? "";
  return rest.length > 3 ? `${changes.length} services` : [first, ...rest].join(", ");
};

const sizeOf = ({ task }: Service): string =>
  task === undefined ? "its size" : describeSize({ cpu: task.cpu, memory: task.memory });

const sizeStep = (changes: readonly ServiceChange[]): StepChange => {
  const [only] = changes;
  const detail =
    changes.length === 1 && only !== undefined
      ? `Give ${only.before.name} ${sizeOf(only.after)} instead of ${sizeOf(only.before)}.`
      : `Give ${namesOf(changes)} the sizes that their utilization allows.`;
  return {
    kind: "resize",
    subjects: idsOf(changes),
    effort: "low",
    risk: "medium",
    detail,
    undo: "Register the task definition with the size before and update the service.",
    apply: replacing(changes, (service, after) => {
      const { task, demand } = after;
      return task === undefined ? service : { ...withSize(service, task), ...(demand === undefined ? {} : { demand }) };
    }),
  };
};

const strategyText = ({ placement }: Service): string =>
  placement.kind === "strategy"
    ? placement.items
        .map(
          ({ capacityProvider, base, weight }) =>
            `${capacityProvider}${base > 0 ? ` base ${base}` : ""} weight ${weight}`,
        )
        .join(", ")
    : "FARGATE";

const usesSpot = ({ placement }: Service): boolean =>
  placement.kind === "strategy" && placement.items.some(({ capacityProvider }) => /spot/i.test(capacityProvider));

/** Fargate may ask for a larger legal size, which then comes with the move. */
const withPlacement = (changes: readonly ServiceChange[]) => {
  const rounded = new Set(
    changes.filter(({ before, after }) => !sameSize(before, after)).map(({ before }) => before.id),
  );
  return replacing(changes, (service, after) => {
    if (service.task === undefined || after.task === undefined) return service;
    const { task } = rounded.has(service.id) ? withSize(service, after.task) : service;
    if (task === undefined) return service;
    const { architecture, networkMode } = after.task;
    return { ...service, placement: after.placement, task: { ...task, architecture, networkMode } };
  });
};

const sameSize = ({ task: a }: Service, { task: b }: Service): boolean => a?.cpu === b?.cpu && a?.memory === b?.memory;

const fargateStep = (changes: readonly ServiceChange[]): StepChange => {
  const [first] = changes;
  const kind = first === undefined ? "spot" : fargateKind(first);
  const spot = changes.some(({ after }) => usesSpot(after));
  const one = changes.length === 1 && first !== undefined;
  const architecture = first?.after.task?.architecture ?? "arm64";
  const strategy = one ? ` (${strategyText(first.after)})` : "";
  const text =
    kind === "architecture"
      ? `Build ${one ? "the image" : "the images"} of ${namesOf(changes)} for ${architecture}${spot ? ` and run it on Fargate with Spot${strategy}` : ""}.`
      : spot
        ? `Run ${namesOf(changes)} on Fargate with Spot${strategy}.`
        : `Run ${namesOf(changes)} on Fargate${strategy}.`;
  return {
    kind,
    subjects: idsOf(changes),
    effort: kind === "architecture" ? "medium" : "low",
    risk: spot ? "medium" : "low",
    detail: text,
    undo:
      kind === "architecture"
        ? "Deploy the task definition for the architecture before, with the strategy before."
        : "Update the service with the strategy before and force a new deployment.",
    apply: withPlacement(changes),
  };
};

const withProviders = (shared: SharedInfrastructure, added: readonly CapacityProvider[]): SharedInfrastructure => {
  const known = shared.capacityProviders ?? [];
  const isKnown = ({ name, cluster }: CapacityProvider): boolean =>
    known.some((each) => each.name === name && each.cluster === cluster);
  const fresh = added.filter((provider) => !isKnown(provider));
  return fresh.length === 0 ? shared : { ...shared, capacityProviders: [...known, ...fresh] };
};

/** Everything of a cluster that moves on, off or between instances: each costs what the others leave of the fleet. */
const fleetStep = (
  changes: readonly ServiceChange[],
  shared: SharedInfrastructure,
  added: readonly CapacityProvider[],
): StepChange => {
  const cluster = changes[0]?.before.cluster ?? "";
  const on = changes.filter(({ after }) => !isOnFargate(settlePlacement(after, shared)));
  const off = changes.filter(({ after }) => isOnFargate(settlePlacement(after, shared)));
  const images = changes.some(({ before, after }) => before.task?.architecture !== after.task?.architecture);
  const parts = [
    ...(on.length > 0 ? [`put ${namesOf(on)} on shared instances of cluster ${cluster}`] : []),
    ...(off.length > 0 ? [`move ${namesOf(off)} from instances to Fargate`] : []),
  ];
  const text = parts.join(" and ");
  const needs = images ? " Some need images for another architecture." : "";
  const own = added.filter((provider) => provider.cluster === cluster);
  const move = withPlacement(changes);
  const kind = on.length > 0 ? "fleet" : "launch-option";
  return {
    kind,
    subjects: idsOf(changes),
    effort: on.length > 0 ? "high" : images ? "medium" : "low",
    risk: "medium",
    detail: `${text.charAt(0).toUpperCase()}${text.slice(1)}.${needs}`,
    undo: "Update the services with the launch type or strategy before; then remove the capacity provider.",
    apply: (state) => {
      const moved = move(state);
      return { ...moved, shared: withProviders(moved.shared, own) };
    },
  };
};
