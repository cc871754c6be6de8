import type { Assumption, Issue } from "@ecs-cost/core";
import type { Compact, CompactTable } from "../../document/compact.ts";

interface Head {
  readonly region?: string;
  readonly regions?: readonly string[];
  readonly hoursPerMonth: string;
  readonly prices: { readonly source: string; readonly asOf: string };
  readonly complete: boolean;
}

/** What every compact report of services begins with. */
export const compactHead = ({ region, regions, hoursPerMonth, prices, complete }: Head): Compact["head"] => [
  ["region", region ?? regions?.join(",") ?? null],
  ["unit", `USD per month of ${hoursPerMonth} hours`],
  ["prices", `${prices.source} ${prices.asOf}`],
  ["complete", complete],
];

interface Notes {
  readonly issues: readonly Issue[];
  readonly assumptions: readonly Assumption[];
}

/** What every compact report ends with: all that is missing, and all that is assumed. */
export const compactNotes = ({ issues, assumptions }: Notes): readonly CompactTable[] => [
  {
    name: "issues",
    columns: ["severity", "code", "subject", "detail"],
    rows: issues.map(({ severity, code, subject, detail }) => [severity, code, subject, detail]),
  },
  {
    name: "assumptions",
    columns: ["code", "detail"],
    rows: assumptions.map(({ code, detail }) => [code, detail]),
  },
];

interface Named {
  readonly cluster: string;
  readonly name: string;
  readonly region?: string;
  readonly account?: string;
}

/** A service by its names, the region and account before them where a report has several. */
export const compactName = ({ account, region, cluster, name }: Named): string =>
  [account, region, cluster, name].filter((part) => part !== undefined && part !== "").join("/");

/** `1024/2048`, CPU units and MiB. */
export const compactSize = (size: { readonly cpu: number | null; readonly memory: number | null } | null) =>
  size === null || size.cpu === null || size.memory === null ? null : `${size.cpu}/${size.memory}`;

/** `FARGATE:2,FARGATE_SPOT:6`. */
export const compactTasks = (tasks: Readonly<Record<string, number>> | null): string | null =>
  tasks === null
    ? null
    : Object.entries(tasks)
        .map(([provider, count]) => `${provider}:${Number(count.toFixed(2))}`)
        .join(",");
