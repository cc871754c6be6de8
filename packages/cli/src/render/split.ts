import type { StrategyItem } from "@ecs-cost/core";
import type { Result } from "../output-command.ts";
import { counted } from "./figures.ts";

/** Tasks by capacity provider. */
export const splitResult = (
  desired: number,
  strategy: readonly StrategyItem[],
  tasks: ReadonlyMap<string, number>,
): Result => {
  const rows = strategy.map(({ capacityProvider, base, weight }) => [
    capacityProvider,
    String(base),
    String(weight),
    String(tasks.get(capacityProvider) ?? 0),
  ]);
  return {
    json: () => ({ schemaVersion: 1, command: "capacity split", desired, strategy, tasks: Object.fromEntries(tasks) }),
    document: () => ({
      title: `${counted(desired, "task")} over ${counted(strategy.length, "capacity provider")}`,
      blocks: [
        {
          kind: "table",
          columns: [
            { header: "Capacity provider", cutTo: 20 },
            { header: "Base", align: "right" },
            { header: "Weight", align: "right" },
            { header: "Tasks", align: "right" },
          ],
          rows,
        },
        {
          kind: "lines",
          lines: [
            {
              text: "AWS documents the ratio only; the rounding is a model, and running tasks are never moved to restore it.",
              tone: "faint",
            },
          ],
        },
      ],
    }),
    sheet: () => ({ header: ["capacityProvider", "base", "weight", "tasks"], rows }),
  };
};
