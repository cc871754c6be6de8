import { compare } from "@ecs-cost/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTaskDefinition } from "../../packages/core/src/domain/workload/task-definition.ts";
import { plainInventory, plainService } from "../support/plain-inventory.ts";
import { pinnedCatalogue } from "../support/prices/pinned.ts";

const catalogue = pinnedCatalogue("us-east-1");
const GPU_TYPES = new Set(["g4dn.xlarge", "g6.xlarge"]);

const value = fc.oneof(
  fc.constantFrom("1", "2", "0.25", "0.5", "ALL", "all", "", "-1", "1.5", "many"),
  fc.string({ maxLength: 5 }),
);
const requirement = fc.oneof(
  fc.record({ type: fc.constant("GPU"), value }),
  fc.record({
    type: fc.constant("GPU"),
    sharingStrategy: fc.record({ nvidiaMps: fc.record({ memory: fc.nat(90_000) }) }),
  }),
  fc.record({ type: fc.constantFrom("NeuronDevice", "InferenceAccelerator", "FPGA", ""), value }),
);
const asksForNone = ({ type, ...rest }: { type: string }): boolean =>
  type === "GPU" && "value" in rest && /^0+(?:\.0*)?$/.test(String(rest.value).trim());

describe("a need for accelerators", () => {
  it("keeps a task off everything that has none", () => {
    fc.assert(
      fc.property(requirement, (one) => {
        if (asksForNone(one)) return;
        const containerDefinitions = [{ name: "a", resourceRequirements: [one] }];
        const reading = readTaskDefinition({ family: "f", cpu: "1024", memory: "2048", containerDefinitions });
        if (reading.kind !== "shape") throw new Error("no shape");
        const report = compare(plainInventory([plainService({ name: "s", task: reading.task })]), catalogue);
        const feasible = report.services[0]?.options.filter((option) => option.feasible) ?? [];
        expect(feasible.filter(({ id }) => id.startsWith("fargate"))).toEqual([]);
        for (const { lineItems } of feasible) {
          const types = lineItems.flatMap(({ dimension }) => /^ec2\/([^/]+)\//.exec(dimension)?.[1] ?? []);
          expect(types.length).toBeGreaterThan(0);
          expect(types.filter((type) => !GPU_TYPES.has(type))).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
