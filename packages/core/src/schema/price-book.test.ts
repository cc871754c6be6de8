import { describe, expect, it } from "vitest";
import { createCatalogue } from "../domain/pricing/rates/catalogue.ts";
import { parsePriceBook } from "./price-book.ts";
import { keyText } from "./problems.ts";

type Edit = (region: Record<string, unknown>, file: Record<string, unknown>) => void;

const file = (edit: Edit = () => undefined): unknown => {
  const region = {
    region: "eu-west-1",
    name: "EU (Ireland)",
    usageTypePrefix: "EU",
    partition: "aws",
    origins: [{ asOf: "2026-11", source: "our agreement with AWS" }],
    prices: { "nat.gb": { rate: "0.04", origin: 0 } },
    ec2: {
      onDemand: { "m7g.large": ["0.08", 0] },
      spot: { "m7g.large": ["60", null, 0] },
      commitments: { "standard-ri-1y-no-upfront": { "m7g.large": ["0.05", 0, "0.09"] } },
    },
    managedInstancesFees: [{ series: [], fraction: "0.12", origin: 0 }],
  };
  const whole = { version: 1, regions: [region] };
  edit(region, whole);
  return whole;
};

const tiers =
  (...list: readonly (readonly [string, string | null])[]): Edit =>
  (region) => {
    region["prices"] = { "nat.gb": { tiers: list.map(([from, to]) => ({ from, to, rate: "1" })), origin: 0 } };
  };

const problemsOf = (edit: Edit): readonly string[] => {
  const parsed = parsePriceBook(file(edit));
  return parsed.ok ? [] : parsed.problems.map(({ path, detail }) => `${keyText(path)}: ${detail}`);
};

describe("a price file", () => {
  it("gives a book that a catalogue takes", () => {
    const parsed = parsePriceBook(file());
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const [book] = parsed.book.regions;
    if (book === undefined) throw new Error("no region");
    const lookup = createCatalogue(book, []).find("nat.gb");
    expect(lookup.found && lookup.price).toMatchObject({
      unit: "GB",
      usageType: "EU-NatGateway-Bytes",
      asOf: "2026-11",
    });
  });

  it("may have tiers that touch, the last open or closed", () => {
    expect(problemsOf(tiers(["0", "10"], ["10.0", null]))).toEqual([]);
    expect(problemsOf(tiers(["0", "10"], ["10", "20"]))).toEqual([]);
  });

  it.each<[string, Edit, string]>([
    ["a number", (region) => (region["prices"] = { "nat.gb": { rate: 0.04, origin: 0 } }), "as text"],
    ["a negative rate", (region) => (region["prices"] = { "nat.gb": { rate: "-1", origin: 0 } }), "as text"],
    [
      "a misspelled key",
      (region) => (region["prices"] = { "nat.gbs": { rate: "1", origin: 0 } }),
      'did you mean "nat.gb"?',
    ],
    [
      "an instance's key among prices",
      (region) => (region["prices"] = { "ec2/m5.large/spot/hour": { rate: "1", origin: 0 } }),
      "belongs under ec2",
    ],
    ["neither rate nor tiers", (region) => (region["prices"] = { "nat.gb": { origin: 0 } }), "either rate or tiers"],
    [
      "an origin that is not there",
      (region) => (region["prices"] = { "nat.gb": { rate: "1", origin: 1 } }),
      "origin 1",
    ],
    [
      "a date of another form",
      (region) => (region["origins"] = [{ asOf: "1.11.2026", source: "x" }]),
      "a date such as",
    ],
    ["an unknown key", (region) => (region["price"] = {}), 'did you mean "prices"?'],
    [
      "a purchase that is no commitment",
      (region) => (region["ec2"] = { onDemand: {}, spot: {}, commitments: { spot: {} } }),
      "no commitment",
    ],
    [
      "a name that is no instance type",
      (region) => (region["ec2"] = { onDemand: { m7g: ["1", 0] }, spot: {}, commitments: {} }),
      "no instance type",
    ],
    ["a region twice", (region, whole) => (whole["regions"] = [region, region]), "there twice"],
    ["another version", (_, whole) => (whole["version"] = 2), "must be 1"],
    ["tiers with a hole", tiers(["0", "10"], ["11", null]), "must be 10"],
    ["tiers that do not begin at 0", tiers(["1", null]), "must be 0"],
    ["tiers after an open one", tiers(["0", null], ["5", null]), "no end"],
    ["a tier of no width", tiers(["0", "0"]), "above 0"],
    ["no tiers", tiers(), "at least one"],
  ])("with %s is refused", (_, edit, detail) => {
    const problems = problemsOf(edit);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(detail);
  });

  it.each([undefined, null, 1, "x", []])("that is %j is refused without a throw", (data) => {
    expect(parsePriceBook(data).ok).toBe(false);
  });
});
