import type { Decimal } from "@ecs-cost/core";
import type { GroupBy, SavingGroup } from "../../../select/groups.ts";
import type { Cell, TableBlock } from "../../document/document.ts";
import { dollars, dollarsOf, percent, UNKNOWN } from "../../document/figures.ts";
import { groupHeader } from "./report-parts.ts";

/** A saving: green, red where it is a cost, a dash where there is none. */
export const savingCell = (saving: Decimal | null): Cell => {
  if (saving === null) return { text: UNKNOWN, tone: "bad" };
  if (saving.isZero()) return { text: "-", tone: "faint" };
  return { text: dollars(saving), tone: saving.isNegative() ? "bad" : "good" };
};

/** A saving in percent of the cost, empty where there is none. */
export const shareOf = (saving: Decimal | null, cost: Decimal | null): string =>
  saving === null || cost === null || cost.isZero() || saving.isZero() ? "" : percent(saving.div(cost));

/** Groups of services with what they cost today, what they would cost, and the saving. */
export const savingGroupsTable = (by: GroupBy, groups: readonly SavingGroup[], afterHeader: string): TableBlock => ({
  kind: "table",
  columns: [
    { header: groupHeader(by), cutTo: 8 },
    { header: "Services", align: "right" },
    { header: "Today", align: "right" },
    { header: afterHeader, align: "right" },
    { header: "Saving", align: "right" },
    { header: "%", align: "right" },
  ],
  rows: groups.map(({ key, services, monthlyCost, complete, bestMonthlyCost, monthlySaving }) => [
    key,
    String(services),
    dollarsOf(monthlyCost, complete),
    dollars(bestMonthlyCost),
    savingCell(monthlySaving),
    shareOf(monthlySaving, monthlyCost),
  ]),
});
