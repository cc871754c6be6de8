import { parsePriceKey } from "../pricing/parsed-key.ts";
import type { PriceKey } from "../pricing/price.ts";
import { type Decimal, ONE, sum, ZERO } from "../units/decimal.ts";
import { moneyText } from "./money-text.ts";
import { isNear, type ReconciledPair, type ReconciledSide } from "./reconciled-pair.ts";

/** What a reconciliation rests on. */
export interface ReconcileTerms {
  /** Region of the estimate. */
  readonly region: string;
  /** Relative difference up to which both sides agree. */
  readonly tolerance: Decimal;
  /** Hours to the month of the estimate, and hours of the month that the bill covers. */
  readonly estimatedHours: Decimal;
  readonly billedHours: Decimal;
  readonly monthHours: Decimal;
  /** Date of the prices. */
  readonly pricesAsOf: string;
  /** Price keys of which a part is paid by commitments. */
  readonly covered: ReadonlySet<PriceKey>;
  /** What the bill has of `region key` that nothing ties to ECS. */
  readonly elsewhere: ReadonlyMap<string, ReconciledSide>;
  readonly currency: string;
  /** Price keys that the scope of the review leaves out. */
  readonly withoutOverheads: boolean;
}

type Rule = (pair: ReconciledPair, all: readonly ReconciledPair[], terms: ReconcileTerms) => string | null;

/** The first reason that explains a difference; null where none does. */
export const likelyReason: Rule = (pair, all, terms) => {
  for (const rule of RULES) {
    const reason = rule(pair, all, terms);
    if (reason !== null) return reason;
  }
  return null;
};

const otherRegion: Rule = ({ billed, estimated, region }, _, terms) =>
  billed !== null && estimated === null && region !== null && region !== "" && region !== terms.region
    ? `The estimate is of ${terms.region}.`
    : null;

/** Parts of a Fargate key that could have been another, with the meter that stays. */
const alternatives = (key: PriceKey | null): readonly { readonly what: string; readonly group: string }[] => {
  const parsed = key === null ? undefined : parsePriceKey(key);
  if (parsed?.kind === "fargate") {
    const { os, architecture, meter, purchase } = parsed;
    const market = purchase === "spot" ? "spot" : "on-demand";
    return [
      { what: "Spot share", group: `fargate ${os} ${architecture} ${meter}` },
      { what: "architecture", group: `fargate ${os} ${market} ${meter}` },
    ];
  }
  if (parsed?.kind !== "ec2") return [];
  return [
    { what: "Spot share", group: `ec2 ${parsed.instanceType}` },
    { what: "instance type", group: `ec2 ${parsed.purchase === "spot" ? "spot" : "on-demand"}` },
  ];
};

const REASONS: Readonly<Record<string, string>> = {
  "Spot share": "On demand and Spot together agree: the Spot share differs.",
  architecture: "x86 and ARM together agree: the architecture differs.",
  "instance type": "Other instance types ran than the estimate expects.",
};

/** Quantities that agree only together with those of another market, architecture or instance type. */
const elsewhere: Rule = (pair, all, terms) => {
  for (const { what, group } of alternatives(pair.dimension)) {
    const others = all.filter(
      (other) => other.region === pair.region && alternatives(other.dimension).some((each) => each.group === group),
    );
    if (others.length < 2) continue;
    const billed = sum(others.map((other) => other.billed?.quantity ?? ZERO));
    const estimated = sum(others.map((other) => other.estimated?.quantity ?? ZERO));
    const alone = isTimely(pair.billed?.quantity ?? ZERO, pair.estimated?.quantity ?? ZERO, terms);
    if (alone || estimated.isZero() || billed.isZero()) continue;
    if (what === "instance type" || isTimely(billed, estimated, terms)) return REASONS[what] ?? null;
  }
  return null;
};

/** Whether quantities agree, by themselves or but for the hours that the sides count. */
const isTimely = (billed: Decimal, estimated: Decimal, terms: ReconcileTerms): boolean =>
  isNear(billed, estimated, terms.tolerance) ||
  isNear(billed, estimated.times(terms.billedHours).div(terms.estimatedHours), terms.tolerance);

const notBilled: Rule = ({ billed, estimated, dimension, region }, _, terms) => {
  if (billed !== null) return null;
  if (estimated?.cost.isZero() === true) return "It is free, and bills need not list it.";
  if (terms.withoutOverheads && !isCompute(dimension)) return "The settings leave out what comes along with ECS.";
  const elsewhere = terms.elsewhere.get(`${region ?? ""} ${dimension ?? ""}`);
  return elsewhere === undefined
    ? "Nothing on the bill: it does not run, is within a free tier, or is billed to another account."
    : `The bill has ${quantityText(elsewhere.quantity)} of it for ${moneyText(elsewhere.cost, terms.currency)} that nothing ties to ECS: ` +
        "activate the tag aws:ecs:clusterName, or export split cost allocation data.";
};

const oneSided: Rule = ({ billed, estimated, dimension }) => {
  if (billed === null) return null;
  if (estimated !== null) return null;
  if (billed.cost.isZero()) return "It is metered and free.";
  return isCompute(dimension)
    ? "The workloads given do not run this: standalone tasks, another service, or another way to run them."
    : "The workloads given do not name this.";
};

const isCompute = (dimension: PriceKey | null): boolean =>
  /^(?:fargate|ec2\/|managed-instances|ecs_anywhere)/.test(dimension ?? "");

const hours: Rule = ({ billed, estimated }, _, terms) => {
  if (billed === null || estimated === null || isNear(billed.quantity, estimated.quantity, terms.tolerance))
    return null;
  const covered = estimated.quantity.times(terms.billedHours).div(terms.monthHours);
  if (!terms.billedHours.equals(terms.monthHours) && isNear(billed.quantity, covered, terms.tolerance)) {
    return `The estimate is of a whole month, the bill covers ${terms.billedHours.toFixed()} of its ${terms.monthHours.toFixed()} hours.`;
  }
  const expected = estimated.quantity.times(terms.billedHours).div(terms.estimatedHours);
  if (!isNear(billed.quantity, expected, terms.tolerance)) return null;
  const text = `The estimate counts ${terms.estimatedHours.toFixed()} hours to the month`;
  return terms.billedHours.equals(terms.monthHours)
    ? `${text}, this one has ${terms.monthHours.toFixed()}.`
    : `${text}, the bill covers ${terms.billedHours.toFixed()} of ${terms.monthHours.toFixed()}.`;
};

const quantityText = (quantity: Decimal): string => quantity.toSignificantDigits(4).toFixed();

const ratioText = (ratio: Decimal): string => ratio.toSignificantDigits(3).toFixed();

/** Quantities beyond the hours: tasks, or whatever is counted. */
const quantities: Rule = ({ billed, estimated, dimension }, _, terms) => {
  if (billed === null || estimated === null || estimated.quantity.isZero()) return null;
  if (isNear(billed.quantity, estimated.quantity, terms.tolerance)) return null;
  const expected = estimated.quantity.times(terms.billedHours).div(terms.estimatedHours);
  const ratio = billed.quantity.div(expected);
  const what = isCompute(dimension) ? "Number or size of the tasks" : "Quantity";
  return `${what}: the bill has ${ratioText(ratio)} times what the estimate expects of its hours.`;
};

/** Quantities agree, so the rate does not. */
const rates: Rule = ({ billed, estimated, dimension }, _, terms) => {
  if (billed === null || estimated === null || billed.quantity.isZero() || estimated.quantity.isZero()) return null;
  const [paid, listed] = [billed.cost.div(billed.quantity), estimated.cost.div(estimated.quantity)];
  if (listed.isZero()) return "The estimate has no price above 0 for it.";
  const less = ONE.minus(paid.div(listed)).times(100).toDecimalPlaces(1);
  if (dimension !== null && terms.covered.has(dimension)) {
    return `Commitments pay a part of it: a unit costs ${less.toFixed()} % less than the estimate's rate.`;
  }
  if (less.greaterThan(0)) {
    return `A unit costs ${less.toFixed()} % less than the rate of the prices (${terms.pricesAsOf}): a discount, a free tier or another date.`;
  }
  return `A unit costs ${less.negated().toFixed()} % more than the rate of the prices (${terms.pricesAsOf}): look for a newer price.`;
};

const RULES: readonly Rule[] = [otherRegion, elsewhere, notBilled, oneSided, hours, quantities, rates];
