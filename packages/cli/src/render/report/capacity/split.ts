import { type Assumption, SPLIT_ASSUMPTIONS, type SplitTasks, type StrategyItem } from "@ecs-cost/core";
import type { Cell, Column } from "../../document/document.ts";
import { counted } from "../../document/figures.ts";
import type { Result } from "../../document/result.ts";

/** A split, and the way to it where it was worked out. */
export interface SplitAnswer {
  readonly desired: number;
  readonly strategy: readonly StrategyItem[];
  readonly tasks: SplitTasks;
  readonly deployment?: { readonly maximumPercent: number; readonly peak: SplitTasks; readonly after: SplitTasks };
  readonly scaling?: {
    readonly from: number;
    readonly before: SplitTasks;
    readonly after: SplitTasks;
    /** Tasks after each task that was added or stopped. */
    readonly path: readonly SplitTasks[];
  };
}

/** Tasks by capacity provider, and how they get there. */
export const splitResult = (answer: SplitAnswer): Result => {
  const columns = columnsOf(answer);
  const header = ["capacityProvider", "base", "weight", "tasks", ...columns.map(({ key }) => key)];
  const rows = answer.strategy.map(({ capacityProvider, base, weight }) => [
    capacityProvider,
    ...[base, weight, answer.tasks.get(capacityProvider) ?? 0].map(String),
    ...columns.map(({ tasks }) => String(tasks.get(capacityProvider) ?? 0)),
  ]);
  return {
    json: () => jsonOf(answer),
    document: () => ({
      title: `${counted(answer.desired, "task")} over ${counted(answer.strategy.length, "capacity provider")}`,
      blocks: [
        {
          kind: "table",
          columns: [
            { header: "Capacity provider", cutTo: 20 },
            ...["Base", "Weight", "Tasks", ...columns.map(({ title }) => title)].map(figure),
          ],
          rows,
        },
        { kind: "lines", lines: [KNOWN, ...assumptionsOf(answer).map(({ detail }): Cell => faint(detail))] },
      ],
    }),
    sheet: () => ({ header, rows }),
  };
};

const figure = (header: string): Column => ({ header, align: "right" });

const faint = (text: string): Cell => ({ text, tone: "faint" });

const KNOWN: Cell = faint(
  "AWS documents the ratio only; the rounding is a model, and running tasks are never moved to restore it.",
);

interface WayColumn {
  readonly key: string;
  readonly title: string;
  readonly tasks: SplitTasks;
}

const columnsOf = ({ deployment, scaling }: SplitAnswer): readonly WayColumn[] => [
  ...(scaling === undefined
    ? []
    : [
        { key: "before", title: `At ${scaling.from}`, tasks: scaling.before },
        { key: "after", title: "Scaled", tasks: scaling.after },
      ]),
  ...(deployment === undefined
    ? []
    : [
        { key: "deploymentPeak", title: "Deploying", tasks: deployment.peak },
        { key: "deploymentAfter", title: "Deployed", tasks: deployment.after },
      ]),
];

const assumptionsOf = ({ desired, deployment, scaling }: SplitAnswer): readonly Assumption[] => [
  ...(scaling !== undefined && scaling.from < desired ? [SPLIT_ASSUMPTIONS.adding] : []),
  ...(scaling !== undefined && scaling.from > desired ? [SPLIT_ASSUMPTIONS.scaleIn] : []),
  ...(deployment === undefined ? [] : [SPLIT_ASSUMPTIONS.deployment]),
];

const plain = (tasks: SplitTasks): Readonly<Record<string, number>> => Object.fromEntries(tasks);

const jsonOf = (answer: SplitAnswer): object => {
  const { desired, strategy, tasks, deployment, scaling } = answer;
  return {
    schemaVersion: 1,
    command: "capacity split",
    desired,
    strategy,
    tasks: plain(tasks),
    ...(scaling === undefined
      ? {}
      : {
          scaling: {
            from: scaling.from,
            before: plain(scaling.before),
            after: plain(scaling.after),
            path: scaling.path.map(plain),
          },
        }),
    ...(deployment === undefined
      ? {}
      : {
          deployment: {
            maximumPercent: deployment.maximumPercent,
            peak: plain(deployment.peak),
            after: plain(deployment.after),
          },
        }),
    assumptions: [SPLIT_ASSUMPTIONS.rounding, ...assumptionsOf(answer)],
  };
};
