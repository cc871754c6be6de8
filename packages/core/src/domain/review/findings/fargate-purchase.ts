import { type FargatePriceKey, parsePriceKey } from "../../pricing/parsed-key.ts";
import { fargateKey } from "../../pricing/price-key.ts";
import type { ReviewFinding } from "../../report/review-report.ts";
import type { Effort } from "../../report/rightsize-report.ts";
import { type Decimal, sum, ZERO } from "../../units/decimal.ts";
import type { CostRow } from "../cost-row.ts";
import { serviceIdOf } from "../cost-row.ts";
import { amountText, type Claim, type FindingContext, type FindingDraft, savingOf } from "./finding-draft.ts";

/** What is known of a service beyond the bill. */
export interface SpotFitness {
  readonly interruptible: "no" | "partly" | "yes" | "unspecified";
}

/** Usage of one subject that could be bought or built otherwise. */
interface Candidate {
  readonly subject: string;
  /** `cluster/name`, as workload files name it; undefined where no tag names a service. */
  readonly service: string | undefined;
  readonly rows: readonly FargateRow[];
}

interface FargateRow {
  readonly row: CostRow;
  readonly key: FargatePriceKey;
}

/** Fargate on Linux, on demand or Spot, that no commitment pays, by service, or by region where no tag names one. */
const candidates = (rows: readonly CostRow[], isMeant: (key: FargatePriceKey) => boolean): readonly Candidate[] => {
  const subjects = new Map<string, FargateRow[]>();
  for (const row of rows) {
    const key = row.dimension === null || row.covered ? undefined : parsePriceKey(row.dimension);
    if (key?.kind !== "fargate" || key.os !== "linux" || !isMeant(key) || !row.quantity.greaterThan(0)) continue;
    const subject = row.serviceKey ?? `Fargate without a service tag in ${row.region ?? "an unknown region"}`;
    const known = subjects.get(subject);
    if (known === undefined) subjects.set(subject, [{ row, key }]);
    else known.push({ row, key });
  }
  return [...subjects].map(([subject, of]) => ({
    subject,
    service: of[0] === undefined ? undefined : serviceIdOf(of[0].row),
    rows: of,
  }));
};

/** A rate and where it is from. */
interface FoundRate {
  readonly rate: Decimal;
  readonly from: "prices" | "bill";
}

/** Rates of Fargate: published ones first, otherwise what the bill itself shows for the same region. */
const rateFinder = ({ scene, rateOf }: FindingContext): ((region: string, key: string) => FoundRate | undefined) => {
  const billed = new Map<string, { cost: Decimal; quantity: Decimal }>();
  for (const { region, dimension, covered, cost, quantity } of scene.rows.current) {
    if (dimension === null || covered) continue;
    const name = `${region ?? ""} ${dimension}`;
    const known = billed.get(name) ?? { cost: ZERO, quantity: ZERO };
    billed.set(name, { cost: known.cost.plus(cost), quantity: known.quantity.plus(quantity) });
  }
  return (region, key) => {
    const published = rateOf(region, key);
    if (published !== undefined) return { rate: published, from: "prices" };
    const seen = billed.get(`${region} ${key}`);
    if (seen === undefined || !seen.quantity.greaterThan(0)) return undefined;
    return { rate: seen.cost.div(seen.quantity), from: "bill" };
  };
};

interface Rebuilt {
  readonly claims: readonly Claim[] | null;
  readonly from: string;
  readonly cost: Decimal;
}

/** The rows at the rates of another key; no claims where a rate is not known. */
const rebuild = (
  { rows }: Candidate,
  keyOf: (key: FargatePriceKey) => string,
  find: ReturnType<typeof rateFinder>,
  purchase: boolean,
): Rebuilt => {
  const cost = sum(rows.map(({ row }) => row.cost));
  const found = rows.map(({ row, key }) => ({ row, rate: find(row.region ?? "", keyOf(key)) }));
  if (found.some(({ rate }) => rate === undefined)) return { claims: null, from: "", cost };
  const claims = found.flatMap(({ row, rate }): Claim[] => {
    if (rate === undefined) return [];
    const saving = row.cost.minus(row.quantity.times(rate.rate)).toDecimalPlaces(12);
    return [purchase ? { row, saving, purchase: true } : { row, saving }];
  });
  const isSeen = found.some(({ rate }) => rate?.from === "bill");
  return { claims, from: isSeen ? "rates seen on this bill" : "published rates", cost };
};

const CONFIDENCE_OF_SPOT = { yes: "high", partly: "medium", unspecified: "low", no: "low" } as const;

/** Fargate on demand that could run on Spot, by service; services that must not be interrupted are left out. */
export const spotFindings = (
  context: FindingContext,
  fitness: ReadonlyMap<string, SpotFitness>,
): readonly FindingDraft[] => {
  const find = rateFinder(context);
  return candidates(context.scene.rows.current, ({ purchase }) => purchase === "on-demand").flatMap((candidate) => {
    const interruptible = fitness.get(candidate.service ?? "")?.interruptible ?? "unspecified";
    if (interruptible === "no") return [];
    const keyOf = ({ os, architecture, meter }: FargatePriceKey) => fargateKey(os, architecture, "spot", meter);
    return findingOf(candidate, rebuild(candidate, keyOf, find, true), context, {
      code: "spot-candidate",
      effort: "low",
      confidence: CONFIDENCE_OF_SPOT[interruptible],
      what: "as Fargate Spot",
      unknown: "A Spot rate for its region is neither among the prices nor on the bill.",
      action: "Give the service a strategy with FARGATE_SPOT if its tasks can stop within two minutes' notice.",
    });
  });
};

/** Fargate on x86 that could run on ARM, by service. */
export const armFindings = (context: FindingContext): readonly FindingDraft[] => {
  const find = rateFinder(context);
  return candidates(context.scene.rows.current, ({ architecture }) => architecture === "x86_64").flatMap(
    (candidate) => {
      const keyOf = ({ os, purchase, meter }: FargatePriceKey) => fargateKey(os, "arm64", purchase, meter);
      return findingOf(candidate, rebuild(candidate, keyOf, find, false), context, {
        code: "arm-candidate",
        effort: "medium",
        confidence: "medium",
        what: "on ARM64",
        unknown: "An ARM rate for its region is neither among the prices nor on the bill.",
        action: "Build the image for linux/arm64 and set runtimePlatform.cpuArchitecture to ARM64.",
      });
    },
  );
};

interface Wording {
  readonly code: ReviewFinding["code"];
  readonly effort: Effort;
  readonly confidence: ReviewFinding["confidence"];
  readonly what: string;
  readonly unknown: string;
  readonly action: string;
}

const findingOf = (
  { subject }: Candidate,
  { claims, from, cost }: Rebuilt,
  { scene, scale }: FindingContext,
  { what, unknown, ...wording }: Wording,
): readonly FindingDraft[] => {
  const seen = `${amountText(cost, { scene })} of Fargate in the days seen`;
  if (claims === null) return [{ ...wording, subject, monthlySaving: null, detail: `${seen}. ${unknown}`, claims: [] }];
  const monthlySaving = savingOf(claims, scale);
  if (!monthlySaving.greaterThan(0)) return [];
  const less = amountText(cost.minus(sum(claims.map(({ saving }) => saving))), { scene });
  return [{ ...wording, subject, monthlySaving, detail: `${seen} would be ${less} ${what}, at ${from}.`, claims }];
};
