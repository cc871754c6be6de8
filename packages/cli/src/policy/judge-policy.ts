import { Decimal, placeText } from "@ecs-cost/core/estimate";
import type { PlacedRule } from "@ecs-cost/core/file";
import type { PolicyCommand, PolicySeverity, PolicySubject } from "@ecs-cost/core/schema";
import { nearest } from "../program/nearest.ts";
import { usageError } from "../program/usage-error.ts";
import { type NamedService, refuseAbsent } from "../select/absent.ts";
import { type Condition, parseConditions, type Refusal, type Truth, truthOf } from "../select/conditions.ts";
import { tagKeyOf } from "../select/fields.ts";
import { isFigure, percentText } from "../select/figure.ts";
import { POLICY_FIELDS } from "./policy-fields.ts";
import type { PolicyRow, PolicyRows } from "./policy-rows.ts";

/** What a rule says of one subject. Those that keep to it are only counted. */
export interface PolicyResult {
  readonly rule: string;
  readonly severity: PolicySeverity;
  /** Undecided where a figure that the condition needs is not known. */
  readonly verdict: "failed" | "undecided";
  readonly subject: string;
  /** The line of the bill that it is about, or that most of it comes from; null where there is none. */
  readonly lineItem: string | null;
  readonly message: string;
}

/** What became of a policy. */
export interface PolicyVerdict {
  readonly file: string;
  /** Every rule that the report was judged by, with how many subjects it looked at. */
  readonly rules: readonly { readonly id: string; readonly severity: PolicySeverity; readonly subjects: number }[];
  readonly results: readonly PolicyResult[];
}

/** A rule that can be judged. */
interface ReadRule {
  readonly id: string;
  readonly on: PolicySubject;
  readonly severity: PolicySeverity;
  readonly when: readonly Clause[];
  readonly unless: readonly Clause[];
  readonly message: string;
  readonly refuse: Refusal;
}

interface Clause {
  readonly conditions: readonly Condition[];
}

/** A policy as far as it is about the reports of one command. */
export interface Policy {
  readonly file: string;
  readonly rules: readonly ReadRule[];
}

type Key = Parameters<PlacedRule["place"]>[0];

const refusalAt = ({ place }: PlacedRule, key: Key): Refusal => {
  return (message, hint) => usageError(`${placeText(place(key))}: ${message}`, hint);
};

const clausesOf = (text: string | readonly string[] | undefined, refuse: Refusal): readonly Clause[] => {
  if (text === undefined) return [];
  const all = typeof text === "string" ? [text] : text;
  return all.map((each) => ({ conditions: parseConditions(each, refuse) }));
};

const PLACEHOLDER = /\{\{|\}\}|\{([^{}]*)\}/g;

const placeholders = (message: string): readonly string[] =>
  [...message.matchAll(PLACEHOLDER)].flatMap(([, name]) => (name === undefined ? [] : [name.trim()]));

/** Fields that any of the commands has for a subject. */
const fieldsOf = (on: PolicySubject, commands: readonly PolicyCommand[]): readonly string[] => [
  ...new Set(commands.flatMap((command) => POLICY_FIELDS[command][on] ?? [])),
];

const has = (command: PolicyCommand, on: PolicySubject, names: readonly string[]): boolean =>
  names.every((name) => tagKeyOf(name) !== undefined || POLICY_FIELDS[command][on]?.includes(name) === true);

const ALL = Object.keys(POLICY_FIELDS) as readonly PolicyCommand[];

/** Refuses a field that no report has, naming the nearest. */
const refuseUnknown = (
  on: PolicySubject,
  names: readonly string[],
  commands: readonly PolicyCommand[],
  refuse: Refusal,
): void => {
  const known = fieldsOf(on, commands);
  for (const name of names) {
    if (tagKeyOf(name) !== undefined || known.includes(name)) continue;
    const [guess] = nearest(name, known, 1);
    const hint = `${guess === undefined ? "" : `Did you mean ${guess}? `}Fields of ${on}: ${[...known, "tag.KEY"].join(", ")}.`;
    throw refuse(`there is no field ${name}`, hint);
  }
};

const readRule = (placed: PlacedRule, command: PolicyCommand): ReadRule | undefined => {
  const { rule } = placed;
  const on = rule.on ?? "report";
  const refuse = refusalAt(placed, "when");
  const when = clausesOf(rule.when, refuse);
  const unless = clausesOf(rule.unless, refusalAt(placed, "unless"));
  const message = rule.message ?? "";
  const commands = rule.commands ?? ALL;
  const namesIn = (clauses: readonly Clause[]) =>
    clauses.flatMap(({ conditions }) => conditions.map(({ name }) => name));
  refuseUnknown(on, namesIn(when), commands, refuse);
  refuseUnknown(on, namesIn(unless), commands, refusalAt(placed, "unless"));
  refuseUnknown(on, placeholders(message), commands, refusalAt(placed, "message"));
  const names = [...namesIn(when), ...namesIn(unless), ...placeholders(message)];
  if (!commands.some((each) => has(each, on, names))) {
    throw refuse(`no command has all of ${[...new Set(names)].join(", ")} for ${on}`);
  }
  if (!commands.includes(command) || !has(command, on, names)) return undefined;
  return { id: rule.id, on, severity: rule.severity ?? "error", when, unless, message, refuse };
};

/** The rules of a policy for the reports of a command; throws a usage error for what cannot be read. */
export const readPolicy = (file: string, rules: readonly PlacedRule[], command: PolicyCommand): Policy => ({
  file,
  rules: rules.flatMap((placed) => readRule(placed, command) ?? []),
});

const every = (truths: readonly Truth[]): Truth => {
  if (truths.includes(false)) return false;
  return truths.includes("unknown") ? "unknown" : true;
};

const some = (truths: readonly Truth[]): Truth => {
  if (truths.includes(true)) return true;
  return truths.includes("unknown") ? "unknown" : false;
};

const truth = (clauses: readonly Clause[], row: PolicyRow, refuse: Refusal): Truth =>
  some(
    clauses.map(({ conditions }) =>
      every(conditions.map((condition) => truthOf(row.valueOf(condition.name), condition, refuse))),
    ),
  );

const negated = (value: Truth): Truth => (value === "unknown" ? value : !value);

const PLACES = 6;

/** A value as a message tells it: figures to six places, what is not known by that name. */
const told = (value: ReturnType<PolicyRow["valueOf"]>): string => {
  if (value === null) return "unknown";
  if (isFigure(value)) {
    if (value.open === true) return "unknown";
    const text = value.unit === "percent" ? percentText(value.known) : numberText(value.known);
    return value.complete ? text : `at least ${text}`;
  }
  return value instanceof Decimal ? numberText(value) : value;
};

const numberText = (value: Decimal): string => value.toDecimalPlaces(PLACES).toFixed();

const BRACES: Readonly<Record<string, string>> = { "{{": "{", "}}": "}" };

const messageFor = ({ message, when }: ReadRule, row: PolicyRow): string => {
  if (message !== "") {
    return message.replace(PLACEHOLDER, (whole, name?: string) =>
      name === undefined ? (BRACES[whole] ?? whole) : told(row.valueOf(name.trim())),
    );
  }
  const conditions = when.flatMap((clause) => clause.conditions);
  const texts = conditions.map(({ name, text }) => `${text} (it is ${told(row.valueOf(name))})`);
  return texts.join(when.length > 1 ? " or " : " and ");
};

const judgeRule = (rule: ReadRule, rows: readonly PolicyRow[]): readonly PolicyResult[] =>
  rows.flatMap((row): readonly PolicyResult[] => {
    const parts = [truth(rule.when, row, rule.refuse)];
    if (rule.unless.length > 0) parts.push(negated(truth(rule.unless, row, rule.refuse)));
    const verdict = every(parts);
    if (verdict === false) return [];
    const { id, severity } = rule;
    return [
      {
        ...{ rule: id, severity, verdict: verdict === true ? "failed" : "undecided", subject: row.subject },
        ...{ lineItem: row.lineItem ?? null, message: messageFor(rule, row) },
      },
    ];
  });

/** Rules about issues may name what there is none of. */
const refuseAbsentNames = ({ on, when, unless, refuse }: ReadRule, services: readonly NamedService[]): void => {
  if (on === "issue") return;
  for (const { conditions } of [...when, ...unless]) refuseAbsent(conditions, services, refuse);
};

/**
 * Judges a report, rule by rule, in the order of the file and of the report. A rule that names something which none of
 * `services` has is refused.
 */
export const judgePolicy = (
  { file, rules }: Policy,
  rowsOf: PolicyRows,
  services?: readonly NamedService[],
): PolicyVerdict => {
  if (services !== undefined) for (const rule of rules) refuseAbsentNames(rule, services);
  const judged = rules.map((rule) => ({ rule, rows: rowsOf(rule.on) }));
  return {
    file,
    rules: judged.map(({ rule: { id, severity }, rows }) => ({ id, severity, subjects: rows.length })),
    results: judged.flatMap(({ rule, rows }) => judgeRule(rule, rows)),
  };
};
