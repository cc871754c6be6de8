import { existsSync } from "node:fs";
import type { PolicyCommand } from "@ecs-cost/core/schema";
import type { Policy } from "./judge-policy.ts";

const NAMES = ["ecs-cost.policy.yml", "ecs-cost.policy.yaml"];
const NONE = "none";

/**
 * The policy that a flag names, else the one in the working directory; undefined where there is none or the flag is
 * `none`. Throws a `BorderError` for a file that is no policy.
 */
export const openPolicy = async (flag: string | undefined, command: PolicyCommand): Promise<Policy | undefined> => {
  const file = flag ?? NAMES.find((name) => existsSync(name));
  if (file === undefined || file === NONE) return undefined;
  const { readPolicyFile } = await import("@ecs-cost/core/file");
  const { readPolicy } = await import("./judge-policy.ts");
  return readPolicy(file, readPolicyFile(file), command);
};
