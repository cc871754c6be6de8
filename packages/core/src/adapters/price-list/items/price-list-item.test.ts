import { describe, expect, it } from "vitest";
import { readPriceListItem } from "./price-list-item.ts";

const dimension = (from: string, to: string, price: string, unit = "hours") => ({
  unit,
  beginRange: from,
  endRange: to,
  pricePerUnit: { USD: price },
});

const item = (dimensions: Readonly<Record<string, unknown>>, reserved: Readonly<Record<string, unknown>> = {}) => ({
  serviceCode: "AmazonECS",
  product: {
    sku: "VUZADW4HBG7NT6R7",
    productFamily: "Compute",
    attributes: { usagetype: "USE1-Fargate-GB-Hours", operation: "" },
  },
  terms: { OnDemand: { T: { priceDimensions: dimensions } }, Reserved: reserved },
  publicationDate: "2022-11-21T18:21:30Z",
});

const read = (value: unknown) => readPriceListItem(JSON.stringify(value));

const detailOf = (value: unknown): string => {
  const reading = read(value);
  return reading.ok ? "" : reading.detail;
};

describe("an item of the price list", () => {
  it("gives its rate without trailing zeros, and the day of its list", () => {
    const reading = read(item({ a: dimension("0", "Inf", "0.0044450000") }));
    expect(reading).toMatchObject({
      ok: true,
      item: {
        sku: "VUZADW4HBG7NT6R7",
        unit: "hours",
        publishedOn: "2022-11-21",
        tiers: [{ from: "0", to: null, rate: "0.004445" }],
      },
    });
  });

  it("gives its tiers in order, whatever their order in the list", () => {
    const reading = read(
      item({ a: dimension("2200", "Inf", "0.0102500000"), b: dimension("0", "2200", "0.0000000000") }),
    );
    expect(reading).toMatchObject({
      item: {
        tiers: [
          { from: "0", to: "2200", rate: "0" },
          { from: "2200", to: null, rate: "0.01025" },
        ],
      },
    });
  });

  it("spreads what is paid upfront over the hours of the term", () => {
    const term = (length: string, payment: string, dimensions: object) => ({
      priceDimensions: dimensions,
      termAttributes: { LeaseContractLength: length, OfferingClass: "standard", PurchaseOption: payment },
    });
    const fee = { unit: "Quantity", pricePerUnit: { USD: "505" } };
    const reserved = {
      a: term("3yr", "Partial Upfront", { h: dimension("0", "Inf", "0.0190000000", "Hrs"), q: fee }),
      b: term("1yr", "No Upfront", { h: dimension("0", "Inf", "0.0600000000", "Hrs") }),
      c: term("1yr", "All Upfront", {
        h: dimension("0", "Inf", "0.0000000000", "Hrs"),
        q: { ...fee, pricePerUnit: { USD: "494" } },
      }),
    };
    const reading = read(item({ a: dimension("0", "Inf", "0.0960000000", "Hrs") }, reserved));
    expect(reading.ok && reading.item.reserved.map(({ effectiveRate }) => effectiveRate)).toEqual(
      ["0.03821613394216", "0.06", "0.056392694064"].map((rate) => rate.slice(0, 14)),
    );
  });

  it("says in which currency it is priced", () => {
    const yuan = { unit: "hours", beginRange: "0", endRange: "Inf", pricePerUnit: { CNY: "0.2600000000" } };
    expect(read(item({ a: yuan }))).toMatchObject({ ok: true, item: { currency: "CNY", tiers: [{ rate: "0.26" }] } });
  });

  it.each([
    [
      "a price in two currencies",
      item({ a: { unit: "hours", beginRange: "0", endRange: "Inf", pricePerUnit: { USD: "1", CNY: "7" } } }),
      "in several currencies",
    ],
    [
      "no price",
      item({ a: { unit: "hours", beginRange: "0", endRange: "Inf", pricePerUnit: {} } }),
      "the price in USD is undefined",
    ],
    [
      "a price that is a number",
      item({ a: { unit: "hours", beginRange: "0", endRange: "Inf", pricePerUnit: { USD: 1 } } }),
      "no decimal",
    ],
    ["a hole between tiers", item({ a: dimension("0", "10", "1"), b: dimension("20", "Inf", "1") }), "do not follow"],
    ["two units", item({ a: dimension("0", "10", "1"), b: dimension("10", "Inf", "1", "GB") }), "2 units"],
    ["no terms", { ...item({}), terms: {} }, "0 on-demand terms"],
    ["no product", { serviceCode: "AmazonECS" }, "no SKU"],
    ["nothing", null, "null"],
  ])("with %s is refused", (_, value, detail) => {
    expect(detailOf(value)).toContain(detail);
  });

  it("that is no JSON is refused", () => {
    expect(readPriceListItem("{").ok).toBe(false);
  });
});
