import type { CostMover } from "../report/review-report.ts";
import { changeCauses } from "./change-causes.ts";
import type { ComparedRows } from "./cost-parts.ts";
import { type CostRow, rowsCost } from "./cost-row.ts";

/** What is named together with a cost: a service of ECS, or a usage type that no tag gives to one. */
export interface CostSubject {
  /** Unique. */
  readonly key: string;
  readonly subject: string;
}

/** The subject of a row; every row has exactly one. */
export const subjectOf = (row: Pick<CostRow, "serviceKey" | "service" | "usageType">): CostSubject => {
  const service = row.serviceKey;
  if (service !== undefined) return { key: `service ${service}`, subject: service };
  return { key: `usage ${row.service} ${row.usageType}`, subject: row.usageType === "" ? row.service : row.usageType };
};

/** The subjects whose cost changed most, with the causes; empty where there is nothing to compare with. */
export const costMovers = ({ current, previous }: ComparedRows, count: number): readonly CostMover[] => {
  if (previous === null) return [];
  const [now, before] = [bySubject(current), bySubject(previous)];
  const subjects = new Map([...before, ...now].map(([key, { subject }]) => [key, subject]));
  const movers = [...subjects].map(([key, subject]): CostMover => {
    const [rows, rowsBefore] = [now.get(key)?.rows ?? [], before.get(key)?.rows ?? []];
    const [cost, previousCost] = [rowsCost(rows), rowsCost(rowsBefore)];
    return {
      key,
      subject,
      kind: rowsBefore.length === 0 ? "new" : rows.length === 0 ? "gone" : "changed",
      cost,
      previousCost,
      change: cost.minus(previousCost),
      causes: changeCauses(rowsBefore, rows),
    };
  });
  return movers
    .filter(({ change }) => !change.isZero())
    .sort((a, b) => b.change.abs().comparedTo(a.change.abs()) || (a.key < b.key ? -1 : 1))
    .slice(0, count);
};

const bySubject = (rows: readonly CostRow[]): ReadonlyMap<string, { subject: string; rows: CostRow[] }> => {
  const subjects = new Map<string, { subject: string; rows: CostRow[] }>();
  for (const row of rows) {
    const { key, subject } = subjectOf(row);
    const known = subjects.get(key);
    if (known === undefined) subjects.set(key, { subject, rows: [row] });
    else known.rows.push(row);
  }
  return subjects;
};
