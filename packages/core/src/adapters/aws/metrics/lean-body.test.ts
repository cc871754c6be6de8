import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leanBody } from "./lean-body.ts";

const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat());
const result = fc.record({
  Id: fc.string(),
  Label: fc.oneof(fc.string(), fc.constantFrom('"Values":[1,2]', '\\"Timestamps": [', "größe ]")),
  Timestamps: fc.array(fc.nat(), { maxLength: 5 }),
  Values: fc.array(number, { maxLength: 5 }),
  StatusCode: fc.constantFrom("Complete", "PartialData"),
});

interface Answer {
  readonly MetricDataResults: readonly { readonly Timestamps: readonly number[]; readonly Values: readonly number[] }[];
}

const back = (list: readonly number[], taken: readonly (readonly number[])[]): readonly number[] => [
  ...(taken[list[0] ?? -1] ?? []),
];

describe("an answer without its numbers", () => {
  it("and the numbers are together what the answer was", () => {
    fc.assert(
      fc.property(fc.array(result, { maxLength: 4 }), fc.constantFrom(undefined, 1), (results, indent) => {
        const text = JSON.stringify(
          { Messages: [], MetricDataResults: results, NextToken: '"Values"' },
          undefined,
          indent,
        );
        const lean = leanBody(Buffer.from(text));
        if (lean === undefined) return;
        const answer = JSON.parse(lean.body.toString()) as Answer;
        const whole = answer.MetricDataResults.map((each) => ({
          ...each,
          Timestamps: back(each.Timestamps, lean.taken),
          Values: back(each.Values, lean.taken).map((value) => (Object.is(value, -0) ? 0 : value)),
        }));
        expect({ ...answer, MetricDataResults: whole }).toEqual(JSON.parse(text));
      }),
    );
  });

  it("has every number taken out of what CloudWatch answers", () => {
    const text =
      '{"MetricDataResults":[{"Id":"m0","Timestamps":[1.7E9, 1700000060],"Values":[0.5,1e-7]},{"Id":"m1","Timestamps":[],"Values":[]}]}';
    const lean = leanBody(Buffer.from(text));
    expect(lean?.body.toString()).toBe(
      '{"MetricDataResults":[{"Id":"m0","Timestamps":[0],"Values":[1]},{"Id":"m1","Timestamps":[],"Values":[]}]}',
    );
    expect(lean?.taken).toEqual([
      [1_700_000_000, 1_700_000_060],
      [0.5, 1e-7],
    ]);
  });

  it.each(['{"Values":["a"]}', '{"Values":[1', '{"Timestamps":{"a":1}}', '{"Values":[[1]]}', '{"Values"'])(
    "is none where it looks otherwise: %s",
    (text) => {
      expect(leanBody(Buffer.from(text))).toBeUndefined();
    },
  );
});
