import type { Assumption, EstimateReport, FleetReport, Issue, ReportEnvelope } from "@ecs-cost/core";
import type { GroupBy } from "../../../select/groups.ts";
import type { Block, Cell, LinesBlock, TableBlock } from "../../document/document.ts";
import { counted, dollars, moneyOf, percent } from "../../document/figures.ts";

/** How much a report tells. */
export interface Detail {
  readonly verbose: boolean;
}

const SHORT_LIST = 12;

const TONES = { error: "bad", warning: "strong", info: "faint" } as const;
const ORDER = { error: 0, warning: 1, info: 2 } as const;

/** Issues, the gravest first, the same detail told once for all its subjects. */
const issuesBlock = (issues: readonly Issue[], { verbose }: Detail): LinesBlock => {
  const alike = Map.groupBy(issues, ({ severity, code, detail }) => JSON.stringify([ORDER[severity], code, detail]));
  const lines = [...alike]
    .sort(([a], [b]) => (a[1] === b[1] ? 0 : (a[1] ?? "") < (b[1] ?? "") ? -1 : 1))
    .map(([, group]) => issueLine(group, verbose));
  return shortened({ heading: "Issues", lines }, verbose, "issue");
};

const issueLine = (alike: readonly Issue[], verbose: boolean): Cell => {
  const [first] = alike;
  if (first === undefined) return "";
  const subjects = alike.map(({ subject }) => subject);
  const named = verbose || subjects.length <= 3 ? subjects : [...subjects.slice(0, 3), `${subjects.length - 3} more`];
  const detail = verbose || first.severity !== "info" ? first.detail : firstSentence(first.detail);
  return { text: `${first.severity} ${first.code}: ${named.join(", ")}: ${detail}`, tone: TONES[first.severity] };
};

const firstSentence = (text: string): string => /^.*?[.;](?= |$)/.exec(text)?.[0].replace(/;$/, ".") ?? text;

/** Guesses that the figures rest on. */
const assumptionsBlock = (assumptions: readonly Assumption[], { verbose }: Detail): LinesBlock =>
  shortened(
    {
      heading: "Assumptions",
      lines: assumptions.map(({ code, detail }) => ({
        text: `${code}: ${verbose ? detail : firstSentence(detail)}`,
        tone: "faint",
      })),
    },
    verbose,
    "assumption",
  );

const shortened = (
  { heading, lines }: { readonly heading: string; readonly lines: readonly Cell[] },
  verbose: boolean,
  noun: string,
): LinesBlock => {
  const left = verbose ? 0 : Math.max(0, lines.length - SHORT_LIST);
  const rest: Cell[] =
    left === 0 ? [] : [{ text: `${counted(left, `more ${noun}`)}: see --verbose or --json`, tone: "faint" }];
  return { kind: "lines", heading, bullets: true, lines: [...lines.slice(0, lines.length - left), ...rest] };
};

/** `730 hours a month, prices of 2026-09-29 (snapshot)`. */
const basisLine = ({ hoursPerMonth, prices, region, regions = [] }: ReportEnvelope<string>): Cell => ({
  text: `${region ?? regions.join(", ")}, ${hoursPerMonth} hours to the month, prices as of ${prices.asOf} (${prices.source}), USD without tax`,
  tone: "faint",
});

/** A cluster, with its region where a report has several. */
export const clusterText = ({ cluster, region }: { readonly cluster: string; readonly region?: string }): string =>
  region === undefined ? cluster : `${cluster} in ${region}`;

/** A service among others: with its cluster and region where they are not all in one. */
export const serviceNames = <S extends { readonly cluster: string; readonly name: string; readonly region?: string }>(
  services: readonly S[],
): ((service: S) => string) => {
  const clusters = new Set(services.map(clusterText));
  return ({ region, cluster, name }) =>
    clusters.size > 1 ? `${region === undefined ? "" : `${region} `}${cluster}/${name}` : name;
};

/** Fleets on instances with what fills them. */
export const fleetsTable = (fleets: readonly FleetReport[]): TableBlock => ({
  kind: "table",
  heading: "Fleets",
  columns: [
    { header: "Fleet", cutTo: 24 },
    { header: "Cluster", cutTo: 8 },
    { header: "Instances", cutTo: 8 },
    { header: "CPU", align: "right" },
    { header: "Memory", align: "right" },
    { header: "Idle", align: "right" },
    { header: "Monthly", align: "right" },
    { header: "Gap", align: "right" },
  ],
  rows: fleets.map((fleet) => [
    fleet.capacityProvider ?? fleet.id,
    fleet.cluster,
    instancesOf(fleet),
    percent(fleet.utilization.cpu),
    percent(fleet.utilization.memory),
    dollars(fleet.idleMonthlyCost),
    dollars(fleet.monthlyCost),
    percent(fleet.gap),
  ]),
});

/** `3 m7g.large + 1 m7g.xlarge`. */
const instancesOf = ({ instances }: FleetReport): string => {
  const counts = new Map<string, number>();
  for (const { instanceType, count } of instances) counts.set(instanceType, (counts.get(instanceType) ?? 0) + count);
  return [...counts].map(([type, count]) => `${count} ${type}`).join(" + ");
};

const GROUP_HEADERS = {
  service: "Service",
  cluster: "Cluster",
  region: "Region",
  account: "Account",
  dimension: "Dimension",
} as const;

/** Heading of the column that groups stand in: the tag's key, or what they are. */
export const groupHeader = (by: GroupBy): string => (by.kind === "tag" ? by.key : GROUP_HEADERS[by.kind]);

/** What could not be told, and guesses that the figures rest on. */
export const notesBlocks = (
  { issues, assumptions }: Pick<ReportEnvelope<string>, "issues" | "assumptions">,
  detail: Detail,
): readonly Block[] => [issuesBlock(issues, detail), assumptionsBlock(assumptions, detail)];

/** What a report says of net and list prices, and of another currency. */
type Terms = ReportEnvelope<string> &
  Partial<Pick<EstimateReport, "totalMonthlyCost" | "listMonthlyCost" | "converted">>;

/** Net and list cost where a discount is given, and the cost in another currency with its rate and day. */
const termsBlocks = ({ totalMonthlyCost: net, listMonthlyCost: list, converted }: Terms): readonly Block[] => {
  const discounted =
    list === undefined || net == null ? [] : [`At list prices ${dollars(list)}: ${dollars(list.minus(net))} less.`];
  const exchanged =
    converted === undefined || converted.totalMonthlyCost === null
      ? []
      : [
          `In ${converted.currency}: ${moneyOf(converted.totalMonthlyCost)} a month, at ${converted.perUsd} for one USD on ${converted.asOf}.`,
        ];
  return [{ kind: "lines", heading: "What you pay", lines: [...discounted, ...exchanged] }];
};

/** What every report ends with. */
export const tailBlocks = (report: ReportEnvelope<string>, detail: Detail): readonly Block[] => [
  ...termsBlocks(report),
  ...notesBlocks(report, detail),
  { kind: "lines", lines: [basisLine(report)] },
];
