import * as z from "zod/mini";
import { keys, list, maybe, quantity, text } from "./leaves.ts";

const shares = (description: string) =>
  z.record(text("Team"), quantity("Percent")).check(
    z.refine((given) => Object.values(given).reduce<number>((sum, percent) => sum + Number(percent), 0) <= 100, {
      error: "must be 100 percent at most together",
    }),
    z.meta({ description }),
  );

const ruleSchema = keys(
  {
    account: maybe(text("Account, * stands for anything")),
    region: maybe(text("Region, * stands for anything")),
    cluster: maybe(text("Cluster, * stands for anything")),
    service: maybe(text("Service of ECS, * stands for anything")),
    tags: maybe(z.record(text("Key of a tag"), text("Value, * stands for anything"))),
    team: maybe(text("Team that owns it")),
    split: maybe(shares("Teams and their percent; what is missing to 100 stays without an owner")),
  },
  "A rule: what fits all of it belongs to its team or is split",
);

/** The ownership file, version 1. */
export const ownershipSchema = keys(
  {
    version: z.literal(1, { error: "must be 1" }).check(z.meta({ description: "Version of this format" })),
    rules: maybe(list(ruleSchema, "Rules, the first that fits counts")),
    tags: maybe(
      list(text("Key of a tag"), "Tags whose value is the team, where no rule fits; the first that is set counts"),
    ),
    shared: maybe(
      z.union([z.literal("cost"), shares("Teams and their percent")], {
        error: "must be cost, or teams and their percent",
      }),
    ),
  },
  "Who owns what of the cost of ECS",
);

export type OwnershipFile = z.infer<typeof ownershipSchema>;
