import type { RightsizeReport, ServiceRightsizing } from "../../report/rightsize-report.ts";
import type { Decimal } from "../../units/decimal.ts";
import { type CostRow, rowsCost, serviceIdOf } from "../cost-row.ts";
import { amountText, type Claim, type FindingContext, type FindingDraft, savingOf } from "./finding-draft.ts";

/** Services that do nothing, and tasks that are larger than what they use, of those whose utilization was given. */
export const taskSizeFindings = (
  context: FindingContext,
  rightsizing: Pick<RightsizeReport, "services">,
): readonly FindingDraft[] =>
  rightsizing.services.flatMap((service) => {
    const rows = computeOf(context.scene.rows.current, `${service.cluster}/${service.name}`);
    return service.idle ? idleService(service, rows, context) : oversizedTask(service, rows, context);
  });

/** Rows of the tasks themselves. */
const computeOf = (rows: readonly CostRow[], id: string): readonly CostRow[] =>
  rows.filter((row) => row.launchType !== "overhead" && serviceIdOf(row) === id);

const idleService = (
  { cluster, name, monthlyCost }: ServiceRightsizing,
  rows: readonly CostRow[],
  { scene, scale }: FindingContext,
): readonly FindingDraft[] => {
  const claims = rows.map((row): Claim => ({ row, saving: row.cost }));
  const onBill = claims.length > 0;
  return [
    {
      code: "idle-service",
      subject: `${cluster}/${name}`,
      effort: "low",
      confidence: "medium",
      monthlySaving: onBill ? savingOf(claims, scale) : monthlyCost,
      detail: `It uses next to no CPU and memory${onBill ? ` and cost ${amountText(rowsCost(rows), { scene })} in the days seen` : ", by estimate, not found on the bill"}.`,
      action: "Set its desired count to 0, then delete it.",
      claims,
    },
  ];
};

const CONFIDENCE = { high: "high", medium: "medium", low: "low" } as const;

const oversizedTask = (
  service: ServiceRightsizing,
  rows: readonly CostRow[],
  { scale }: FindingContext,
): readonly FindingDraft[] => {
  const { advice, current, recommended, monthlySaving, monthlyCost, cluster, name } = service;
  if (advice !== "resize" || monthlySaving === null || !monthlySaving.greaterThan(0)) return [];
  if (current === null || recommended === null || monthlyCost === null || !monthlyCost.greaterThan(0)) return [];
  const billed = rowsCost(rows);
  const share = shareOf(monthlySaving, monthlyCost);
  const claims = rows.map((row): Claim => ({ row, saving: row.cost.times(share).toDecimalPlaces(12) }));
  const saving = billed.greaterThan(0) ? savingOf(claims, scale) : monthlySaving;
  return [
    {
      code: "oversized-task",
      subject: `${cluster}/${name}`,
      effort: "low",
      confidence: CONFIDENCE[confidenceOf(service)],
      monthlySaving: saving,
      detail:
        `${current.cpu} CPU units and ${current.memory} MiB, of which ${recommended.cpu} and ${recommended.memory} would do: ` +
        `${share.times(100).toDecimalPlaces(0).toFixed()} % of what its tasks cost${billed.greaterThan(0) ? "" : ", by estimate, not found on the bill"}.`,
      action: `Register a task definition with ${recommended.cpu} CPU units and ${recommended.memory} MiB.`,
      claims: billed.greaterThan(0) ? claims : [],
    },
  ];
};

const confidenceOf = ({ confidence }: ServiceRightsizing): keyof typeof CONFIDENCE => confidence ?? "low";

const shareOf = (saving: Decimal, cost: Decimal): Decimal => saving.div(cost);
