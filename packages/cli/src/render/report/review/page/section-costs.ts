import type { CostPart, ReviewReport } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import { percent } from "../../../document/figures.ts";
import type { Money } from "../../../document/money.ts";
import { changeShare, type PartKind, partName } from "../words.ts";
import { html, type Markup, NOTHING } from "./markup.ts";
import { type PageColumn, pageTable } from "./page-table.ts";

/** Where the money goes: by service, launch type, cluster, region, account, tag and price dimension. */
export const costsSection = (report: ReviewReport, money: Money): Markup => {
  const { services, launchTypes, clusters, regions, accounts, tags, dimensions, teams = [], totalCost } = report;
  const partsTable = partsOf(totalCost);
  const few = (parts: readonly CostPart[]): readonly CostPart[] => (parts.length > 1 ? parts : []);
  return html`<section id="costs"><h2>Where it goes</h2>
${partsTable("Services", "service", services, money, "filter-services")}
${partsTable("Teams", "team", teams, money)}
<div class="columns">
${partsTable("Launch types", "launchType", launchTypes, money)}
${partsTable("Clusters", "cluster", few(clusters), money)}
${partsTable("Regions", "region", few(regions), money)}
${partsTable("Accounts", "account", few(accounts), money)}
${Object.entries(tags).map(([key, parts], at) => partsTable(`Tag ${key}`, "tag", parts, money, `filter-tag-${at}`))}
</div>
${dimensions.length === 0 ? NOTHING : html`<details><summary>By price dimension</summary>${partsTable("Price dimensions", "dimension", dimensions, money, "filter-dimensions")}</details>`}
</section>
`;
};

/** Tables of parts of a total; shares are shares of it. */
const partsOf =
  (total: Decimal) =>
  (heading: string, kind: PartKind, parts: readonly CostPart[], money: Money, filter?: string): Markup =>
    parts.length === 0
      ? NOTHING
      : html`<div><h3>${heading}</h3>
${pageTable({
  caption: heading,
  columns: columnsOf(kind, parts, total, money),
  rows: parts,
  ...(filter === undefined ? {} : { filter }),
})}</div>
`;

const columnsOf = (
  kind: PartKind,
  parts: readonly CostPart[],
  total: Decimal,
  money: Money,
): readonly PageColumn<CostPart>[] => {
  const hasBefore = parts.some(({ previousCost }) => previousCost !== null);
  return [
    { header: "Name", cell: ({ key }) => partName(kind, key) },
    { header: "Cost", cell: ({ cost }) => money.plain(cost), amount: ({ cost }) => cost },
    { header: "Share", drawn: true, minor: true, cell: ({ cost }) => shareBar(cost, total) },
    ...(hasBefore ? changeColumns(money) : []),
  ];
};

const changeColumns = (money: Money): readonly PageColumn<CostPart>[] => [
  { header: "Change", cell: ({ change }) => money.signed(change), amount: ({ change }) => change },
  {
    header: "%",
    minor: true,
    cell: ({ change, previousCost }) => changeShare(change, previousCost),
    amount: ({ change, previousCost }) =>
      change === null || previousCost === null || previousCost.isZero() ? null : change.div(previousCost.abs()),
  },
];

const shareBar = (cost: Decimal, total: Decimal): Markup => {
  if (!total.greaterThan(0)) return NOTHING;
  const share = cost.div(total);
  const width = Decimal.max(0, Decimal.min(1, share)).times(100).toFixed(1);
  return html`<span class="of-total">${percent(share)}</span><svg class="share" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="fill" width="${width}" height="6"/></svg>`;
};
