import { Decimal } from "../../units/decimal.ts";
import type { RegionBook } from "../book.ts";
import type { FargatePriceKey, ParsedPriceKey } from "../parsed-key.ts";
import { fargateKey } from "../price-key.ts";
import { parseCommitment } from "../purchase.ts";
import type { DerivedRule } from "./measured.ts";
import { combinedRate, type DerivationSettings, type Rated, scaledRate } from "./rated.ts";
import { factorOf, isUsedByDefault, ruleAssumption } from "./rule.ts";
import { statedRate } from "./stated-rate.ts";

type FargateKey = Extract<ParsedPriceKey, { readonly kind: "fargate" | "fargate-ephemeral" }>;

/** USD per unit of a Fargate price that the book does not state, or undefined where no rule gives it. */
export const derivedFargateRate = (
  book: RegionBook,
  key: FargateKey,
  settings: DerivationSettings,
): Rated | undefined => {
  const may = (rule: DerivedRule): boolean => settings.estimateMissing || isUsedByDefault(rule);
  if (key.kind === "fargate-ephemeral") return ephemeralRate(book, may);
  if (key.os !== "linux" || key.purchase === "spot") return undefined;
  return key.purchase === "on-demand" ? onDemandRate(book, key, may) : savingsPlanRate(book, key, may);
};

type May = (rule: DerivedRule) => boolean;

const ephemeralRate = (book: RegionBook, may: May): Rated | undefined => {
  const rule = "fargate-ephemeral-from-gp3";
  const volume = statedRate(book, "ebs.gp3_gb_month");
  const factor = factorOf(rule, "gp3");
  if (volume === undefined || factor === undefined || !may(rule)) return undefined;
  return scaledRate(volume, factor, ruleAssumption(rule));
};

const statedOrDerived = (book: RegionBook, key: FargatePriceKey, may: May): Rated | undefined =>
  statedRate(book, fargateKey(key.os, key.architecture, key.purchase, key.meter)) ?? onDemandRate(book, key, may);

/** A GB-hour follows from the vCPU-hour, ARM from x86, and x86 from instances of the region. */
const onDemandRate = (book: RegionBook, key: FargatePriceKey, may: May): Rated | undefined => {
  if (key.architecture === "arm64") return armRate(book, key, may);
  return key.meter === "gb-hour" ? gbRate(book, key, may) : indexRate(book, may);
};

const gbRate = (book: RegionBook, key: FargatePriceKey, may: May): Rated | undefined => {
  const rule = "fargate-gb-from-vcpu";
  const vcpu = may(rule) ? statedOrDerived(book, { ...key, meter: "vcpu-hour" }, may) : undefined;
  const factor = factorOf(rule, "gb");
  return vcpu === undefined || factor === undefined ? undefined : scaledRate(vcpu, factor, ruleAssumption(rule));
};

/** Instances of one family line on Graviton and on Intel; the first pair that the region has counts. */
export const ARM_PAIRS: readonly (readonly [arm: string, x86: string])[] = [
  ["m7g.large", "m6i.large"],
  ["c7g.large", "c6i.large"],
  ["r7g.large", "r6i.large"],
  ["m7g.large", "m5.large"],
];

const armRate = (book: RegionBook, key: FargatePriceKey, may: May): Rated | undefined => {
  const rule = "fargate-arm-from-ec2-ratio";
  const x86 = may(rule) ? statedOrDerived(book, { ...key, architecture: "x86_64" }, may) : undefined;
  if (x86 === undefined) return undefined;
  for (const [arm, intel] of ARM_PAIRS) {
    const ratio = instanceRatio(book, arm, intel);
    const factor = factorOf(rule, `${arm} ${intel}`);
    if (ratio !== undefined && factor !== undefined) return scaledRate(x86, ratio.times(factor), ruleAssumption(rule));
  }
  return undefined;
};

const instanceRatio = (book: RegionBook, arm: string, x86: string): Decimal | undefined => {
  const [a, b] = [arm, x86].map((name) => instanceRate(book, name));
  return a === undefined || b === undefined ? undefined : new Decimal(a.rate).div(b.rate);
};

const instanceRate = (book: RegionBook, name: string): Rated | undefined => {
  const row = Object.hasOwn(book.ec2.onDemand, name) ? book.ec2.onDemand[name] : undefined;
  const origin = row === undefined ? undefined : book.origins[row[1]];
  return row === undefined || origin === undefined || Number(row[0]) === 0
    ? undefined
    : { rate: row[0], ...origin, assumptions: [] };
};

/** The geometric mean of both instances where the region has both, otherwise t3.medium alone. */
export const fargateIndex = (
  book: RegionBook,
): { readonly name: string; readonly value: Decimal; readonly inputs: readonly Rated[] } | undefined => {
  const [burstable, memory] = ["t3.medium", "r5.large"].map((name) => instanceRate(book, name));
  if (burstable === undefined) return undefined;
  if (memory === undefined) return { name: "t3.medium", value: new Decimal(burstable.rate), inputs: [burstable] };
  const value = new Decimal(burstable.rate).times(memory.rate).sqrt();
  return { name: "t3.medium r5.large", value, inputs: [burstable, memory] };
};

const indexRate = (book: RegionBook, may: May): Rated | undefined => {
  const rule = "fargate-from-ec2-index";
  const index = may(rule) ? fargateIndex(book) : undefined;
  const factor = index === undefined ? undefined : factorOf(rule, index.name);
  if (index === undefined || factor === undefined) return undefined;
  return combinedRate(index.value.times(factor), index.inputs, ruleAssumption(rule));
};

const savingsPlanRate = (book: RegionBook, key: FargatePriceKey, may: May): Rated | undefined => {
  const rule = "fargate-sp-from-us-east-1";
  const plan = parseCommitment(key.purchase);
  const onDemand = may(rule) ? statedOrDerived(book, { ...key, purchase: "on-demand" }, may) : undefined;
  if (plan === undefined || onDemand === undefined) return undefined;
  const factor = factorOf(rule, `${key.architecture} ${plan.term}y-${plan.payment}`);
  return factor === undefined ? undefined : scaledRate(onDemand, factor, ruleAssumption(rule));
};
