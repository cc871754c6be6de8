import type { RightsizeReport, ServiceRightsizing, SizeOnUnseenDays } from "@ecs-cost/core";
import type { Selected } from "../../../select/selection.ts";
import type { TableBlock } from "../../document/document.ts";
import { UNKNOWN } from "../../document/figures.ts";

type Beside = NonNullable<ServiceRightsizing["computeOptimizer"]>;

/** What Compute Optimizer recommends beside what we do, both judged on the newest days, and why they differ. */
export const computeOptimizerTable = ({ services }: Selected<RightsizeReport>): TableBlock => ({
  kind: "table",
  heading: "Beside AWS Compute Optimizer, both judged on the newest days",
  columns: [
    { header: "Service", cutTo: 14 },
    { header: "Ours" },
    { header: "judged" },
    { header: "Theirs" },
    { header: "judged" },
    { header: "Why", cutTo: 30 },
  ],
  rows: services.flatMap((service) => {
    const { name, recommended, computeOptimizer: beside } = service;
    if (beside === undefined) return [];
    if (beside === null) return [[name, sizeText(recommended), "", "none", "", "it has nothing of this service"]];
    return [
      [
        name,
        sizeText(recommended),
        judgedText(beside.backtest?.ours),
        beside.recommended === null ? (beside.finding ?? "none") : sizeText(beside.recommended),
        judgedText(beside.backtest?.theirs),
        whyText(beside),
      ],
    ];
  }),
});

const sizeText = (size: ServiceRightsizing["recommended"]): string =>
  size === null ? UNKNOWN : `${size.cpu}/${size.memory}`;

const judgedText = (judged: SizeOnUnseenDays | null | undefined): string => {
  if (judged === null || judged === undefined) return "";
  const { shareShortOfCpu, overMemory } = judged;
  const cpu = shareShortOfCpu === null ? "" : `short of CPU ${(shareShortOfCpu * 100).toFixed(1)}%`;
  const memory = overMemory === true ? "over memory" : "";
  return [cpu, memory].filter((text) => text !== "").join(", ");
};

const whyText = ({ differences }: Beside): string =>
  differences.length === 0 ? "the same size" : differences.map(({ detail }) => detail).join(" ");
