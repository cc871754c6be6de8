import { isPlain } from "./template-value.ts";

/** True, false, or undefined where it depends on what is not known. */
export type Truth = boolean | undefined;

const isScalar = (value: unknown): boolean => ["string", "number", "boolean"].includes(typeof value);

const equals = (value: unknown): Truth => {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [a, b] = value as readonly unknown[];
  return isScalar(a) && isScalar(b) ? String(a) === String(b) : undefined;
};

const DEEPEST = 40;

/** Evaluates the conditions of a template. */
export const conditionsOf = (
  conditions: Readonly<Record<string, unknown>>,
  resolve: (value: unknown) => unknown,
): ((name: string) => Truth) => {
  const known = new Map<string, Truth>();
  const named = (name: string, depth: number): Truth => {
    if (known.has(name)) return known.get(name);
    known.set(name, undefined);
    const truth = Object.hasOwn(conditions, name) ? evaluate(conditions[name], depth + 1) : undefined;
    known.set(name, truth);
    return truth;
  };
  const evaluate = (value: unknown, depth: number): Truth => {
    if (typeof value === "boolean") return value;
    if (!isPlain(value) || depth > DEEPEST) return undefined;
    const each = (key: string): Truth[] =>
      Array.isArray(value[key]) ? (value[key] as unknown[]).map((item) => evaluate(item, depth + 1)) : [undefined];
    if (typeof value["Condition"] === "string") return named(value["Condition"], depth);
    if ("Fn::Equals" in value) return equals(resolve(value["Fn::Equals"]));
    if ("Fn::Not" in value) {
      const [truth] = each("Fn::Not");
      return truth === undefined ? undefined : !truth;
    }
    if ("Fn::And" in value) {
      const all = each("Fn::And");
      return all.includes(false) ? false : all.includes(undefined) ? undefined : true;
    }
    if ("Fn::Or" in value) {
      const all = each("Fn::Or");
      return all.includes(true) ? true : all.includes(undefined) ? undefined : false;
    }
    return undefined;
  };
  return (name) => named(name, 0);
};
