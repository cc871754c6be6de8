import * as z from "zod/mini";
import { keys, list, maybe, text } from "./leaves.ts";

const decimal = (error: string, description: string) =>
  z
    .union(
      [
        z.number({ error }).check(z.gte(0, { error })),
        z.string({ error }).check(z.regex(/^\d{1,13}(?:\.\d{1,20})?$/, { error })),
      ],
      { error },
    )
    .check(z.meta({ description }));

const day = (description: string) => {
  const error = "must be a day such as 2026-01-31";
  return z
    .string({ error })
    .check(z.regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, { error }), z.meta({ description }));
};

const dates = { from: maybe(day("First day that it holds.")), until: maybe(day("Last day that it holds.")) };
const regions = maybe(list(text("Region code, such as eu-west-1."), "Only in these regions.", 100));
const percent = decimal("must be a percentage from 0 to 100", "Percent off the list price, 0 to 100.");

const discount = keys(
  {
    service: maybe(text("Service such as Fargate, NAT or AmazonECS, or a pattern of price keys such as alb.*.")),
    usageType: maybe(text("Pattern of usage types with * and ?, as on the bill.")),
    regions,
    percent,
    ...dates,
  },
  "A discount. Of those that fit a price, the narrowest holds.",
);

const edp = keys({ percent, regions, ...dates }, "A discount across the board, on top of every other.");

const rate = keys(
  {
    key: text("Price key, such as fargate/linux/arm64/vcpu-hour."),
    rate: decimal("must be a number of 0 or more", "Per unit, in the currency of the card; in text no digit is lost."),
    regions,
    ...dates,
  },
  "A price that was agreed on.",
);

const currency = keys(
  {
    code: z
      .string({ error: "must be a currency such as EUR" })
      .check(z.regex(/^[A-Z]{3}$/, { error: "must be a currency such as EUR" })),
    perUsd: decimal("must be a number above 0", "Units of the currency for one USD."),
    asOf: day("Day of this exchange rate."),
  },
  "Currency of the rates, in which reports tell their total too.",
);

/** A rate card as `--rate-card FILE` takes it. */
export const rateCardSchema = keys(
  {
    version: z.literal(1, { error: "must be 1" }).check(z.meta({ description: "Version of this format." })),
    discounts: maybe(list(discount, "Discounts on the list price.", 1000)),
    edp: maybe(list(edp, "Discounts across the board; the last one in force holds.", 100)),
    rates: maybe(list(rate, "Prices that were agreed on.", 10_000)),
    currency: maybe(currency),
  },
  "What a company pays instead of the list price.",
);

export type RateCardFile = z.infer<typeof rateCardSchema>;

/** The JSON Schema (draft 2020-12) of the rate card, as it is published. */
export const rateCardJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(rateCardSchema, { io: "input" }),
  title: "ecs-cost rate card",
});
