import * as z from "zod/mini";
import { keys, list, maybe, quantity, text, word } from "./leaves.ts";

const MONTH = "must be a month such as 2026-10";
const DAY = "must be a day such as 2026-12-31";
const month = (description: string) =>
  z.string({ error: MONTH }).check(z.regex(/^20\d{2}-(?:0[1-9]|1[0-2])$/, { error: MONTH }), z.meta({ description }));
const day = (description: string) =>
  z
    .string({ error: DAY })
    .check(z.regex(/^20\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, { error: DAY }), z.meta({ description }));
const version = z.literal(1, { error: "must be 1" }).check(z.meta({ description: "Version of this format" }));

/** The file of budgets, version 1. */
export const budgetsSchema = keys(
  {
    version,
    budgets: list(
      keys(
        {
          name: text("Name of the budget"),
          monthly: quantity("What may be spent a month, in the currency of the bill"),
          team: maybe(text("Team of the ownership file; the total unless given")),
          tag: maybe(z.record(text("Key of a tag"), text("Value"))),
        },
        "A budget",
      ),
      "Budgets of the month",
    ),
  },
  "What may be spent",
);
export type BudgetsFile = z.infer<typeof budgetsSchema>;

/** The file of findings, version 1. */
export const findingsSchema = keys(
  {
    version,
    findings: list(
      keys(
        {
          id: text("Id of the finding, as the report tells it"),
          firstSeen: month("Month in which it was told first"),
          owner: maybe(text("Who acts")),
          state: word(["open", "accepted", "done"] as const, "What was decided"),
          until: maybe(day("Last day on which it is accepted")),
          doneIn: maybe(month("Month since which it is done")),
          promised: maybe(quantity("Saving a month that was promised")),
          note: maybe(text("Why")),
        },
        "A finding",
      ),
      "Findings by id",
    ),
  },
  "What is known of findings",
);
export type FindingsFile = z.infer<typeof findingsSchema>;
