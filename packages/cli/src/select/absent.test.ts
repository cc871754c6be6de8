import { describe, expect, it } from "vitest";
import { refuseAbsentInFilter } from "./absent.ts";

const SERVICES = [
  { name: "api", cluster: "production", tags: { team: "web" } },
  { name: "worker", cluster: "batch", tags: {} },
];
const judge = (filter: string) => () => refuseAbsentInFilter(filter, SERVICES);

describe("a filter", () => {
  it.each(["name=ap", "cluster=prodution", "cluster!=gone", "id=batch/api", "tag.team=data", "tag.owner=me"])(
    "that names what no service has, %s, is refused",
    (filter) => {
      expect(judge(filter)).toThrow("no service has");
      expect(judge(`${filter}?`)).not.toThrow();
      expect(judge(`name=api,${filter}`)).toThrow("no service has");
    },
  );

  it.each([
    ...["name=api", "id=production/api", "tag.team=web", "tag:team!=web", "tag.owner=unknown", "tag.owner="],
    ...["name~nothing", "architecture=arm64", "monthlyCost>5", "region=eu-west-1"],
  ])("%s is not", (filter) => {
    expect(judge(filter)).not.toThrow();
  });

  it("is told the nearest name", () => {
    try {
      judge("cluster=prodution")();
    } catch (error) {
      expect(error).toMatchObject({
        hint: "Did you mean production? Write cluster=prodution? for what may be absent.",
      });
    }
  });
});
