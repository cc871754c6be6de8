import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { readInventory } from "@ecs-cost/core/file";
import { loadInventory } from "@ecs-cost/core/inventory";
import { describe, expect, it } from "vitest";
import { folderOf, oneService, TASK } from "./inventory-input.ts";

const FIXTURES = join(import.meta.dirname, "fixtures");
const WORKLOAD = oneService(TASK, "desiredCount: 1");
const USAGE = "version: 1\nusage:\n  aws_ecs_service.gone:\n    desiredCount: 2\n";

const failureOf = async (read: () => unknown): Promise<unknown> => {
  try {
    await read();
  } catch (error) {
    return error;
  }
  throw new Error("it was read, where a refusal was expected");
};

describe("an inventory that is loaded", () => {
  it.each([
    ["descriptions of the AWS command line", join(FIXTURES, "inventory")],
    ["Terraform plans", join(FIXTURES, "terraform")],
    ["templates of the CDK", join(FIXTURES, "cloudformation/cdk")],
  ])("is the one that is read: %s", async (_, input) => {
    const plain = (inventory: unknown) => JSON.parse(JSON.stringify(inventory));
    expect(plain(await loadInventory([input]))).toEqual(plain(readInventory([input])));
  });

  it.each([
    ["a broken plan", '{"format_version":"1.2","planned_values":7}'],
    ["a broken workload file", "version: 1\nservices: 7\n"],
    ["something else", "{}"],
    ["a usage file of what is not there", USAGE],
  ])("is refused like the one that is read: %s", async (_, text) => {
    const inputs = [join(folderOf({ x: text }), "x")];
    expect(await failureOf(() => loadInventory(inputs))).toEqual(await failureOf(() => readInventory(inputs)));
  });

  it.each([
    [WORKLOAD, false],
    ['{"format_version":"1.2","values":{}}', true],
  ])("loads readers of infrastructure as code where an input is some", (text, expected) => {
    const script = `import { registerHooks } from "node:module";
      let loaded = false;
      registerHooks({ load: (url, context, next) => {
        if (/read-plan\\.|read-template\\./.test(url)) loaded = true;
        return next(url, context);
      } });
      const { loadInventory } = await import("@ecs-cost/core/inventory");
      await loadInventory([process.argv[1]]);
      console.log(loaded);`;
    const file = join(folderOf({ x: text }), "x");
    const options = ["--conditions=@ecs-cost/source", "--input-type=module", "-e", script, file];
    const printed = execFileSync(process.execPath, options, { cwd: import.meta.dirname, encoding: "utf8" });
    expect(printed).toBe(`${expected}\n`);
  });
});
