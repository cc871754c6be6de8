import { deploymentTasks, type StrategyItem, scaleTasks, splitTasks, strategyProblems } from "@ecs-cost/core";
import * as Flags from "@oclif/core/flags";
import { OutputCommand } from "../../command/output-command.ts";
import { outputFlags } from "../../flags/output-flags.ts";
import { valuesOf } from "../../flags/report-flags.ts";
import { usageError } from "../../program/usage-error.ts";
import { type SplitAnswer, splitResult } from "../../render/report/capacity/split.ts";

/** Tasks that are followed one by one. */
const MOST_STEPS = 5000;

const FORM = "expected PROVIDER:base=B:weight=W, for example FARGATE:base=2:weight=1";

export default class CapacitySplit extends OutputCommand {
  static override summary = "How ECS divides tasks over the capacity providers of a strategy.";
  static override description =
    "The base first, the rest by weight with largest remainders. AWS documents the ratio, not the rounding.";
  static override examples = [
    "<%= config.bin %> capacity split --desired 10 --strategy FARGATE:base=2:weight=1 --strategy FARGATE_SPOT:weight=3",
    "<%= config.bin %> capacity split --desired 10 --strategy FARGATE:base=1:weight=1 FARGATE_SPOT:weight=4 --json",
    "<%= config.bin %> capacity split --desired 10 --from 4 --maximum-percent 200 --strategy FARGATE:base=2:weight=1 FARGATE_SPOT:weight=3",
  ];
  static override flags = {
    desired: Flags.integer({
      required: true,
      min: 0,
      max: 1_000_000,
      env: "ECS_COST_DESIRED",
      helpValue: "N",
      summary: "Desired count of the service.",
    }),
    strategy: Flags.string({
      required: true,
      multiple: true,
      env: "ECS_COST_STRATEGY",
      helpValue: "PROVIDER:base=B:weight=W",
      summary: "One provider of the strategy, base and weight 0 unless given; repeat it, or give several values.",
    }),
    from: Flags.integer({
      min: 0,
      max: MOST_STEPS,
      env: "ECS_COST_FROM",
      helpValue: "N",
      summary: "Also from N tasks, one at a time, to the desired count: scaling out or in.",
    }),
    "maximum-percent": Flags.integer({
      min: 100,
      max: 1000,
      env: "ECS_COST_MAXIMUM_PERCENT",
      helpValue: "P",
      summary:
        "Also at the peak of a deployment with this maximum percent, and after it; ECS takes 200 where none is set.",
    }),
    ...outputFlags,
  };

  async run(): Promise<void> {
    const { flags, raw } = await this.parse(CapacitySplit);
    const items = valuesOf(flags.strategy).map(parseItem);
    const [problem] = strategyProblems(items);
    if (problem !== undefined) throw usageError(`--strategy: ${problem.detail}`);
    const { desired, from, "maximum-percent": maximumPercent } = flags;
    if ((from ?? maximumPercent) !== undefined && desired > MOST_STEPS) {
      throw usageError(`--desired ${desired}: the way to a split is worked out task by task, up to ${MOST_STEPS}`);
    }
    const answer: SplitAnswer = {
      desired,
      strategy: items,
      tasks: splitTasks(desired, items),
      ...(from === undefined ? {} : { scaling: scalingFrom(from, desired, items) }),
      ...(maximumPercent === undefined
        ? {}
        : { deployment: { maximumPercent, ...deploymentTasks(desired, items, maximumPercent) } }),
    };
    await this.print(splitResult(answer), this.outputSettings(flags, raw));
  }
}

/** From the steady split of one count to another, task by task. */
const scalingFrom = (
  from: number,
  desired: number,
  items: readonly StrategyItem[],
): NonNullable<SplitAnswer["scaling"]> => {
  const before = splitTasks(from, items);
  const step = Math.sign(desired - from);
  let after = before;
  const path = Array.from({ length: Math.abs(desired - from) }, (_, index) => {
    after = scaleTasks(after, from + step * (index + 1), items);
    return after;
  });
  return { from, before, after, path };
};

/** `FARGATE:base=2:weight=1`; base and weight in any order, each once. */
const parseItem = (text: string): StrategyItem => {
  const [capacityProvider = "", ...parts] = text.split(":");
  const given = new Map<string, number>();
  for (const part of parts) {
    const { name, value } = /^(?<name>base|weight)=(?<value>\d{1,9})$/.exec(part)?.groups ?? {};
    if (name === undefined || value === undefined || given.has(name)) throw usageError(`--strategy ${text}: ${FORM}`);
    given.set(name, Number(value));
  }
  if (capacityProvider === "") throw usageError(`--strategy ${text}: ${FORM}`);
  return { capacityProvider, base: given.get("base") ?? 0, weight: given.get("weight") ?? 0 };
};
