import type { Issue, Service } from "@ecs-cost/core";
import type { DiscoveredRegion, Discovery } from "@ecs-cost/core/aws";
import type { Block } from "../../document/document.ts";
import { counted, sizeOf } from "../../document/figures.ts";
import type { Result } from "../../document/result.ts";
import { safeText } from "../../document/safe-text.ts";
import { strategyText } from "../shared/capacity-text.ts";

const HEADER = [
  ...["region", "cluster", "name", "cpu", "memory", "architecture", "os", "tasks", "placement", "scheduling"],
  "runsPerMonth",
];

const tasksOf = ({ demand }: Service): number | null => (demand?.kind === "count" ? demand.tasks : null);

const runsOf = ({ demand, runsPerMonth }: Service): string | null =>
  demand?.kind === "runs" ? String(demand.perMonth) : (runsPerMonth ?? null);

const placementOf = ({ placement }: Service): string | null => {
  if (placement.kind === "launch-type") return placement.launchType;
  return placement.kind === "strategy" ? strategyText(placement.items) : null;
};

const rowOf = (service: Service) => ({
  cluster: service.cluster,
  name: service.name,
  tags: service.tags,
  cpu: service.task?.cpu ?? null,
  memory: service.task?.memory ?? null,
  architecture: service.task?.architecture ?? null,
  os: service.task?.os ?? null,
  tasks: tasksOf(service),
  placement: placementOf(service),
  scheduling: service.scheduling,
  runsPerMonth: runsOf(service),
});

/** Tasks, or what is known instead. */
const tasksText = (service: Service): string => {
  const runs = runsOf(service);
  if (runs !== null) return `${Number(runs).toFixed(1)} runs`;
  return String(tasksOf(service) ?? (service.scheduling === "daemon" ? "daemon" : "unknown"));
};

/** `12 services in 3 clusters`. */
export const foundText = ({ inventory, facts }: DiscoveredRegion): string =>
  `${counted(inventory.services.length, "service")} in ${counted(facts.clusters.length, "cluster")}`;

const issueLine = ({ severity, code, subject, detail }: Issue): string =>
  safeText(`${severity} ${code}: ${subject}: ${detail}`);

/** A workload file with what is not known about it as comments at its beginning. */
export const commented = ({ region, inventory }: DiscoveredRegion, text: string): string => {
  const { issues, assumptions } = inventory;
  const notes = [
    ...issues.map(issueLine),
    ...assumptions.map(({ code, detail }) => safeText(`assumption ${code}: ${detail}`)),
  ];
  const lines = [
    `What runs on ECS in ${region}, as ecs-cost discover found it; estimate, rightsize and capacity read it.`,
    ...(notes.length === 0 ? [] : ["", "What is not known, and what is assumed:"]),
    ...notes.map((note) => `- ${note}`),
  ];
  return `${lines.map((line) => `# ${line}`.trimEnd()).join("\n")}\n${text}`;
};

const MOST_TOLD = 10;

/** Lines for stderr on what could not be read. */
export const issueWarnings = (issues: readonly Issue[], where: string): readonly string[] => {
  const told = issues.filter(({ severity }) => severity !== "info");
  const more = told.length - MOST_TOLD;
  return [
    ...told.slice(0, MOST_TOLD).map(({ subject, detail }) => safeText(`Warning: ${subject}: ${detail}`)),
    ...(more > 0 ? [`Warning: and ${counted(more, "more issue")} (${where}).`] : []),
  ];
};

const blocksOf = (found: DiscoveredRegion): readonly Block[] => [
  {
    kind: "table",
    heading: `${found.region}: ${foundText(found)}`,
    columns: [
      { header: "Cluster", cutTo: 16 },
      { header: "Service", cutTo: 20 },
      { header: "Size" },
      { header: "Tasks", align: "right" },
      { header: "Runs on", cutTo: 20 },
    ],
    rows: found.inventory.services.map((service) => [
      service.cluster,
      service.name,
      sizeOf({ cpu: service.task?.cpu ?? null, memory: service.task?.memory ?? null }),
      tasksText(service),
      placementOf(service) ?? "unknown",
    ]),
  },
  {
    kind: "lines",
    heading: `Not known in ${found.region}`,
    bullets: true,
    lines: found.inventory.issues
      .filter(({ severity }) => severity !== "info")
      .map(({ subject, detail }) => `${subject}: ${detail}`),
  },
];

/** What was found, as a report instead of workload files; `textOf` gives the workload file of a region. */
export const discoverResult = (
  { regions, issues }: Discovery,
  textOf: (found: DiscoveredRegion) => string,
): Result => ({
  json: () => ({
    schemaVersion: 1,
    command: "discover",
    regions: regions.map((found) => ({
      region: found.region,
      clusters: found.facts.clusters.map(({ name }) => name),
      services: found.inventory.services.map(rowOf),
      workload: textOf(found),
      assumptions: found.inventory.assumptions,
      issues: found.inventory.issues,
    })),
    issues: [...issues, ...regions.flatMap(({ inventory }) => inventory.issues)],
  }),
  document: () => ({
    title: `${counted(
      regions.reduce((sum, { inventory }) => sum + inventory.services.length, 0),
      "service",
    )} in ${counted(regions.length, "region")}`,
    blocks: [
      ...regions.flatMap(blocksOf),
      {
        kind: "lines",
        heading: "Regions that were not read",
        bullets: true,
        lines: issues.map(({ subject, detail }) => `${subject}: ${detail}`),
      },
    ],
  }),
  sheet: () => ({
    header: HEADER,
    rows: regions.flatMap(({ region, inventory }) =>
      inventory.services.map((service) => {
        const { tags: _, ...row } = rowOf(service);
        return [region, ...Object.values(row).map((value) => (value === null ? "" : String(value)))];
      }),
    ),
  }),
});
