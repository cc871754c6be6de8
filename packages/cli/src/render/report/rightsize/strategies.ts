import type { RightsizeReport } from "@ecs-cost/core";
import type { TableBlock } from "../../document/document.ts";
import { dollars } from "../../document/figures.ts";

/** Every strategy on the same services. */
export const strategiesTable = ({ strategies = [], settings }: RightsizeReport): TableBlock => ({
  kind: "table",
  heading: "Strategies",
  columns: [
    { header: "Strategy" },
    { header: "Resize", align: "right" },
    { header: "Keep", align: "right" },
    { header: "Withheld", align: "right" },
    { header: "Monthly cost", align: "right" },
    { header: "Saving", align: "right" },
    { header: "Rule", cutTo: 16 },
  ],
  rows: strategies.map(({ strategy, resize, keep, withheld, recommendedMonthlyCost, monthlySaving, summary }) => [
    strategy === settings.strategy ? { text: strategy, tone: "strong" } : strategy,
    String(resize),
    String(keep),
    String(withheld),
    dollars(recommendedMonthlyCost),
    dollars(monthlySaving),
    summary,
  ]),
});

/** How the advice would have done on days that it did not see. */
export const backtestTable = ({ backtest, settings }: RightsizeReport): TableBlock => ({
  kind: "table",
  heading:
    backtest === undefined
      ? "Backtest"
      : `Backtest: sized on the first ${share(backtest.trainShare)} of the days, judged on the rest`,
  columns: [
    { header: "Strategy" },
    { header: "Judged", align: "right" },
    { header: "Withheld", align: "right" },
    { header: "Cost / oracle", align: "right" },
    { header: "Short of CPU", align: "right" },
    { header: "Over memory", align: "right" },
  ],
  rows: (backtest?.strategies ?? []).map((row) => [
    row.strategy === settings.strategy ? { text: row.strategy, tone: "strong" } : row.strategy,
    String(row.judged),
    String(row.withheld),
    row.costOverOracle === null ? "" : row.costOverOracle.toFixed(3),
    outOf(row.shortOfCpu, row.cpuJudged, row.judged),
    outOf(row.overMemory, row.memoryJudged, row.judged),
  ]),
});

/** Of how many only where not all could be judged. */
const outOf = (count: number, judged: number, all: number): string =>
  judged === all ? String(count) : `${count} of ${judged}`;

const share = (value: number): string => `${Math.round(value * 100)} %`;
