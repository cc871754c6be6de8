import { schemaProblems } from "../../../schema/problems.ts";
import { type PlannedModule, plannedModuleSchema } from "../../../schema/terraform-plan.ts";
import { type Block, isData } from "../planned/block.ts";
import { UNKNOWN } from "../planned/planned.ts";
import { refuseProblems } from "../text/checked.ts";
import type { InputDocument } from "../text/document.ts";
import { invalidInput } from "../text/invalid-input.ts";
import type { PlanState } from "./plan-states.ts";
import { traversal } from "./traversal.ts";

/** A resource that exists after the plan is applied. */
export interface PlanResource extends Block {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  /** Key of `count` or `for_each`. */
  readonly index?: string | number;
  /** Address of its module; empty for the root module. */
  readonly module: string;
}

/** A resource before its settings are worked out. */
export interface HeldPlanResource extends Omit<PlanResource, "data"> {
  readonly data: () => PlanResource["data"];
}

/** An instance of a module. */
export interface PlanModule {
  readonly address: string;
  readonly parent: string;
  readonly name: string;
  readonly key?: string | number;
}

export interface PlanContents {
  readonly resources: readonly PlanResource[];
  /** All resources, their settings not yet worked out. */
  readonly all: readonly HeldPlanResource[];
  readonly modules: readonly PlanModule[];
}

const DEEPEST = 100;

const moduleOf = (address: string, parent: string): PlanModule => {
  const steps = traversal(address.slice(parent === "" ? 0 : parent.length + 1));
  const key = steps[2]?.key;
  return { address, parent, name: steps[1]?.name ?? "", ...(key === undefined ? {} : { key }) };
};

/** Lays what is known only after apply over what is known. */
const overlay = (value: unknown, unknown: unknown, depth = 0): unknown => {
  if (unknown === true || depth > DEEPEST) return UNKNOWN;
  if (Array.isArray(unknown)) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [];
    const length = Math.max(items.length, unknown.length);
    return Array.from({ length }, (_, i) => overlay(items[i], unknown[i], depth + 1));
  }
  if (!isData(unknown)) return value;
  const known = isData(value) ? value : {};
  const laid = Object.entries(unknown).map(([key, part]) => [
    key,
    overlay(Object.hasOwn(known, key) ? known[key] : undefined, part, depth + 1),
  ]);
  return Object.fromEntries([...Object.entries(known), ...laid]);
};

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** Resources, those of the wanted types with their settings, and all modules of one state of a plan. */
export const planContents = (document: InputDocument, state: PlanState, types: ReadonlySet<string>): PlanContents => {
  const all: HeldPlanResource[] = [];
  const modules: PlanModule[] = [];
  const left = [{ data: state.root ?? {}, path: [...state.path], parent: "" }];
  for (let next = left.shift(); next !== undefined; next = left.shift()) {
    const { data, path, parent } = next;
    if (path.length > DEEPEST)
      throw invalidInput("nested-too-deeply", { file: document.file }, "its modules nest too deeply");
    refuseProblems(
      document,
      schemaProblems(plannedModuleSchema, data).map((problem) => ({ ...problem, path: [...path, ...problem.path] })),
    );
    const module = data as PlannedModule;
    const address = module.address ?? "";
    if (address !== "") modules.push(moduleOf(address, parent));
    for (const [i, entry] of (module.resources ?? []).entries()) {
      const { mode, type, name, index, values, address: own, deposed_key: deposed } = entry;
      if (mode === "data" || deposed != null || state.isForgotten(own)) continue;
      all.push({
        document,
        path: [...path, "resources", i, "values"],
        data: once(() => {
          const known = overlay(state.valuesOf(own, values ?? {}), state.unknowns.get(own));
          return isData(known) ? known : {};
        }),
        address: state.addressOf(own),
        type,
        name,
        ...(index == null ? {} : { index }),
        module: address,
      });
    }
    for (const [i, child] of (module.child_modules ?? []).entries()) {
      left.push({ data: child, path: [...path, "child_modules", i], parent: address });
    }
  }
  const resources = all.filter(({ type }) => types.has(type)).map((item) => ({ ...item, data: item.data() }));
  return { resources, all, modules };
};
