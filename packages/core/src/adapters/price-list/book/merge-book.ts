import type {
  BookPrice,
  CommitmentRow,
  OnDemandRow,
  Origin,
  RegionBook,
  SpotRow,
} from "../../../domain/pricing/book.ts";
import type { PriceTier } from "../../../domain/pricing/price.ts";
import { ec2Key, managedInstancesFeeKey } from "../../../domain/pricing/price-key.ts";
import { ec2Rate, managedInstancesFeeRate } from "../../../domain/pricing/rates/ec2-rate.ts";
import { Decimal } from "../../../domain/units/decimal.ts";
import type { FoundOrigin, FoundPrice } from "./found-prices.ts";

/** A price that is not what it was. Rates in USD per unit; several tiers in one text. */
export interface PriceChange {
  readonly key: string;
  /** Undefined where the book had none. */
  readonly before?: string;
  readonly after: string;
}

/** A book with what was found in it, and what that changed. */
export interface MergedBook {
  readonly book: RegionBook;
  /** By key. */
  readonly changes: readonly PriceChange[];
}

/** A book while prices go into it. */
interface Draft {
  readonly before: RegionBook;
  readonly origins: Origin[];
  readonly places: Map<string, number>;
  readonly prices: Map<string, BookPrice>;
  readonly onDemand: Map<string, OnDemandRow>;
  readonly spot: Map<string, SpotRow>;
  readonly fees: Map<string, OnDemandRow>;
  readonly commitments: Map<string, Map<string, CommitmentRow>>;
  readonly changes: PriceChange[];
}

const PERCENT_PLACES = 10;

const draftOf = (before: RegionBook, { origins, prices, ec2 } = before): Draft => ({
  before,
  origins: [...origins],
  places: new Map(),
  prices: new Map(Object.entries(prices)),
  onDemand: new Map(Object.entries(ec2.onDemand)),
  spot: new Map(Object.entries(ec2.spot)),
  fees: new Map(Object.entries(ec2.managedInstancesFees ?? {})),
  commitments: new Map(
    Object.entries(ec2.commitments).map(([purchase, rows]) => [purchase, new Map(Object.entries(rows))]),
  ),
  changes: [],
});

const placeOf = (draft: Draft, { asOf, source }: FoundOrigin): number => {
  const key = JSON.stringify([asOf, source]);
  const known = draft.places.get(key);
  if (known !== undefined) return known;
  draft.places.set(key, draft.origins.length);
  return draft.origins.push({ asOf, source }) - 1;
};

const isSame = (a: string, b: string): boolean => new Decimal(a).equals(b);

/** Notes a change; where the rate is the same, the text that stood there stays. */
const settle = (draft: Draft, key: string, before: string | undefined, after: string): string => {
  if (before !== undefined && isSame(before, after)) return before;
  draft.changes.push(before === undefined ? { key, after } : { key, before, after });
  return after;
};

const tiersOf = ({ rate, tiers }: BookPrice): readonly PriceTier[] =>
  rate === undefined ? (tiers ?? []) : [{ from: "0", to: null, rate }];

const tiersText = (tiers: readonly PriceTier[]): string => {
  const [first] = tiers;
  if (first !== undefined && tiers.length === 1 && first.to === null) return first.rate;
  return tiers.map(({ from, to, rate }) => `${rate} from ${from}${to === null ? "" : ` to ${to}`}`).join(", ");
};

const areSame = (a: readonly PriceTier[], b: readonly PriceTier[]): boolean =>
  a.length === b.length &&
  a.every((tier, at) => {
    const other = b[at];
    const ends = [tier.to, other?.to ?? null];
    return (
      other !== undefined &&
      isSame(tier.from, other.from) &&
      isSame(tier.rate, other.rate) &&
      (ends.includes(null) ? ends[0] === ends[1] : isSame(tier.to ?? "0", other.to ?? "0"))
    );
  });

const addPrice = (draft: Draft, found: Extract<FoundPrice, { kind: "price" }>): void => {
  const { key, tiers, origin } = found;
  const before = draft.prices.get(key);
  const place = placeOf(draft, origin);
  if (before !== undefined && areSame(tiersOf(before), tiers)) {
    draft.prices.set(key, { ...before, origin: place });
    return;
  }
  const [first] = tiers;
  const isFlat = first !== undefined && tiers.length === 1 && first.to === null;
  const { rate: _, tiers: __, ...rest } = before ?? {};
  draft.prices.set(key, { ...rest, ...(isFlat ? { rate: first.rate } : { tiers }), origin: place });
  const after = tiersText(tiers);
  draft.changes.push(before === undefined ? { key, after } : { key, before: tiersText(tiersOf(before)), after });
};

const addOnDemand = (draft: Draft, found: Extract<FoundPrice, { kind: "on-demand" }>): void => {
  const { instanceType, rate, origin } = found;
  const text = settle(draft, ec2Key(instanceType, "on-demand"), draft.onDemand.get(instanceType)?.[0], rate);
  draft.onDemand.set(instanceType, [text, placeOf(draft, origin)]);
};

const addCommitment = (draft: Draft, found: Extract<FoundPrice, { kind: "commitment" }>): void => {
  const { instanceType, purchase, rate, origin } = found;
  const rows = draft.commitments.get(purchase) ?? new Map<string, CommitmentRow>();
  draft.commitments.set(purchase, rows);
  const text = settle(draft, ec2Key(instanceType, purchase), rows.get(instanceType)?.[0], rate);
  const thatDay = draft.onDemand.get(instanceType)?.[0];
  const place = placeOf(draft, origin);
  rows.set(instanceType, thatDay === undefined ? [text, place] : [text, place, thatDay]);
};

const addFee = (draft: Draft, found: Extract<FoundPrice, { kind: "fee" }>): void => {
  const { instanceType, rate, origin } = found;
  const before = managedInstancesFeeRate(draft.before, instanceType)?.rate;
  const text = settle(draft, managedInstancesFeeKey(instanceType), before, rate);
  draft.fees.set(instanceType, [text, placeOf(draft, origin)]);
};

/** The book keeps the savings over on demand beside a Spot price: a type without an on-demand rate is left out. */
const addSpot = (draft: Draft, found: Extract<FoundPrice, { kind: "spot" }>): void => {
  const { instanceType, rate, origin } = found;
  const onDemand = draft.onDemand.get(instanceType)?.[0];
  if (onDemand === undefined || new Decimal(onDemand).isZero()) return;
  const savings = new Decimal(1)
    .minus(new Decimal(rate).dividedBy(onDemand))
    .times(100)
    .toDecimalPlaces(PERCENT_PLACES)
    .toFixed();
  const text = settle(draft, ec2Key(instanceType, "spot"), ec2Rate(draft.before, instanceType, "spot")?.rate, rate);
  draft.spot.set(instanceType, [savings, draft.spot.get(instanceType)?.[1] ?? null, placeOf(draft, origin), text]);
};

/** On demand first: what is bought otherwise is kept beside it. */
const ORDER: readonly FoundPrice["kind"][] = ["price", "on-demand", "commitment", "fee", "spot"];

const add = (draft: Draft, found: FoundPrice): void => {
  if (found.kind === "price") addPrice(draft, found);
  else if (found.kind === "on-demand") addOnDemand(draft, found);
  else if (found.kind === "commitment") addCommitment(draft, found);
  else if (found.kind === "fee") addFee(draft, found);
  else addSpot(draft, found);
};

const sorted = <T>(rows: ReadonlyMap<string, T>): Readonly<Record<string, T>> =>
  Object.fromEntries([...rows].sort(([a], [b]) => (a < b ? -1 : 1)));

/** Origins that no row refers to any more are left out, and places counted anew. */
const compact = (book: RegionBook): RegionBook => {
  const used = new Set<number>([
    ...Object.values(book.prices).map(({ origin }) => origin),
    ...Object.values(book.ec2.onDemand).map((row) => row[1]),
    ...Object.values(book.ec2.spot).map((row) => row[2]),
    ...Object.values(book.ec2.managedInstancesFees ?? {}).map((row) => row[1]),
    ...Object.values(book.ec2.commitments).flatMap((rows) => Object.values(rows).map((row) => row[1])),
    ...book.managedInstancesFees.map(({ origin }) => origin),
  ]);
  const places = new Map([...used].sort((a, b) => a - b).map((old, at) => [old, at]));
  const to = (place: number): number => places.get(place) ?? 0;
  const each = <T, R>(rows: Readonly<Record<string, T>>, change: (row: T) => R): Readonly<Record<string, R>> =>
    Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, change(row)]));
  return {
    ...book,
    origins: book.origins.filter((_, at) => places.has(at)),
    prices: each(book.prices, (price) => ({ ...price, origin: to(price.origin) })),
    ec2: {
      onDemand: each(book.ec2.onDemand, ([rate, at]): OnDemandRow => [rate, to(at)]),
      spot: each(
        book.ec2.spot,
        ([savings, band, at, rate]): SpotRow =>
          rate === undefined ? [savings, band, to(at)] : [savings, band, to(at), rate],
      ),
      ...(book.ec2.managedInstancesFees === undefined
        ? {}
        : { managedInstancesFees: each(book.ec2.managedInstancesFees, ([rate, at]): OnDemandRow => [rate, to(at)]) }),
      commitments: each(book.ec2.commitments, (rows) =>
        each(
          rows,
          ([rate, at, thatDay]): CommitmentRow => (thatDay === undefined ? [rate, to(at)] : [rate, to(at), thatDay]),
        ),
      ),
    },
    managedInstancesFees: book.managedInstancesFees.map((fee) => ({ ...fee, origin: to(fee.origin) })),
  };
};

/** Puts what was found over a book; what was not found stays as it is, with its date. */
export const mergeBook = (book: RegionBook, found: readonly FoundPrice[]): MergedBook => {
  const draft = draftOf(book);
  const order = (price: FoundPrice): number => ORDER.indexOf(price.kind);
  for (const price of [...found].sort((a, b) => order(a) - order(b))) add(draft, price);
  const commitments = new Map([...draft.commitments].map(([purchase, rows]) => [purchase, sorted(rows)]));
  const merged: RegionBook = {
    ...book,
    origins: draft.origins,
    prices: sorted(draft.prices),
    ec2: {
      onDemand: sorted(draft.onDemand),
      spot: sorted(draft.spot),
      ...(draft.fees.size === 0 ? {} : { managedInstancesFees: sorted(draft.fees) }),
      commitments: sorted(commitments),
    },
  };
  return { book: compact(merged), changes: draft.changes.sort((a, b) => (a.key < b.key ? -1 : 1)) };
};
