import type { Discount, DiscountScope, ExchangeRate, RateCard } from "@ecs-cost/core";
import { Decimal, discountServices, EMPTY_RATE_CARD, isKnownService } from "@ecs-cost/core/estimate";
import { nearest } from "../program/nearest.ts";
import { usageError } from "../program/usage-error.ts";

/** What the flags say about what a company pays. */
export interface RateCardFlags {
  readonly rateCard?: string;
  readonly discounts: readonly string[];
  readonly currency?: string;
}

const DISCOUNT = /^(?<scope>.+?)=(?<percent>\d{1,3}(?:\.\d{1,10})?)\s*%$/;
const CURRENCY = /^(?<currency>[A-Z]{3})=(?<perUsd>\d{1,9}(?:\.\d{1,12})?)@(?<asOf>\d{4}-\d{2}-\d{2})$/;
const ACROSS = /^(?:edp|ppa|all|\*)$/i;
const HINT =
  "For example 'Fargate=12%', 'EDP=7%', or 'NAT,region=eu-west-1,from=2026-01-01,until=2026-12-31=20%'; usage=PATTERN is for usage types.";

/** The rate card of a file with the discounts of flags after its own; undefined where nothing is given. */
export const openRateCard = async (flags: RateCardFlags): Promise<RateCard | undefined> => {
  const given = flags.discounts.map(parseDiscount);
  const currency = flags.currency === undefined ? undefined : parseCurrency(flags.currency);
  if (flags.rateCard === undefined && given.length === 0 && currency === undefined) return undefined;
  const file = flags.rateCard === undefined ? EMPTY_RATE_CARD : await readFile(flags.rateCard);
  const isAcross = ({ service, usageType }: Discount): boolean => service === undefined && usageType === undefined;
  return {
    ...file,
    discounts: [...file.discounts, ...given.filter((discount) => !isAcross(discount))],
    edp: [...file.edp, ...given.filter(isAcross)],
    ...(currency === undefined ? {} : { currency }),
  };
};

const readFile = async (file: string): Promise<RateCard> => {
  const { readRateCard } = await import("@ecs-cost/core/file");
  return readRateCard(file);
};

/** `Fargate,region=eu-west-1=12%`: what it is for, then how much less. */
export const parseDiscount = (text: string): Discount => {
  const groups = DISCOUNT.exec(text.trim())?.groups;
  const percent = groups?.["percent"] ?? "";
  if (groups === undefined || new Decimal(percent).greaterThan(100)) {
    throw usageError(`--discount ${text}: expected WHAT=PERCENT%, at most 100 %`, HINT);
  }
  const scope = (groups["scope"] ?? "").split(",").map((part) => part.trim());
  const known: { -readonly [Key in keyof DiscountScope]: DiscountScope[Key] } = {};
  for (const part of scope) Object.assign(known, scopePart(part, known, text));
  return { ...known, percent };
};

const scopePart = (part: string, known: DiscountScope, text: string): DiscountScope => {
  const [name = "", ...rest] = part.split("=");
  const value = rest.join("=");
  if (rest.length === 0) return ACROSS.test(name) ? {} : { service: knownService(name, text) };
  if (value === "") throw usageError(`--discount ${text}: ${name}= names nothing`, HINT);
  if (name === "region") return { regions: [...(known.regions ?? []), value] };
  if (name === "usage") return { usageType: value };
  if (name === "service") return { service: knownService(value, text) };
  if (name === "from" || name === "until") return { [name]: day(value, text) };
  throw usageError(`--discount ${text}: ${name} is none of service, usage, region, from, until`, HINT);
};

const knownService = (name: string, text: string): string => {
  if (isKnownService(name)) return name;
  const near = nearest(name, discountServices(), 3);
  const services =
    near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `Services: ${discountServices().join(", ")}.`;
  throw usageError(`--discount ${text}: there is no service ${name}`, `${services} ${HINT}`);
};

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;

const day = (value: string, text: string): string => {
  if (isDay(value)) return value;
  throw usageError(`--discount ${text}: ${value} is no day such as 2026-01-31`, HINT);
};

/** `EUR=0.92@2026-11-30`: units of a currency for one USD, and the day of that rate. */
export const parseCurrency = (text: string): ExchangeRate => {
  const { currency, perUsd, asOf } = CURRENCY.exec(text.trim())?.groups ?? {};
  if (currency === undefined || perUsd === undefined || asOf === undefined || !isDay(asOf) || Number(perUsd) === 0) {
    throw usageError(
      `--currency ${text}: expected CODE=UNITS_PER_USD@DAY`,
      "For example EUR=0.92@2026-11-30: what one USD is worth, and the day of that rate.",
    );
  }
  return { currency, perUsd, asOf };
};
