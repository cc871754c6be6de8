import { type Decimal, ONE, sum } from "../../units/decimal.ts";
import { type CostRow, rowsCost } from "../cost-row.ts";
import {
  amountText,
  type Claim,
  type FindingContext,
  type FindingDraft,
  quantityText,
  savingOf,
} from "./finding-draft.ts";

/** Share of the ECS cost from which on ingested logs are much. */
const CHATTY_SHARE = "0.1";

const rowsOf = (rows: readonly CostRow[], dimension: string): readonly CostRow[] =>
  rows.filter((row) => row.dimension === dimension);

const quantityOf = (rows: readonly CostRow[]): Decimal => sum(rows.map(({ quantity }) => quantity));

/** By region; the key is empty where the bill names none. */
const byRegion = (rows: readonly CostRow[]): ReadonlyMap<string, readonly CostRow[]> => {
  const regions = new Map<string, CostRow[]>();
  for (const row of rows) {
    const known = regions.get(row.region ?? "");
    if (known === undefined) regions.set(row.region ?? "", [row]);
    else known.push(row);
  }
  return regions;
};

/** Logs whose ingestion is a tenth of what ECS costs or more, by region: the class for infrequent access costs less. */
export const chattyLogs = ({ scene, rateOf, scale }: FindingContext): readonly FindingDraft[] => {
  const total = rowsCost(scene.rows.current);
  return [...byRegion(rowsOf(scene.rows.current, "logs.ingest_gb"))].flatMap(([region, rows]): FindingDraft[] => {
    const cost = rowsCost(rows);
    const gb = quantityOf(rows);
    if (!cost.greaterThan(0) || cost.lessThan(total.times(CHATTY_SHARE))) return [];
    const [standard, infrequent] = [rateOf(region, "logs.ingest_gb"), rateOf(region, "logs.ingest_ia_gb")];
    const seen = `${quantityText(gb)} GB of logs ingested cost ${amountText(cost, { scene })} in the days seen, ${percent(cost.div(total))} of everything ECS costs`;
    const base = {
      code: "chatty-logs",
      subject: region,
      effort: "low",
      confidence: "medium",
      action: "Log less, or create the log groups in the infrequent access class where nothing needs live features.",
    } as const;
    if (standard === undefined || infrequent === undefined || standard.isZero()) {
      return [
        { ...base, monthlySaving: null, detail: `${seen}; prices of the log classes are not given.`, claims: [] },
      ];
    }
    const share = ONE.minus(infrequent.div(standard));
    const claims = rows.map((row): Claim => ({ row, saving: row.cost.times(share).toDecimalPlaces(12) }));
    const detail = `${seen}. In the infrequent access class they would cost ${percent(share)} less.`;
    return [{ ...base, monthlySaving: savingOf(claims, scale), detail, claims }];
  });
};

const percent = (share: Decimal): string => `${share.times(100).toDecimalPlaces(1).toFixed()} %`;

/** Metrics of Container Insights, by region. */
export const containerInsights = ({ scene, scale }: FindingContext): readonly FindingDraft[] =>
  [...byRegion(scene.rows.current)].flatMap(([region, rows]): FindingDraft[] => {
    const enhanced = rowsOf(rows, "cw.container_insights_enhanced_ecs_metric_month");
    const standard = rowsOf(rows, "cw.metric_month").filter(({ operation }) => operation.endsWith("Logs-EMF"));
    const cost = rowsCost([...enhanced, ...standard]);
    if (!cost.greaterThan(0)) return [];
    const claims = [...enhanced, ...standard].map((row): Claim => ({ row, saving: row.cost }));
    const metrics = quantityText(quantityOf([...enhanced, ...standard]));
    const share = cost.div(rowsCost(scene.rows.current));
    return [
      {
        code: "container-insights",
        subject: region,
        effort: "low",
        confidence: standard.length === 0 ? "medium" : "low",
        monthlySaving: savingOf(claims, scale),
        detail:
          `${metrics} metric-months of Container Insights cost ${amountText(cost, { scene })} in the days seen, ${percent(share)} of everything ` +
          `ECS costs.${standard.length === 0 ? "" : " Other metrics that come from logs may be among them."} ` +
          "CPU and memory of services are in CloudWatch without it.",
        action: "Switch containerInsights off on clusters where nobody looks at it.",
        claims,
      },
    ];
  });
