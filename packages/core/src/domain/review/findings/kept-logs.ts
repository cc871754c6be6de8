import { billedMeter } from "../../bill/billed-meter.ts";
import type { ResourceCharge } from "../../bill/charge.ts";
import { Decimal, sum, ZERO } from "../../units/decimal.ts";
import { type CostRow, rowsCost } from "../cost-row.ts";
import { type Claim, type FindingContext, type FindingDraft, quantityText, savingOf } from "./finding-draft.ts";
import { isOwn, isTiedAlike } from "./own-resource.ts";

/** What is stored of the logs of one place, and what a month adds. */
interface StoredLogs {
  readonly subject: string;
  /** GB-months and GB of the days seen. */
  readonly stored: Decimal;
  readonly ingested: Decimal;
  readonly cost: Decimal;
  /** GB-months of the days before that are compared; null where they are not known. */
  readonly storedBefore: Decimal | null;
  /** Rows of the bill that hold the storage. */
  readonly rows: readonly CostRow[];
  readonly isGroup: boolean;
}

const STORED = "logs.store_gb_month";
const isIngestion = (key: string | null): boolean => key?.startsWith("logs.ingest") === true;

/**
 * Logs that are stored for longer than a month: more GB-months than a month ingests, by log group where the bill names them,
 * otherwise by region.
 */
export const keptLogs = (context: FindingContext): readonly FindingDraft[] => {
  const groups = logGroups(context);
  return (groups.length > 0 ? groups : logRegions(context)).flatMap((logs) => finding(logs, context));
};

const quantityOf = (rows: readonly CostRow[], isMeant: (key: string | null) => boolean): Decimal =>
  sum(rows.flatMap(({ dimension, quantity }) => (isMeant(dimension) ? [quantity] : [])));

const isStored = (key: string | null): boolean => key === STORED;

const logRegions = ({ scene }: FindingContext): readonly StoredLogs[] => {
  const { current, previous } = scene.rows;
  const regions = new Set(current.flatMap(({ dimension, region }) => (isStored(dimension) ? [region ?? ""] : [])));
  return [...regions].sort().map((subject) => {
    const ofRegion = (rows: readonly CostRow[]) => rows.filter(({ region }) => (region ?? "") === subject);
    const rows = ofRegion(current);
    const stored = rows.filter(({ dimension }) => isStored(dimension));
    return {
      subject,
      stored: quantityOf(rows, isStored),
      ingested: quantityOf(rows, isIngestion),
      cost: rowsCost(stored),
      storedBefore: previous === null ? null : quantityOf(ofRegion(previous), isStored),
      rows: stored,
      isGroup: false,
    };
  });
};

type MeteredResource = ResourceCharge & { readonly key: string | null };

const logGroups = ({ scene }: FindingContext): readonly StoredLogs[] => {
  const lines = (scene.bill.resources ?? []).flatMap((line): MeteredResource[] => {
    const { key } = billedMeter(line.service, line.usageType, line.operation, line.region ?? "");
    const isThisMonth = line.month.slice(0, 7) === scene.window.month;
    return isThisMonth && isOwn(line) && (isStored(key) || isIngestion(key)) ? [{ ...line, key }] : [];
  });
  const groups = Map.groupBy(lines, ({ resource }) => resource);
  const total = (of: readonly MeteredResource[], isMeant: (key: string | null) => boolean): Decimal =>
    sum(of.map(({ key, quantity }) => (isMeant(key) ? new Decimal(quantity) : ZERO)));
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([subject, of]) => {
      const storage = of.filter(({ key }) => isStored(key));
      const rows = scene.rows.current.filter((row) => storage.some((line) => isOf(row, line)));
      if (rows.length === 0) return [];
      return {
        subject,
        stored: total(of, isStored),
        ingested: total(of, isIngestion),
        cost: sum(storage.map(({ cost }) => new Decimal(cost))),
        storedBefore: null,
        rows,
        isGroup: true,
      };
    });
};

const isOf = (row: CostRow, line: ResourceCharge): boolean => isTiedAlike(row, line) && isStoredBy(row, line);

const isStoredBy = (row: CostRow, { usageType, account }: ResourceCharge): boolean =>
  row.dimension === STORED && row.usageType === usageType && (row.account ?? account) === (account ?? row.account);

const finding = (logs: StoredLogs, { scale }: FindingContext): readonly FindingDraft[] => {
  const { subject, stored, ingested, cost, storedBefore, isGroup } = logs;
  const [kept, added] = [stored.times(scale), ingested.times(scale)];
  const excess = kept.minus(added);
  if (!cost.greaterThan(0) || !excess.greaterThan(0)) return [];
  const claims = claimsOf(logs, cost.times(excess).div(kept));
  const grew = storedBefore?.greaterThan(0) === true && stored.greaterThan(storedBefore);
  return [
    {
      code: "logs-kept-long",
      subject,
      effort: "low",
      confidence: isGroup || grew ? "medium" : "low",
      monthlySaving: savingOf(claims, scale),
      detail:
        `${quantityText(kept)} GB-months of logs are stored and ${quantityText(added)} GB a month ingested, so logs are kept for ` +
        `longer than a month, compression left aside.${grew ? ` It grew from ${quantityText(storedBefore ?? ZERO)}.` : ""}`,
      action: "Set a retention time; 30 days keeps no more than what a month ingests.",
      claims,
    },
  ];
};

/** A group is a part of its row; a region is all of its rows. */
const claimsOf = ({ rows, cost, isGroup }: StoredLogs, saving: Decimal): readonly Claim[] => {
  if (!isGroup) {
    return rows.map((row) => ({ row, saving: row.cost.times(saving).div(cost).toDecimalPlaces(12) }));
  }
  let left = saving.toDecimalPlaces(12);
  return rows.flatMap((row): Claim[] => {
    const part = Decimal.max(ZERO, Decimal.min(left, row.cost));
    left = left.minus(part);
    return part.isZero() ? [] : [{ row, saving: part, part: true }];
  });
};
