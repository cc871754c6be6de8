import type { Service } from "@ecs-cost/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFilter } from "../select/filter.ts";
import { matches } from "./pattern.ts";
import { canPass, SERVICE_FIELDS } from "./service-filter.ts";

const service = (name: string, cluster: string, team?: string): Service =>
  ({ id: `${cluster}/${name}`, name, cluster, tags: team === undefined ? {} : { team } }) as unknown as Service;

const word = fc.constantFrom("api", "web", "api-worker", "x");
const condition = fc
  .tuple(fc.constantFrom("name", "cluster", "id", "tag.team"), fc.constantFrom("=", "!=", "~", "!~"), word)
  .map((parts) => parts.join(""));

describe("what a filter tells before anything is worked out", () => {
  it("is its conditions on name, cluster and tags, whatever others stand between them", () => {
    fc.assert(
      fc.property(
        fc.array(condition, { minLength: 1 }),
        word,
        word,
        fc.option(word),
        (conditions, name, cluster, team) => {
          const one = service(name, cluster, team ?? undefined);
          const whole = [...conditions, "monthlyCost>100", "advice=resize"].join(",");
          expect(canPass(whole)(one)).toBe(parseFilter(conditions.join(","), SERVICE_FIELDS)(one));
        },
      ),
    );
  });

  it("lets everything pass where it tells nothing", () => {
    for (const expression of [undefined, "monthlyCost>100", "namesake=x"]) {
      expect(canPass(expression)(service("api", "production"))).toBe(true);
    }
  });
});

describe("patterns of names", () => {
  it("take * and ? for any characters, and everything else as it stands", () => {
    expect(["prod-eu", "prod-us", "test"].filter(matches(["prod-*"]))).toEqual(["prod-eu", "prod-us"]);
    expect(["a1", "a22"].filter(matches(["a?"]))).toEqual(["a1"]);
    expect(matches(["a.c"])("abc")).toBe(false);
    expect(matches(["a", "b"])("b")).toBe(true);
  });

  it("find a name that is given as it is", () => {
    fc.assert(fc.property(fc.stringMatching(/^[\w.-]{1,20}$/), (name) => matches([name])(name)));
  });
});
