import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decimal, sum } from "../../../domain/units/decimal.ts";
import type { Cell, Dimension, GroupedAmount, Grouping } from "./grouping.ts";
import { refine } from "./refine.ts";

/** A part of the bill of which everything is known. */
interface Line {
  readonly start: string;
  readonly values: Readonly<Partial<Record<Dimension, string>>>;
  readonly cost: Decimal;
}

const TAG = "TAG:aws:ecs:serviceName" as const;
const DIMENSIONS = ["RECORD_TYPE", "SERVICE", "USAGE_TYPE", TAG] as const;

const line: fc.Arbitrary<Line> = fc
  .record({
    day: fc.constantFrom("2026-10-01", "2026-10-02"),
    type: fc.constantFrom("Usage", "SavingsPlanCoveredUsage"),
    service: fc.constantFrom("ECS", "ELB"),
    usageType: fc.constantFrom("DataProcessing-Bytes", "Fargate-GB-Hours", "LCUUsage"),
    tag: fc.constantFrom("", "api", "web"),
    cost: fc.integer({ min: 1, max: 1_000_000 }),
  })
  .map(({ day, type, service, usageType, tag, cost }) => ({
    start: day,
    values: { RECORD_TYPE: type, SERVICE: service, USAGE_TYPE: usageType, [TAG]: tag },
    cost: new Decimal(cost).div(10_000),
  }));

const lines = fc.array(line, { minLength: 1, maxLength: 14 });

const amountOf = (start: string, members: readonly Line[]): Omit<GroupedAmount, "keys"> => {
  const cost = sum(members.map((each) => each.cost));
  return { start, cost, effectiveCost: cost, quantity: cost, unit: "Hrs" };
};

const groupingOf = (all: readonly Line[], dimensions: readonly Dimension[], rest?: string): Grouping => {
  const keysOf = ({ values }: Line): readonly string[] => dimensions.map((dimension) => values[dimension] ?? "");
  const isLeftOut = ({ values }: Line): boolean => rest !== undefined && values[TAG] === rest;
  const groups = Map.groupBy(
    all.filter((each) => !isLeftOut(each)),
    (each) => JSON.stringify([each.start, ...keysOf(each)]),
  );
  const amounts = [...groups.values()].flatMap((members): GroupedAmount[] => {
    const [first] = members;
    return first === undefined ? [] : [{ ...amountOf(first.start, members), keys: keysOf(first) }];
  });
  return { dimensions, within: {}, amounts, ...(rest === undefined ? {} : { rest }) };
};

const cellsOf = (all: readonly Line[], dimensions: readonly Dimension[]): readonly Cell[] =>
  groupingOf(all, dimensions).amounts.map(({ keys, ...amount }) => ({
    ...amount,
    values: Object.fromEntries(dimensions.map((dimension, at) => [dimension, keys[at] ?? ""])),
  }));

const total = (parts: readonly Pick<Cell, "cost">[]): string => sum(parts.map(({ cost }) => cost)).toFixed();

const holds = (values: Cell["values"], { start, cell }: { start: string; cell: Cell }): boolean =>
  start === cell.start &&
  DIMENSIONS.every((name) => cell.values[name] === undefined || cell.values[name] === values[name]);

describe("refining", () => {
  const steps: readonly (readonly [Dimension[], string?])[] = [
    [["SERVICE", "USAGE_TYPE"]],
    [["RECORD_TYPE", "USAGE_TYPE"]],
    [[TAG, "USAGE_TYPE"], ""],
    [[TAG, "SERVICE"]],
  ];
  const plan = fc.shuffledSubarray([...steps], { minLength: 1 });

  it("keeps the sum of every day, whatever is asked in whatever order", () => {
    fc.assert(
      fc.property(lines, plan, (all, asked) => {
        const first = cellsOf(all, ["RECORD_TYPE", "SERVICE"]);
        const last = asked.reduce(
          (cells, [dimensions, rest]) => refine(cells, groupingOf(all, dimensions, rest)).cells,
          first,
        );
        for (const day of ["2026-10-01", "2026-10-02"]) {
          const ofDay = (each: { readonly start: string }) => each.start === day;
          expect(total(last.filter(ofDay))).toBe(total(all.filter(ofDay)));
        }
      }),
    );
  });

  it("never says more of a value than there is", () => {
    fc.assert(
      fc.property(lines, plan, (all, asked) => {
        const first = cellsOf(all, ["RECORD_TYPE", "SERVICE"]);
        const last = asked.reduce(
          (cells, [dimensions, rest]) => refine(cells, groupingOf(all, dimensions, rest)).cells,
          first,
        );
        for (const cell of last) {
          const possible = all.filter(({ start, values }) => holds(values, { start, cell }));
          expect(cell.cost.lte(sum(possible.map(({ cost }) => cost)))).toBe(true);
        }
      }),
    );
  });

  it("tells everything where a usage type is of one service and one charge type", () => {
    const plain = lines.map((all) =>
      all.map((each) => ({
        ...each,
        values: { ...each.values, RECORD_TYPE: "Usage", SERVICE: `of ${each.values.USAGE_TYPE}` },
      })),
    );
    fc.assert(
      fc.property(plain, (all) => {
        const first = cellsOf(all, ["RECORD_TYPE", "SERVICE"]);
        const used = refine(first, groupingOf(all, ["SERVICE", "USAGE_TYPE"]));
        const tagged = refine(used.cells, groupingOf(all, [TAG, "USAGE_TYPE"], ""));
        const told = (cells: readonly Cell[]) =>
          cells
            .filter(({ cost }) => !cost.isZero())
            .map(({ start, values, cost }) => JSON.stringify([start, DIMENSIONS.map((name) => values[name]), cost]))
            .sort();
        expect([...used.unequal, ...used.ambiguous, ...tagged.unequal, ...tagged.ambiguous]).toEqual([]);
        expect(told(tagged.cells)).toEqual(told(cellsOf(all, DIMENSIONS)));
      }),
    );
  });

  const cell = (cost: string): Cell => {
    const amount = new Decimal(cost);
    return {
      start: "2026-10-01",
      values: { SERVICE: "ECS" },
      ...{ cost: amount, effectiveCost: amount, quantity: amount, unit: "" },
    };
  };
  const groups = (rest: string | undefined, ...amounts: readonly (readonly [string, string])[]): Grouping => ({
    dimensions: ["SERVICE", rest === undefined ? "USAGE_TYPE" : TAG],
    within: {},
    ...(rest === undefined ? {} : { rest }),
    amounts: amounts.map(([key, cost]) => {
      const { values: _values, ...amount } = cell(cost);
      return { ...amount, keys: ["ECS", key] };
    }),
  });

  it("gives what rounding leaves to the largest part", () => {
    const { cells } = refine([cell("10")], groups(undefined, ["a", "3.3333333333"], ["b", "6.6666666666"]));
    expect(cells.map(({ cost }) => cost.toFixed())).toEqual(["3.3333333333", "6.6666666667"]);
  });

  it("keeps a cell whole whose groups don't add up to it, and says so", () => {
    const whole = cell("10");
    expect(refine([whole], groups(undefined, ["a", "3"]))).toEqual({ cells: [whole], unequal: [whole], ambiguous: [] });
    expect(refine([whole], groups("", ["api", "11"]))).toEqual({ cells: [whole], unequal: [whole], ambiguous: [] });
  });

  it("leaves what has no tag to the rest", () => {
    const { cells } = refine([cell("10")], groups("", ["api", "4"]));
    expect(cells.map(({ values, cost }) => [values[TAG], cost.toFixed()])).toEqual([
      ["api", "4"],
      ["", "6"],
    ]);
  });
});
