import { BorderError } from "../../../domain/issues/border-error.ts";
import { fargateKey } from "../../../domain/pricing/price-key.ts";
import type { FoundPrice, PriceFindings } from "../../price-list/book/found-prices.ts";

/** What the AWS pricing page of Fargate reads; AWS documents it nowhere. */
export const FARGATE_SPOT_FEED = "https://dftu77xade0tc.cloudfront.net/fargate-spot-prices.json";

/** Fetches a text; `fetch` of the platform unless a caller has another way. */
export type FetchText = (url: string) => Promise<string>;

const failed = (url: string, detail: string, cause?: unknown): BorderError =>
  new BorderError(`${url}: ${detail}`, {
    code: "not-reached",
    source: "aws",
    hint: "The feed of Fargate Spot prices is not a documented API: leave it out, or give the prices with --set-price.",
    cause,
  });

const fetchText: FetchText = async (url) => {
  const response = await fetch(url, { signal: AbortSignal.timeout(20_000) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.text();
};

const UNITS: Readonly<Record<string, readonly ["x86_64" | "arm64", "vcpu-hour" | "gb-hour"]>> = {
  "vCPU-Hours": ["x86_64", "vcpu-hour"],
  "GB-Hours": ["x86_64", "gb-hour"],
  "ARM-vCPU-Hours": ["arm64", "vcpu-hour"],
  "ARM-GB-Hours": ["arm64", "gb-hour"],
};

interface FeedRow {
  readonly unit?: unknown;
  readonly price?: { readonly USD?: unknown };
  readonly attributes?: Readonly<Record<string, unknown>>;
}

const priceOf = (row: FeedRow, origin: FoundPrice["origin"]): readonly FoundPrice[] => {
  const [architecture, meter] = UNITS[String(row.unit)] ?? [];
  const rate = String(row.price?.USD);
  if (architecture === undefined || meter === undefined || !/^\d{1,6}(?:\.\d{1,20})?$/.test(rate)) return [];
  return [
    {
      kind: "price",
      key: fargateKey("linux", architecture, "spot", meter),
      tiers: [{ from: "0", to: null, rate }],
      origin,
    },
  ];
};

/** Prices of Fargate Spot in a region from the feed behind the pricing page; several rows for one price are refused. */
export const readFargateSpot = async (
  region: string,
  readOn: string,
  url: string = FARGATE_SPOT_FEED,
  get: FetchText = fetchText,
): Promise<PriceFindings> => {
  let rows: unknown;
  try {
    rows = (JSON.parse(await get(url)) as { readonly prices?: unknown }).prices;
  } catch (error) {
    throw failed(url, "the feed cannot be read", error);
  }
  if (!Array.isArray(rows)) throw failed(url, "the feed has no prices");
  const here = (rows as FeedRow[]).filter(({ attributes }) => attributes?.["aws:region"] === region);
  const origin = { asOf: readOn, source: "feed of the AWS Fargate pricing page" };
  const groups = Map.groupBy(
    here.flatMap((row) => priceOf(row, origin)),
    (price) => (price.kind === "price" ? price.key : ""),
  );
  const all = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    found: all.flatMap(([, prices]) => (prices.length === 1 ? prices : [])),
    refused: all.flatMap(([key, { length }]) =>
      length > 1 ? [{ key, detail: `the feed has ${length} prices for it` }] : [],
    ),
    absent: [],
  };
};
