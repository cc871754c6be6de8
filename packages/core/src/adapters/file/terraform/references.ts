import { isData } from "../planned/block.ts";
import type { PlanContents, PlanModule, PlanResource } from "./plan-resources.ts";
import { mostSpecific, type Step, traversal } from "./traversal.ts";

type Data = Readonly<Record<string, unknown>>;

/** Finds the resources that an expression of a resource refers to. */
export interface References {
  /** Resources of a type that a setting refers to, through variables and outputs of modules. */
  readonly from: (
    resource: PlanResource,
    setting: readonly (string | number)[],
    type: string,
  ) => readonly PlanResource[];
  /** Resources of any type that is read which the configuration of a resource names, as far as it does so by itself. */
  readonly named: (resource: Pick<PlanResource, "module" | "type" | "name">) => readonly PlanResource[];
  /** Whether the configuration sets a setting; otherwise the provider does. */
  readonly sets: (resource: PlanResource, setting: string) => boolean;
  /** Key of the provider configuration of a resource. */
  readonly providerOf: (resource: PlanResource) => string | undefined;
}

/** A place that a reference is read at: an instance of a module, and the key of the instance that refers. */
interface Site {
  readonly module: string;
  readonly key?: string | number | undefined;
  /** What `for_each` goes over there. */
  readonly each?: unknown;
}

const DEEPEST = 40;
const MOST_STEPS = 2000;

const dataIn = (data: Data | undefined, key: string): Data | undefined => {
  const value = data !== undefined && Object.hasOwn(data, key) ? data[key] : undefined;
  return isData(value) ? value : undefined;
};

/** References of an expression; those of nested blocks as well. */
const referencesIn = (expression: unknown, depth = 0): readonly string[] => {
  if (depth > DEEPEST) return [];
  if (Array.isArray(expression)) return expression.flatMap((item) => referencesIn(item, depth + 1));
  if (!isData(expression)) return [];
  const { references } = expression;
  if (Array.isArray(references)) return references.filter((item) => typeof item === "string");
  return Object.values(expression).flatMap((item) => referencesIn(item, depth + 1));
};

const expressionAt = (expressions: unknown, setting: readonly (string | number)[]): unknown => {
  let here = expressions;
  for (const step of setting) {
    if (here === null || typeof here !== "object" || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
};

const matching = <T extends { readonly key?: string | number; readonly index?: string | number }>(
  instances: readonly T[],
  wanted: string | number | undefined,
  own: string | number | undefined,
): readonly T[] => {
  const keyOf = (instance: T) => instance.index ?? instance.key;
  if (wanted !== undefined) return instances.filter((instance) => keyOf(instance) === wanted);
  const same = own === undefined ? [] : instances.filter((instance) => keyOf(instance) === own);
  return same.length > 0 ? same : instances;
};

const below = (module: string, name: string): string => (module === "" ? name : `${module}.${name}`);

/** References of the configuration of a plan; without a configuration nothing refers to anything. */
export const planReferences = (configuration: unknown, { resources, modules }: PlanContents): References => {
  const root = dataIn(isData(configuration) ? configuration : undefined, "root_module");
  const moduleAt = new Map(modules.map((module) => [module.address, module]));
  const children = Map.groupBy(modules, ({ parent, name }) => JSON.stringify([parent, name]));
  const instances = Map.groupBy(resources, ({ module, type, name }) => below(module, `${type}.${name}`));
  const configs = new Map<string, Data | undefined>();
  const settings = new Map<string, ReadonlyMap<unknown, Data>>();

  const configOf = (module: PlanModule | undefined): Data | undefined => {
    if (module === undefined) return root;
    if (!configs.has(module.address)) {
      const calls = dataIn(configOf(moduleAt.get(module.parent)), "module_calls");
      configs.set(module.address, dataIn(dataIn(calls, module.name), "module"));
    }
    return configs.get(module.address);
  };

  const resourceConfig = ({ module, type, name }: Pick<PlanResource, "module" | "type" | "name">): Data | undefined => {
    let known = settings.get(module);
    if (known === undefined) {
      const listed = configOf(moduleAt.get(module))?.["resources"];
      known = new Map((Array.isArray(listed) ? listed : []).filter(isData).map((item) => [item["address"], item]));
      settings.set(module, known);
    }
    return known.get(`${type}.${name}`);
  };

  const find = (start: Site, expression: unknown, type: string): readonly PlanResource[] => {
    const found = new Set<PlanResource>();
    const seen = new Set<string>();
    const left: { readonly site: Site; readonly reference: string }[] = [];
    const push = (site: Site, from: unknown) => {
      for (const reference of mostSpecific(referencesIn(from))) left.push({ site, reference });
    };
    const variable = (site: Site, name: string) => {
      const module = moduleAt.get(site.module);
      if (module === undefined) return;
      const calls = dataIn(configOf(moduleAt.get(module.parent)), "module_calls");
      const call = dataIn(calls, module.name);
      const each = call?.["for_each_expression"];
      push({ module: module.parent, key: module.key, each }, dataIn(call, "expressions")?.[name]);
    };
    const output = (site: Site, name: string, steps: readonly Step[]) => {
      const at = steps.findIndex((step) => step.name !== undefined);
      const [first] = steps;
      const all = children.get(JSON.stringify([site.module, name])) ?? [];
      for (const child of matching(all, first?.key, site.key)) {
        const outputs = dataIn(configOf(child), "outputs");
        push({ module: child.address }, at < 0 ? outputs : dataIn(outputs, steps[at]?.name ?? "")?.["expression"]);
      }
    };
    push(start, expression);
    for (let steps = 0; left.length > 0 && steps < MOST_STEPS; steps++) {
      const { site, reference } = left.pop() as (typeof left)[number];
      const id = JSON.stringify([site.module, site.key, reference]);
      if (seen.has(id)) continue;
      seen.add(id);
      const [head, name, ...rest] = traversal(reference);
      if (head?.name === "var") variable(site, name?.name ?? "");
      else if (head?.name === "each") push({ module: site.module, key: site.key }, site.each);
      else if (head?.name === "module") output(site, name?.name ?? "", rest);
      else if (head?.name === type) {
        const all = instances.get(below(site.module, `${type}.${name?.name}`)) ?? [];
        for (const one of matching(all, rest[0]?.key, site.key)) found.add(one);
      }
    }
    return [...found];
  };

  return {
    from: (resource, setting, type) => {
      const config = resourceConfig(resource);
      const site = { module: resource.module, key: resource.index, each: config?.["for_each_expression"] };
      return find(site, expressionAt(config?.["expressions"], setting), type);
    },
    named: (resource) =>
      referencesIn(resourceConfig(resource)?.["expressions"]).flatMap((reference) => {
        const [type, name] = traversal(reference);
        return instances.get(below(resource.module, `${type?.name}.${name?.name}`)) ?? [];
      }),
    sets: (resource, setting) => {
      const expressions = resourceConfig(resource)?.["expressions"];
      return isData(expressions) && Object.hasOwn(expressions, setting);
    },
    providerOf: (resource) => {
      const key = resourceConfig(resource)?.["provider_config_key"];
      return typeof key === "string" ? key : undefined;
    },
  };
};
