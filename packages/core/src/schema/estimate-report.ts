import * as z from "zod/mini";
import type { CostedLines } from "../domain/costing/costed-lines.ts";
import type { LineItem, UnpricedUsage } from "../domain/costing/line-item.ts";
import type { Assumption, Issue } from "../domain/issues/issue.ts";
import { type EstimateReport, SCHEMA_VERSION, type ServiceEstimate } from "../domain/report/report.ts";
import { Decimal, sum, ZERO } from "../domain/units/decimal.ts";
import { type SchemaProblem, schemaProblems } from "./problems.ts";

const text = z.string({ error: "must be text" });
const amount = z
  .string({ error: "must be a decimal number as text" })
  .check(z.regex(/^-?\d{1,30}(?:\.\d{1,40})?$/, { error: "must be a decimal number as text" }));
const yesOrNo = z.boolean({ error: "must be true or false" });
const size = z.nullable(z.number({ error: "must be a number or null" }));
const map = { error: "must be a map of keys" };
const listOf = <T extends z.core.SomeType>(entry: T) => z.array(entry, { error: "must be a list" });

const lineItem = z.object(
  {
    ...{ dimension: text, usageType: text, unit: text, label: z.optional(text) },
    ...{ quantity: amount, rate: amount, cost: amount },
    assumptions: z.optional(listOf(text)),
  },
  map,
);
const unpriced = z.object({ dimension: text, quantity: amount, label: z.optional(text) }, map);

const costed = {
  monthlyCost: z.nullable(amount),
  complete: yesOrNo,
  lineItems: listOf(lineItem),
  unpriced: listOf(unpriced),
};

const service = z.object(
  {
    ...costed,
    ...{ name: text, cluster: text, tags: z.record(z.string(), text, map) },
    ...{ cpu: size, memory: size },
    architecture: z.nullable(z.enum(["x86_64", "arm64"], { error: "must be x86_64, arm64 or null" })),
    os: z.nullable(z.enum(["linux", "windows"], { error: "must be linux, windows or null" })),
    runsOn: listOf(text),
    tasks: z.nullable(z.record(z.string(), z.number({ error: "must be a number" }), map)),
    ...{
      region: z.optional(text),
      account: z.optional(text),
      address: z.optional(text),
      previousAddress: z.optional(text),
    },
  },
  map,
);

const issue = z.object(
  {
    ...{ code: text, subject: text, detail: text },
    severity: z.enum(["info", "warning", "error"], { error: "must be info, warning or error" }),
  },
  map,
);

const estimateReport = z.object(
  {
    schemaVersion: z.literal(SCHEMA_VERSION, { error: `must be ${SCHEMA_VERSION}` }),
    command: z.literal("estimate", { error: "must be estimate" }),
    ...{ region: z.optional(text), regions: z.optional(listOf(text)), hoursPerMonth: amount },
    currency: z.literal("USD", { error: "must be USD" }),
    prices: z.object({ source: text, asOf: text }, map),
    ...{ totalMonthlyCost: z.nullable(amount), complete: yesOrNo },
    services: listOf(service),
    shared: z.object(costed, map),
    assumptions: listOf(z.object({ code: text, detail: text }, map)),
    issues: listOf(issue),
  },
  map,
);

type Written = z.infer<typeof estimateReport>;

export type ParsedEstimateReport =
  | { readonly ok: true; readonly report: EstimateReport }
  | { readonly ok: false; readonly problems: readonly SchemaProblem[] };

/**
 * An estimate as `estimate --json` prints it, out of parsed JSON, with its decimals exact; or everything that is wrong
 * with it, also sums that do not add up. Fleets are not read. Never throws.
 */
export const parseEstimateReport = (data: unknown): ParsedEstimateReport => {
  const problems = schemaProblems(estimateReport, data);
  if (problems.length > 0) return { ok: false, problems };
  const report = revived(data as Written);
  const wrong = sumProblems(report);
  return wrong.length > 0 ? { ok: false, problems: wrong } : { ok: true, report };
};

const revived = (written: Written): EstimateReport => ({
  ...{ schemaVersion: written.schemaVersion, command: written.command },
  ...(written.region === undefined ? {} : { region: written.region }),
  ...(written.regions === undefined ? {} : { regions: written.regions }),
  ...{ currency: written.currency, hoursPerMonth: written.hoursPerMonth, prices: written.prices },
  totalMonthlyCost: written.totalMonthlyCost === null ? null : new Decimal(written.totalMonthlyCost),
  complete: written.complete,
  services: written.services.map(
    (entry): ServiceEstimate => ({
      ...{ name: entry.name, cluster: entry.cluster, tags: entry.tags, cpu: entry.cpu, memory: entry.memory },
      ...{ architecture: entry.architecture, os: entry.os, runsOn: entry.runsOn, tasks: entry.tasks },
      ...(entry.region === undefined ? {} : { region: entry.region }),
      ...(entry.account === undefined ? {} : { account: entry.account }),
      ...(entry.address === undefined ? {} : { address: entry.address }),
      ...(entry.previousAddress === undefined ? {} : { previousAddress: entry.previousAddress }),
      ...linesOf(entry),
    }),
  ),
  shared: linesOf(written.shared),
  fleets: [],
  assumptions: written.assumptions as readonly Assumption[],
  issues: written.issues as readonly Issue[],
});

const linesOf = (written: Written["shared"]): CostedLines => ({
  monthlyCost: written.monthlyCost === null ? null : new Decimal(written.monthlyCost),
  complete: written.complete,
  lineItems: written.lineItems.map(
    ({ dimension, usageType, unit, label, quantity, rate, cost, assumptions }): LineItem => ({
      ...{ dimension, usageType, unit },
      ...{ quantity: new Decimal(quantity), rate: new Decimal(rate), cost: new Decimal(cost) },
      ...(label === undefined ? {} : { label }),
      ...(assumptions === undefined ? {} : { assumptions }),
    }),
  ),
  unpriced: written.unpriced.map(
    ({ dimension, quantity, label }): UnpricedUsage => ({
      dimension,
      quantity: new Decimal(quantity),
      ...(label === undefined ? {} : { label }),
    }),
  ),
});

/** A report that was cut or edited does not add up, and its differences would not either. */
const sumProblems = (report: EstimateReport): readonly SchemaProblem[] => {
  const ids = report.services.map(({ cluster, name, region, account }) =>
    JSON.stringify([cluster, name, region ?? null, account ?? null]),
  );
  const parts = [...report.services, report.shared];
  const total = sum(parts.map(({ monthlyCost }) => monthlyCost ?? ZERO));
  return [
    ...(report.region === undefined && report.regions === undefined
      ? [{ path: ["region"], detail: "is missing" }]
      : []),
    ...parts.flatMap((part, index) => partProblems(part, index < ids.length ? ["services", index] : ["shared"])),
    ...(new Set(ids).size === ids.length
      ? []
      : [{ path: ["services"], detail: "has two services of the same cluster and name" }]),
    ...(total.equals(report.totalMonthlyCost ?? ZERO)
      ? []
      : [
          {
            path: ["totalMonthlyCost"],
            detail: "is not the sum of the services and what is shared; save the report whole",
          },
        ]),
  ];
};

const partProblems = (part: CostedLines, path: readonly (string | number)[]): readonly SchemaProblem[] => [
  ...part.lineItems.flatMap(({ quantity, rate, cost }, index) =>
    quantity.times(rate).equals(cost)
      ? []
      : [{ path: [...path, "lineItems", index, "cost"], detail: "is not the quantity at the rate" }],
  ),
  ...((part.monthlyCost ?? ZERO).equals(sum(part.lineItems.map(({ cost }) => cost)))
    ? []
    : [{ path: [...path, "monthlyCost"], detail: "is not the sum of its line items" }]),
];
