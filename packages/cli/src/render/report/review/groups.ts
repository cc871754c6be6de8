import type { CostGroup, CostPart, ShowbackRow } from "@ecs-cost/core";
import type { TableBlock } from "../../document/document.ts";
import type { Money } from "../../document/money.ts";
import type { Sheet } from "../../document/sheet.ts";
import { changeCell } from "./costs.ts";
import { changeShare } from "./words.ts";

/** Groups by several keys, a column for each. */
export const groupsBlock = (
  groups: readonly CostGroup[],
  headers: readonly string[],
  valuesOf: (group: CostGroup) => readonly string[],
  money: Money,
): TableBlock => {
  const hasBefore = groups.some(({ previousCost }) => previousCost !== null);
  return {
    kind: "table",
    heading: `By ${headers.join(", ").toLowerCase()}`,
    columns: [
      ...headers.map((header) => ({ header, cutTo: 10 })),
      { header: "Cost", align: "right" },
      ...(hasBefore
        ? ([
            { header: "Before", align: "right" },
            { header: "Change", align: "right" },
            { header: "%", align: "right" },
          ] as const)
        : []),
    ],
    rows: groups.map((group) => [
      ...valuesOf(group).map((value) => value || "(none)"),
      money.plain(group.cost),
      ...(hasBefore
        ? [
            money.plain(group.previousCost),
            changeCell(group.change, money),
            changeShare(group.change, group.previousCost),
          ]
        : []),
    ]),
  };
};

/** The total by team; what nobody owns has a row of its own. */
export const teamsBlock = (teams: readonly CostPart[], money: Money): TableBlock => ({
  kind: "table",
  heading: "By team",
  columns: [
    { header: "Team", cutTo: 16 },
    { header: "Cost", align: "right" },
    { header: "Before", align: "right" },
    { header: "Change", align: "right" },
  ],
  rows: teams.map(({ key, cost, previousCost, change }) => [
    key || "(no owner)",
    money.plain(cost),
    money.plain(previousCost),
    changeCell(change, money),
  ]),
});

/** One row for each group, a column for each key. */
export const groupsSheet = (
  groups: readonly CostGroup[],
  keys: readonly string[],
  valuesOf: (group: CostGroup) => readonly string[],
): Sheet => ({
  header: [...keys, "cost", "previousCost", "change"],
  rows: groups.map((group) => [
    ...valuesOf(group),
    ...[group.cost, group.previousCost, group.change].map((amount) => amount?.toFixed() ?? ""),
  ]),
});

/** Every cost with its team, so that the costs add up to the bill. */
export const showbackSheet = (rows: readonly ShowbackRow[], currency: string): Sheet => ({
  header: ["part", "month", "account", "region", "team", "service", "dimension", "cost", "currency"],
  rows: rows.map(({ part, month, account, region, team, service, dimension, cost }) => [
    ...[part, month, account, region, team, service, dimension, cost.toFixed(), currency],
  ]),
});
