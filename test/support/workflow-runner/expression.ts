/** What expressions of GitHub Actions can name: `inputs`, `steps`, `github` and so on. */
export type Contexts = Readonly<Record<string, unknown>>;

type Value = string | number | boolean | null | object;

const TOKEN =
  /\s*(?:(?<text>'(?:[^']|'')*')|(?<number>-?\d+(?:\.\d+)?)|(?<name>[A-Za-z_][\w-]*)|(?<sign>&&|\|\||[=!]=|[!().]))/y;

interface Token {
  readonly kind: "text" | "number" | "name" | "sign";
  readonly text: string;
}

const tokensOf = (expression: string): Token[] => {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < expression.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(expression)?.groups;
    const [kind, text] = Object.entries(groups ?? {}).find(([, part]) => part !== undefined) ?? [];
    if (kind === undefined || text === undefined) throw new Error(`not an expression from ${at}: ${expression}`);
    tokens.push({ kind: kind as Token["kind"], text });
  }
  return tokens;
};

/** The state of a job, which the functions of a condition tell. */
export interface JobState {
  readonly failed: boolean;
}

/** The value of an expression, as far as the expressions of this project's actions and recipes go. */
export const evaluate = (expression: string, contexts: Contexts, state: JobState = { failed: false }): Value => {
  const tokens = tokensOf(expression);
  const next = (sign: string): boolean => {
    if (tokens[0]?.kind !== "sign" || tokens[0].text !== sign) return false;
    tokens.shift();
    return true;
  };
  const either = (): Value => {
    let value = both();
    while (next("||")) {
      const other = both();
      value = isTrue(value) ? value : other;
    }
    return value;
  };
  const both = (): Value => {
    let value = comparison();
    while (next("&&")) {
      const other = comparison();
      value = isTrue(value) ? other : value;
    }
    return value;
  };
  const comparison = (): Value => {
    const value = negation();
    if (next("==")) return same(value, negation());
    if (next("!=")) return !same(value, negation());
    return value;
  };
  const negation = (): Value => (next("!") ? !isTrue(negation()) : primary());
  const primary = (): Value => {
    if (next("(")) {
      const value = either();
      if (!next(")")) throw new Error(`a ) is missing: ${expression}`);
      return value;
    }
    const token = tokens.shift();
    if (token?.kind === "text") return token.text.slice(1, -1).replaceAll("''", "'");
    if (token?.kind === "number") return Number(token.text);
    if (token?.kind !== "name") throw new Error(`not an expression: ${expression}`);
    if (next("(")) {
      if (!next(")")) throw new Error(`functions with arguments are not known here: ${expression}`);
      return called(token.text, state);
    }
    return named(token.text);
  };
  const named = (name: string): Value => {
    if (["true", "false", "null"].includes(name)) return JSON.parse(name) as Value;
    if (!Object.hasOwn(contexts, name)) throw new Error(`there is no context ${name}: ${expression}`);
    let value: unknown = contexts[name];
    while (next(".")) value = property(value, tokens.shift()?.text ?? "");
    return (value ?? null) as Value;
  };
  const value = either();
  if (tokens.length > 0) throw new Error(`what follows is no expression: ${expression}`);
  return value;
};

const property = (value: unknown, key: string): unknown =>
  value !== null && typeof value === "object" && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : null;

const called = (name: string, { failed }: JobState): boolean => {
  const values: Readonly<Record<string, boolean>> = {
    always: true,
    success: !failed,
    failure: failed,
    cancelled: false,
  };
  const value = values[name];
  if (value === undefined) throw new Error(`there is no function ${name} here`);
  return value;
};

export const isTrue = (value: Value): boolean => value !== null && value !== "" && value !== 0 && value !== false;

/** Values of two types are compared as numbers. */
const same = (a: Value, b: Value): boolean => {
  if (typeof a === typeof b) return typeof a === "string" ? a.toLowerCase() === String(b).toLowerCase() : a === b;
  return numberOf(a) === numberOf(b);
};

const numberOf = (value: Value): number =>
  value === null ? 0 : typeof value === "object" ? Number.NaN : Number(value);

/** A text with its `${{ }}` worked out. */
export const interpolate = (text: string, contexts: Contexts, state?: JobState): string =>
  text.replace(/\$\{\{(?<expression>[\s\S]*?)\}\}/g, (_, expression: string) => {
    const value = evaluate(expression, contexts, state);
    return value === null ? "" : String(value);
  });

/** Whether a step runs: without a function of its own only where nothing has failed. */
export const holds = (condition: string | undefined, contexts: Contexts, state: JobState): boolean => {
  if (condition === undefined) return !state.failed;
  const expression = /^\s*\$\{\{(?<inner>[\s\S]*)\}\}\s*$/.exec(condition)?.groups?.["inner"] ?? condition;
  const asks = /\b(?:always|failure|success|cancelled)\(\)/.test(expression);
  return (asks || !state.failed) && isTrue(evaluate(expression, contexts, state));
};
