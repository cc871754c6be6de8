import type { KeyPath } from "../../../schema/problems.ts";
import type { PlanChange, PlannedModule, TerraformPlan } from "../../../schema/terraform-plan.ts";
import { isData } from "../planned/block.ts";

/** Which state of a plan is read: that before it is applied, or that after. */
export type PlanSide = "before" | "after";

/** The modules of one state of a plan, and how its resources are to be read. */
export interface PlanState {
  readonly root: unknown;
  readonly path: KeyPath;
  /** What is known only after apply, by address. */
  readonly unknowns: ReadonlyMap<string, unknown>;
  /** Everything in it is known: it is, or was, deployed. */
  readonly isState: boolean;
  /** Previous addresses by the addresses that `moved` blocks give. */
  readonly moved: ReadonlyMap<string, string>;
  /** The address that a resource has now. */
  readonly addressOf: (address: string) => string;
  /** Whether a resource is passed over, because Terraform stops looking after it and leaves it as it is. */
  readonly isForgotten: (address: string) => boolean;
  readonly valuesOf: (address: string, values: unknown) => unknown;
}

type Resource = NonNullable<PlannedModule["resources"]>[number];

const SAME = (text: string): string => text;
const NONE: ReadonlyMap<string, string> = new Map();
const asIs = (_: string, values: unknown): unknown => values;

/** Deposed objects have the address of what replaces them. */
const changesOf = (plan: TerraformPlan): readonly PlanChange[] =>
  (plan.resource_changes ?? []).filter(({ deposed }) => deposed == null);

const DEEPEST = 100;

const isHeld = (module: unknown, depth = 0): boolean => {
  if (!isData(module) || depth > DEEPEST) return false;
  const { resources, child_modules } = module;
  const own = Array.isArray(resources) && resources.some((item) => isData(item) && item["mode"] !== "data");
  return own || (Array.isArray(child_modules) && child_modules.some((child) => isHeld(child, depth + 1)));
};

const priorRoot = (plan: TerraformPlan): unknown => plan.prior_state?.values?.root_module ?? undefined;

const takesAway = ({ change }: PlanChange): boolean =>
  (change?.actions ?? []).some((action) => action === "delete" || action === "forget");

/** A plan that only takes over what changed outside of Terraform plans no resources, and takes none away. */
const isRefreshOnly = (plan: TerraformPlan): boolean =>
  plan.planned_values != null &&
  !(plan.resource_changes ?? []).some(takesAway) &&
  !isHeld(plan.planned_values.root_module) &&
  isHeld(priorRoot(plan));

const movedOf = (plan: TerraformPlan): ReadonlyMap<string, string> =>
  new Map(
    changesOf(plan).flatMap(({ address, previous_address: previous }) =>
      previous == null || previous === address ? [] : [[address, previous]],
    ),
  );

const forgottenOf = (plan: TerraformPlan): ReadonlySet<string> =>
  new Set(changesOf(plan).flatMap(({ address, change }) => (change?.actions?.includes("forget") ? [address] : [])));

const PRIOR = ["prior_state", "values", "root_module"];

const stateOf = (root: unknown, path: KeyPath): PlanState => ({
  ...{ root, path, unknowns: NONE, isState: true, moved: NONE, addressOf: SAME, valuesOf: asIs },
  isForgotten: () => false,
});

/** What changes say of resources as they will be, where the plan has nothing else. */
const afterChanges = (plan: TerraformPlan): PlanState => ({
  ...stateOf(modulesOf(changesOf(plan), "after"), ["resource_changes"]),
  ...{ unknowns: unknownsOf(plan), isState: false, moved: movedOf(plan) },
});

const unknownsOf = (plan: TerraformPlan): PlanState["unknowns"] =>
  new Map(changesOf(plan).map(({ address, change }) => [address, change?.after_unknown]));

const afterOf = (plan: TerraformPlan): PlanState => {
  if (plan.planned_values == null && plan.values == null && plan.resource_changes != null) return afterChanges(plan);
  if (plan.planned_values == null) return stateOf(plan.values?.root_module, ["values", "root_module"]);
  if (isRefreshOnly(plan)) return stateOf(priorRoot(plan), PRIOR);
  return {
    ...stateOf(plan.planned_values.root_module, ["planned_values", "root_module"]),
    unknowns: unknownsOf(plan),
    isState: false,
    moved: movedOf(plan),
  };
};

/** What a change says of a resource on one side of it. */
const resourceOf = (entry: PlanChange, side: PlanSide): Resource[] => {
  const { change, mode, type, name, index } = entry;
  const values = change?.[side];
  if (!isData(values) || type == null || name == null) return [];
  return [{ address: entry.address, mode: mode ?? "managed", type, name, ...(index == null ? {} : { index }), values }];
};

const modulesOf = (changes: readonly PlanChange[], side: PlanSide): unknown => {
  const byModule = Map.groupBy(changes, ({ module_address: module }) => module ?? "");
  const resources = (module: string) => (byModule.get(module) ?? []).flatMap((entry) => resourceOf(entry, side));
  const below = [...byModule.keys()].filter((module) => module !== "");
  return {
    resources: resources(""),
    child_modules: below.map((address) => ({ address, resources: resources(address) })),
  };
};

/** What drifted, as it was; what is gone since stands in the root module. */
const beforeDrift = (plan: TerraformPlan): PlanState => {
  const drifted = plan.resource_drift ?? [];
  const was = new Map(drifted.map(({ address, change }) => [address, change?.before]));
  const root = priorRoot(plan);
  const gone = drifted
    .filter(({ change }) => change?.actions?.join() === "delete")
    .flatMap((entry) => resourceOf(entry, "before"));
  const own = isData(root) && Array.isArray(root["resources"]) ? root["resources"] : [];
  return {
    ...stateOf({ ...(isData(root) ? root : {}), resources: [...own, ...gone] }, PRIOR),
    valuesOf: (address, values) => was.get(address) ?? values,
  };
};

const beforeOf = (plan: TerraformPlan): PlanState => {
  if (isRefreshOnly(plan)) return beforeDrift(plan);
  const prior = priorRoot(plan);
  const held = isHeld(prior);
  const root = held ? prior : modulesOf(changesOf(plan), "before");
  const now = new Map([...movedOf(plan)].map(([address, previous]) => [previous, address]));
  const forgotten = forgottenOf(plan);
  const there = addressesIn(root);
  // Terraform moves resources in its state before it plans; other tools may not.
  const isMoved = [...now.values()].every((address) => there.has(address));
  return {
    ...stateOf(root, held ? PRIOR : ["resource_changes"]),
    addressOf: (address) => (isMoved ? address : (now.get(address) ?? address)),
    isForgotten: (address) => forgotten.has(address),
  };
};

const addressesIn = (module: unknown, found: Set<string> = new Set(), depth = 0): ReadonlySet<string> => {
  if (!isData(module) || depth > DEEPEST) return found;
  const { resources, child_modules } = module;
  for (const item of Array.isArray(resources) ? resources : []) if (isData(item)) found.add(String(item["address"]));
  for (const child of Array.isArray(child_modules) ? child_modules : []) addressesIn(child, found, depth + 1);
  return found;
};

/** One state of a plan. A file of state has nothing but the state after. */
export const planState = (plan: TerraformPlan, side: PlanSide): PlanState =>
  side === "before" ? beforeOf(plan) : afterOf(plan);
