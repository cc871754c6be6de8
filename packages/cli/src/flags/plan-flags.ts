import type { PlanSettings } from "@ecs-cost/core";
import * as Flags from "@oclif/core/flags";
import { nearest } from "../program/nearest.ts";
import { usageError } from "../program/usage-error.ts";
import { valuesOf } from "./report-flags.ts";

const GROUP = "PLAN";

/** What a plan may do. */
export const planFlags = {
  arm64: Flags.boolean({
    allowNo: true,
    default: true,
    env: "ECS_COST_ARM64",
    helpGroup: GROUP,
    summary: "Whether services may move to ARM64, which needs images built for it.",
  }),
  spot: Flags.boolean({
    allowNo: true,
    default: true,
    env: "ECS_COST_SPOT",
    helpGroup: GROUP,
    summary: "Whether services that may be interrupted may run on Spot capacity.",
  }),
  keep: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    env: "ECS_COST_KEEP",
    helpGroup: GROUP,
    helpValue: "SERVICE",
    summary: "Leave this service as it is: its name or CLUSTER/NAME, with ? at the end where it may be absent.",
  }),
  effort: Flags.string({
    default: "full",
    env: "ECS_COST_EFFORT",
    helpGroup: GROUP,
    options: ["low", "full"],
    summary: "low leaves out what needs new images or instances.",
  }),
  moves: Flags.integer({
    min: 0,
    env: "ECS_COST_MOVES",
    helpGroup: GROUP,
    helpValue: "N",
    summary: "Only the N steps that save most.",
  }),
  emit: Flags.string({
    env: "ECS_COST_EMIT",
    helpGroup: GROUP,
    options: ["workload"],
    summary: "Print the plan as a workload file, which estimate prices at what the plan costs.",
  }),
};

interface PlanFlagValues {
  readonly arm64: boolean;
  readonly spot: boolean;
  readonly keep: readonly string[] | string | undefined;
  readonly effort: string;
  readonly moves: number | undefined;
}

export const planSettings = (flags: PlanFlagValues, hoursPerMonth: string): PlanSettings => ({
  hoursPerMonth,
  arm64: flags.arm64,
  spot: flags.spot,
  keep: valuesOf(flags.keep).map((name) => name.replace(/\?$/, "")),
  effort: flags.effort === "low" ? "low" : "full",
  ...(flags.moves === undefined ? {} : { moves: flags.moves }),
});

/** Refuses names of --keep that no service has, unless a ? says that they may be absent. */
export const refuseAbsent = (
  keep: readonly string[] | string | undefined,
  services: readonly { readonly cluster: string; readonly name: string }[],
): void => {
  const known = services.flatMap(({ cluster, name }) => [name, `${cluster}/${name}`]);
  for (const name of valuesOf(keep)) {
    if (name.endsWith("?") || known.includes(name)) continue;
    const [near] = nearest(name, known, 1);
    const guess = near === undefined ? "" : `Did you mean ${near}? `;
    throw usageError(
      `--keep ${name}: there is no such service`,
      `${guess}A ? behind it allows that: --keep '${name}?'.`,
    );
  }
};
