import type { RightsizeReport } from "@ecs-cost/core";
import type { Cell, TableBlock } from "../../document/document.ts";
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
    { header: "promised", align: "right" },
    { header: "Over memory", align: "right" },
    { header: "promised", align: "right" },
  ],
  rows: (backtest?.strategies ?? []).map((row) => [
    row.strategy === settings.strategy ? { text: row.strategy, tone: "strong" } : row.strategy,
    String(row.judged),
    String(row.withheld),
    row.costOverOracle === null ? "" : row.costOverOracle.toFixed(3),
    outOf(row.shortOfCpu, row.cpuJudged, row.judged),
    row.promisedShortOfCpu.toFixed(1),
    outOf(row.overMemory, row.memoryJudged, row.judged),
    row.promisedOverMemory.toFixed(1),
  ]),
});

/** What the risk that was told for the strategy in use came to. */
export const promiseLines = ({ backtest, settings }: RightsizeReport): readonly Cell[] => {
  const used = backtest?.strategies.find(({ strategy }) => strategy === settings.strategy);
  if (backtest === undefined || used === undefined || used.judged === 0) return [];
  const byRisk = used.byRisk
    .filter(({ judged }) => judged > 0)
    .map(({ risk, judged, failed }) => `${risk} ${failed} of ${judged}`);
  return [
    `Short of CPU: above the size for more than ${percentOf(backtest.allowedShare)} of the time. Promised: the sum of the chances that were told beforehand. Fell short by the risk told: ${byRisk.join(", ")}.`,
  ];
};

const percentOf = (value: number): string => `${Number((value * 100).toFixed(2))} %`;

/** Of how many only where not all could be judged. */
const outOf = (count: number, judged: number, all: number): string =>
  judged === all ? String(count) : `${count} of ${judged}`;

const share = (value: number): string => `${Math.round(value * 100)} %`;
