import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMatched, type Named, pairServices } from "./pairs.ts";

const NAMES = ["a", "b", "c"];
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });

const service = fc
  .record({
    name: fc.constantFrom(...NAMES),
    cluster: fc.constantFrom("blue", "green"),
    address: maybe(fc.constantFrom("x", "y", "z")),
    previousAddress: maybe(fc.constantFrom("x", "y", "z")),
  })
  .map(
    ({ name, cluster, address, previousAddress }): Named => ({
      ...{ name, cluster },
      ...(address === undefined ? {} : { address }),
      ...(previousAddress === undefined ? {} : { previousAddress }),
    }),
  );
const side = fc.array(service, { maxLength: 6 });

const matches = (before: readonly Named[], after: readonly Named[]): readonly string[] =>
  pairServices(before, after)
    .filter(isMatched)
    .map((pair) => `${before.indexOf(pair.before)} ${after.indexOf(pair.after)}`)
    .sort();

describe("pairs of services", () => {
  it("hold every service of both sides once", () => {
    fc.assert(
      fc.property(side, side, (before, after) => {
        const pairs = pairServices(before, after);
        const [left, right] = [pairs.flatMap((pair) => pair.before ?? []), pairs.flatMap((pair) => pair.after ?? [])];
        expect([left.length, new Set(left)]).toEqual([before.length, new Set(before)]);
        expect(right).toEqual(after);
      }),
    );
  });

  it("are the same whichever side is the first", () => {
    fc.assert(
      fc.property(side, side, (before, after) => {
        const turned = matches(after, before).map((match) => match.split(" ").reverse().join(" "));
        expect(turned.sort()).toEqual(matches(before, after));
      }),
    );
  });

  it.each<[string, Partial<Named>, Partial<Named>, boolean]>([
    ["an address, whatever the name", { address: "x" }, { address: "x", name: "b", cluster: "green" }, true],
    ["a move", { address: "x" }, { address: "y", previousAddress: "x", name: "b" }, true],
    ["a move that is turned round", { address: "y", previousAddress: "x" }, { address: "x", name: "b" }, true],
    ["the name, where the address is another", { address: "x" }, { address: "y" }, true],
    ["the name in another cluster", {}, { cluster: "green" }, true],
    ["nothing", { address: "x" }, { address: "y", name: "b" }, false],
  ])("are found by %s", (_, before, after, isFound) => {
    const own = { name: "a", cluster: "blue" };
    expect(matches([{ ...own, ...before }], [{ ...own, ...after }])).toHaveLength(isFound ? 1 : 0);
  });
});
