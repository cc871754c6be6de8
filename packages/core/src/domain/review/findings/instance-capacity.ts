import type { Decimal } from "../../units/decimal.ts";
import type { CostRow } from "../cost-row.ts";
import { rowsCost } from "../cost-row.ts";
import { unusedByCluster } from "../split-instances.ts";
import { amountText, type Claim, type FindingContext, type FindingDraft, savingOf } from "./finding-draft.ts";

/** Capacity of container instances that no task held, by cluster, as split cost allocation counts it. */
export const idleInstanceCapacity = ({ scene, scale }: FindingContext): readonly FindingDraft[] =>
  [...unusedByCluster(scene.current)].flatMap(([cluster, unused]): FindingDraft[] => {
    const rows = scene.rows.current.filter((row) => isInstanceOf(row, cluster));
    const cost = rowsCost(rows);
    if (!unused.greaterThan(0) || !cost.greaterThan(0)) return [];
    const share = unused.greaterThan(cost) ? cost : unused;
    const claims = rows.map((row): Claim => ({ row, saving: row.cost.times(share).div(cost).toDecimalPlaces(12) }));
    return [
      {
        code: "idle-instance-capacity",
        subject: cluster === "" ? "container instances" : cluster,
        effort: "medium",
        confidence: "medium",
        monthlySaving: savingOf(claims, scale),
        detail: `Of ${amountText(cost, { scene })} for container instances in the days seen, ${amountText(unused, { scene })} paid for capacity that no task held${percentOf(unused, cost)}.`,
        action:
          "Pack tasks by binpack, raise targetCapacity, or choose smaller instances; some of it is room to deploy.",
        claims,
      },
    ];
  });

const isInstanceOf = (row: CostRow, cluster: string): boolean =>
  row.family === "instance-hour" && row.launchType !== "overhead" && (row.cluster ?? "") === cluster;

const percentOf = (unused: Decimal, cost: Decimal): string =>
  ` (${unused.div(cost).times(100).toDecimalPlaces(0).toFixed()} %)`;
