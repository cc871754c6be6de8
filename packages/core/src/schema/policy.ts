import * as z from "zod/mini";
import { keys, list, maybe, word } from "./leaves.ts";

/** What the rules of a policy can be about. */
export const POLICY_SUBJECTS = ["report", "service", "change", "cause", "line", "advice", "issue"] as const;
export type PolicySubject = (typeof POLICY_SUBJECTS)[number];

/** Commands whose reports a policy judges. */
export const POLICY_COMMANDS = ["estimate", "compare", "rightsize", "capacity", "diff", "plan"] as const;
export type PolicyCommand = (typeof POLICY_COMMANDS)[number];

/** How grave it is where a rule holds; an error ends in exit code 4. */
export const POLICY_SEVERITIES = ["error", "warning", "info"] as const;
export type PolicySeverity = (typeof POLICY_SEVERITIES)[number];

const CONDITION = "must be a condition such as monthlyChange>100, or a list of them";

const LONGEST = 2000;

const longText = (description: string) =>
  z
    .string({ error: "must be text" })
    .check(
      z.minLength(1, { error: "must not be empty" }),
      z.maxLength(LONGEST, { error: `must have ${LONGEST} characters at most` }),
      z.meta({ description }),
    );

const conditions = (description: string) =>
  z
    .union([longText("Commas mean and"), list(longText("Commas mean and"), "One is enough")], { error: CONDITION })
    .check(z.meta({ description }));

const ID = "must be letters, digits, dots, dashes and underscores";

const ruleSchema = keys(
  {
    id: z
      .string({ error: ID })
      .check(
        z.regex(/^[A-Za-z0-9][\w.-]{0,63}$/, { error: ID }),
        z.meta({ description: "Name of the rule, as messages and annotations tell it" }),
      ),
    on: maybe(word(POLICY_SUBJECTS, "What the condition looks at; the report as a whole unless given")),
    when: conditions("The rule is broken where this holds; of a list, where one of them does"),
    unless: maybe(conditions("What this holds for is left out")),
    commands: maybe(
      list(word(POLICY_COMMANDS, "A command"), "Only reports of these; those that have the fields unless given"),
    ),
    severity: maybe(word(POLICY_SEVERITIES, "An error ends in exit code 4; error unless given")),
    message: maybe(longText("What to tell; {field} is replaced by the value of the field")),
  },
  "A rule",
);

/** The policy file, version 1. */
export const policySchema = keys(
  {
    version: z.literal(1, { error: "must be 1" }).check(z.meta({ description: "Version of this format" })),
    rules: list(ruleSchema, "Rules, each judged by itself"),
  },
  "What reports of ecs-cost have to keep to",
);

export type PolicyFile = z.infer<typeof policySchema>;
export type PolicyRule = PolicyFile["rules"][number];

/** The JSON Schema (draft 2020-12) of the policy file, as it is published. */
export const policyJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(policySchema, { io: "input" }),
  title: "ecs-cost policy file",
});
