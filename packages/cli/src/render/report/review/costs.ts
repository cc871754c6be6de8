import type { CostPart, ReviewReport } from "@ecs-cost/core";
import type { Decimal } from "@ecs-cost/core/estimate";
import type { Cell, Column, TableBlock } from "../../document/document.ts";
import type { Money } from "../../document/money.ts";
import { changeShare, type PartKind, partName } from "./words.ts";

const SHORT_LIST = 10;

/** A change of cost: red where it is more, green where it is less. */
export const changeCell = (change: Decimal | null, money: Money): Cell => {
  if (change === null) return { text: money.signed(change), tone: "faint" };
  if (change.isZero()) return { text: "-", tone: "faint" };
  return { text: money.signed(change), tone: change.isNegative() ? "good" : "bad" };
};

const columnsOf = (header: string, hasBefore: boolean): readonly Column[] => [
  { header, cutTo: 16 },
  { header: "Cost", align: "right" },
  ...(hasBefore
    ? ([
        { header: "Before", align: "right" },
        { header: "Change", align: "right" },
        { header: "%", align: "right" },
      ] as const)
    : []),
];

/** Parts of the total, dearest first as the report has them; the long tail only where all is asked for. */
export const partsTable = (
  [heading, header, kind]: readonly [heading: string | undefined, header: string, kind: PartKind],
  parts: readonly CostPart[],
  money: Money,
  verbose: boolean,
): TableBlock => {
  const hasBefore = parts.some(({ previousCost }) => previousCost !== null);
  const shown = verbose ? parts : parts.slice(0, SHORT_LIST);
  const left = parts.length - shown.length;
  return {
    kind: "table",
    ...(heading === undefined ? {} : { heading }),
    columns: columnsOf(header, hasBefore),
    rows: shown.map(({ key, cost, previousCost, change }) => [
      partName(kind, key),
      money.plain(cost),
      money.plain(previousCost),
      changeCell(change, money),
      changeShare(change, previousCost),
    ]),
    ...(left === 0 ? {} : { footer: [[{ text: `${left} more: see --verbose or --json`, tone: "faint" }]] }),
  };
};

/** Every way in which the total is divided: those with one part say nothing that the total does not. */
export const breakdowns = (report: ReviewReport, money: Money, verbose: boolean): readonly TableBlock[] => {
  const few = (parts: readonly CostPart[]): readonly CostPart[] => (parts.length > 1 ? parts : []);
  return [
    partsTable(["By launch type", "Launch type", "launchType"], report.launchTypes, money, true),
    partsTable(["By cluster", "Cluster", "cluster"], few(report.clusters), money, verbose),
    ...Object.entries(report.tags).map(([key, parts]) =>
      partsTable([`By tag ${key}`, key, "tag"], parts, money, verbose),
    ),
    partsTable(["By region", "Region", "region"], few(report.regions), money, verbose),
    partsTable(["By account", "Account", "account"], few(report.accounts), money, verbose),
    ...(verbose ? [partsTable(["By price dimension", "Dimension", "dimension"], report.dimensions, money, true)] : []),
  ];
};
