import * as z from "zod/mini";
import type { PriceBook } from "../domain/pricing/book.ts";
import { flag, keys, list, maybe, text, whole, word } from "./leaves.ts";
import { priceBookRuleProblems } from "./price-book-rules.ts";
import { type SchemaProblem, schemaProblems } from "./problems.ts";

const LARGEST_PLACE = 100_000;

const decimal = (description: string) => {
  const error = 'must be a decimal number as text, such as "0.04048"';
  return z.string({ error }).check(z.regex(/^\d{1,13}(?:\.\d{1,40})?$/, { error }), z.meta({ description }));
};

const percent = (description: string) => {
  const error = 'must be a percentage as text, such as "68"';
  return z.string({ error }).check(z.regex(/^-?\d{1,4}(?:\.\d{1,10})?$/, { error }), z.meta({ description }));
};

const place = whole(0, LARGEST_PLACE, "Place of the origin in `origins`, from 0.");
const rate = decimal("USD per unit.");

const rows = <T extends z.core.SomeType>(value: T, description: string) =>
  z.record(z.string(), value, { error: "must be a map of keys" }).check(z.meta({ description }));

const origin = keys(
  {
    asOf: z.string({ error: 'must be a date such as 2026-11-20, a month such as 2026-11, or "undated"' }).check(
      z.regex(/^(?:\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?|undated)$/, {
        error: 'must be a date such as 2026-11-20, a month such as 2026-11, or "undated"',
      }),
      z.meta({ description: "Date of the price." }),
    ),
    source: z.string({ error: "must be text" }).check(z.minLength(1, { error: "must not be empty" })),
  },
  "Where and when prices were read.",
);

const tier = keys(
  {
    from: decimal("First unit of the tier, inclusive."),
    to: z.union([decimal("End of the tier, exclusive."), z.null()], {
      error: "must be a decimal number as text, or null",
    }),
    rate,
  },
  "A rate for a stretch of the monthly quantity.",
);

const price = keys(
  {
    rate: maybe(rate),
    tiers: maybe(list(tier, "In ascending order without holes; instead of `rate`.")),
    unit: maybe(text("Unit of the quantity.")),
    usageType: maybe(text("Usage type with the region's prefix.")),
    serviceCode: maybe(text("Service code of the Price List.")),
    origin: place,
  },
  "One price.",
);

const row = 'must be a list such as ["0.096", 0]';
const onDemandRow = z.tuple([rate, place], { error: row });
const savings = percent("Savings over on demand.");
const band = z.union([whole(0, 4, "Interruption band."), z.null()], { error: "must be 0 to 4, or null" });
const spotRow = z.union([z.tuple([savings, band, place]), z.tuple([savings, band, place, rate])], {
  error: 'must be a list such as ["68", 1, 0] or ["68", 1, 0, "0.0307"]',
});
const commitmentRow = z.union([onDemandRow, z.tuple([rate, place, rate])], {
  error: 'must be a list such as ["0.061", 0] or ["0.061", 0, "0.096"]',
});

const familyDiscountRow = z.tuple([rate, place, rate], { error: 'must be a list such as ["0.63", 0, "0.002"]' });

const ec2 = keys(
  {
    onDemand: rows(onDemandRow, "USD per hour and origin, by instance type."),
    spot: rows(
      spotRow,
      "Savings in percent, interruption band, origin and the price where it was read, by instance type.",
    ),
    managedInstancesFees: maybe(rows(onDemandRow, "Fees of ECS Managed Instances, USD per hour and origin, by type.")),
    commitments: rows(
      rows(commitmentRow, "Effective USD per hour, origin and the on-demand rate of that day."),
      "By purchase, then by instance type.",
    ),
    familyDiscounts: maybe(
      rows(
        rows(familyDiscountRow, "Part of on demand that other regions take, origin, and how far they differ."),
        "By purchase, then by family: families that this region's commitments lack.",
      ),
    ),
  },
  "Linux instances with shared tenancy.",
);

const fee = keys(
  {
    series: list(text("Letters that the family's name begins with."), "Empty for every other family."),
    fraction: decimal("Fraction of the on-demand rate."),
    origin: place,
  },
  "A fee of ECS Managed Instances.",
);

const region = keys(
  {
    region: text("Region code, such as eu-west-1."),
    name: text("Location name of the Price List."),
    usageTypePrefix: text("Prefix of usage types without the hyphen, such as EU."),
    partition: text("Partition, such as aws."),
    currency: maybe(text("Currency of every rate, such as CNY; left out, USD.")),
    origins: list(origin, "Dates and documents that rows refer to by place."),
    prices: rows(price, "Fargate and overhead prices by price key."),
    ec2,
    managedInstancesFees: list(fee, "Fees of ECS Managed Instances."),
  },
  "Prices of one region.",
);

const count = (description: string) => whole(0, 1_000_000_000, description);

const instanceType = keys(
  {
    name: text("Instance type."),
    family: text("Family, such as m7g."),
    generation: count("Generation of the family."),
    vcpu: count("vCPUs."),
    memoryMiB: count("Memory in MiB."),
    architecture: word(["x86_64", "arm64"], "Processor architecture."),
    gpuCount: count("GPUs."),
    gpuName: z.string({ error: "must be text" }),
    burstable: flag("Earns and spends CPU credits."),
    flex: flag("A flex type."),
    bareMetal: flag("A bare-metal type."),
    previousGeneration: flag("AWS calls it a previous generation, or it is not built on Nitro."),
    maxEnis: count("Network interfaces."),
    trunking: flag("Supports ENI trunking."),
    branchEnis: count("Branch interfaces with trunking."),
  },
  "Specifications of an instance type.",
);

/** A price file as `--prices FILE` takes it. */
export const priceBookSchema = keys(
  {
    version: z.literal(1, { error: "must be 1" }).check(z.meta({ description: "Version of this format." })),
    regions: list(region, "A book per region."),
    instanceTypes: maybe(list(instanceType, "Left out, the specifications that ship with the program hold.")),
  },
  "A price book.",
);

export type ParsedPriceBook =
  | { readonly ok: true; readonly book: PriceBook }
  | { readonly ok: false; readonly problems: readonly SchemaProblem[] };

/** A price book out of parsed JSON or YAML, or everything that is wrong with it; never throws. */
export const parsePriceBook = (data: unknown): ParsedPriceBook => {
  const shape = schemaProblems(priceBookSchema, data);
  if (shape.length > 0) return { ok: false, problems: shape };
  const book = data as PriceBook;
  const problems = priceBookRuleProblems(book);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, book };
};
