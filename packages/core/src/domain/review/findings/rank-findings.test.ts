import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decimal, ONE, sum, ZERO } from "../../units/decimal.ts";
import type { CostRow } from "../cost-row.ts";
import type { Claim, FindingDraft } from "./finding-draft.ts";
import { rankFindings } from "./rank-findings.ts";

const row = (id: number, cost: number): CostRow => ({
  service: "AmazonECS",
  usageType: `row-${id}`,
  operation: "",
  unit: "hours",
  region: null,
  account: null,
  dimension: null,
  launchType: "fargate",
  family: "",
  cluster: null,
  ecsService: null,
  tags: {},
  serviceKey: undefined,
  tie: null,
  covered: false,
  quantity: ONE,
  cost: new Decimal(cost),
  onDemandCost: null,
});

const draft = (subject: string, claims: readonly Claim[]): FindingDraft => ({
  code: "finding",
  subject,
  monthlySaving: sum(claims.map(({ saving }) => saving)),
  effort: "low",
  confidence: "low",
  detail: "",
  action: "",
  claims,
});

const kinds = fc.constantFrom<Partial<Claim>>({}, { part: true }, { purchase: true });

/** Findings on a few rows that take any share of them. */
const anyDrafts = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 3 }).chain((costs) => {
  const rows = costs.map((cost, id) => row(id, cost));
  const claim = fc
    .tuple(fc.constantFrom(...rows), fc.integer({ min: 0, max: 100 }), kinds)
    .map(([of, percent, kind]): Claim => ({ row: of, saving: of.cost.times(percent).div(100), ...kind }));
  const claims = fc.uniqueArray(claim, { minLength: 1, maxLength: 3, selector: ({ row: of }) => of });
  return fc
    .array(claims, { maxLength: 6 })
    .map((all) => ({ rows, drafts: all.map((each, index) => draft(String(index), each)) }));
});

const adds = (findings: ReturnType<typeof rankFindings>): Decimal[] =>
  findings.map(({ additionalSaving }) => additionalSaving ?? ZERO);

describe("rankFindings", () => {
  it("never saves more than the rows cost, nor more than a finding saves alone", () => {
    fc.assert(
      fc.property(anyDrafts, ({ rows, drafts }) => {
        const findings = rankFindings(drafts, ONE);
        const cost = sum(rows.map((each) => each.cost));
        expect(sum(adds(findings)).minus(cost).lessThan("1e-9")).toBe(true);
        for (const { additionalSaving, monthlySaving } of findings) {
          expect((additionalSaving ?? ZERO).minus(monthlySaving ?? ZERO).lessThan("1e-9")).toBe(true);
          expect(additionalSaving?.isNegative()).toBe(false);
        }
      }),
    );
  });

  it("ranks by what is added, the same whatever order the findings come in", () => {
    fc.assert(
      fc.property(anyDrafts, ({ drafts }) => {
        const findings = rankFindings(drafts, ONE);
        const values = adds(findings);
        for (const [index, value] of values.entries()) {
          const next = values[index + 1];
          if (next !== undefined) expect(value.minus(next).greaterThan("-1e-9")).toBe(true);
        }
        expect(rankFindings([...drafts].reverse(), ONE)).toEqual(findings);
      }),
    );
  });

  it("counts shares of a row one after the other, parts of it side by side, and one way to buy it once", () => {
    const one = row(1, 100);
    const half = { row: one, saving: new Decimal(50) };
    const texts = (...claims: readonly Claim[]) =>
      adds(
        rankFindings(
          claims.map((claim, index) => draft(String(index), [claim])),
          ONE,
        ),
      ).map((value) => value.toFixed());
    expect(texts(half, half)).toEqual(["50", "25"]);
    expect(texts({ ...half, part: true }, { ...half, part: true })).toEqual(["50", "50"]);
    expect(texts({ ...half, part: true }, half)).toEqual(["50", "25"]);
    expect(texts({ ...half, purchase: true }, { ...half, purchase: true })).toEqual(["50", "0"]);
    expect(texts({ ...half, purchase: true }, half)).toEqual(["50", "25"]);
  });
});
