import type { PlannedScan } from "../../../aws/live-metrics.ts";
import { counted, quantityOf, rateOf } from "../../document/figures.ts";
import type { Result } from "../../document/result.ts";

const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** What a scan of CloudWatch would ask for and cost. */
export const planResult = (command: string, { region, plan, folder }: PlannedScan): Result => {
  const { window, services, series, cachedSeries, calls, metricsRequested, cost, assumptions } = plan;
  const [from, to] = [isoTime(window.from), isoTime(window.to)];
  return {
    json: () => ({
      schemaVersion: 1,
      command,
      dryRun: true,
      region,
      currency: "USD",
      scan: {
        from,
        to,
        periodSeconds: window.period,
        services,
        series,
        cachedSeries,
        calls,
        metricsRequested,
        cost,
        cache: folder ?? null,
      },
      assumptions,
    }),
    document: () => ({
      title: `${counted(calls, "call")} of GetMetricData, ${rateOf(cost)}`,
      blocks: [
        {
          kind: "table",
          columns: [{ header: "What" }, { header: "Is" }],
          rows: [
            ["Services", quantityOf(services)],
            ["Series", `${quantityOf(series)}, ${quantityOf(cachedSeries)} of them kept from before`],
            ["From", from],
            ["To", to],
            ["Period", `${window.period} seconds`],
            ["Metrics requested", quantityOf(metricsRequested)],
            ["Cost", rateOf(cost)],
            ["Kept in", folder ?? "no folder: there are no credentials, or --no-cache"],
          ],
        },
        { kind: "lines", heading: "Assumptions", bullets: true, lines: assumptions.map(({ detail }) => detail) },
        { kind: "lines", lines: ["Nothing was asked: the same command without --dry-run reads it."] },
      ],
    }),
    sheet: () => ({
      header: ["region", "from", "to", "periodSeconds", "services", "series", "calls", "metricsRequested", "cost"],
      rows: [
        [region, from, to, ...[window.period, services, series, calls, metricsRequested].map(String), cost.toFixed()],
      ],
    }),
  };
};
