import type { PlacedCharge } from "../bill/place-bill.ts";
import { allocateUnits, fromUnits, toUnits } from "../costing/allocate.ts";
import { Decimal, ZERO } from "../units/decimal.ts";
import { type CostRow, tagsKey } from "./cost-row.ts";

/** Whom split cost allocation gives an instance to, and how much of it. */
interface Share {
  readonly cluster: string | null;
  readonly ecsService: string | null;
  readonly serviceKey: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly weight: Decimal;
}

/**
 * Gives the cost and the hours of container instances to clusters and services as split cost allocation data divides
 * them: in proportion to split and unused cost within the account, region and, where the instance names it, the cluster.
 * The parts add up to the row exactly. Rows without any split stay as they are.
 */
export const splitInstances = (rows: readonly CostRow[], charges: Iterable<PlacedCharge>): readonly CostRow[] => {
  const shares = sharesByPlace(charges);
  if (shares.size === 0) return rows;
  const named = new Set(rows.flatMap((row) => (isInstance(row) && row.cluster ? [clusterKey(row, row.cluster)] : [])));
  return rows.flatMap((row) => {
    if (!isInstance(row) || (row.ecsService ?? "") !== "") return [row];
    const ofPlace = shares.get(placeKey(row)) ?? [];
    const own = ofPlace.filter(({ cluster }) =>
      row.cluster ? cluster === row.cluster : !named.has(clusterKey(row, cluster ?? "")),
    );
    return divide(row, own.length > 0 || row.cluster ? own : ofPlace);
  });
};

const isInstance = ({ family, launchType }: CostRow): boolean =>
  family === "instance-hour" && launchType !== "overhead";

const placeKey = ({ account, region }: Pick<CostRow, "account" | "region">): string =>
  `${account ?? ""} ${region ?? ""}`;

const clusterKey = (row: CostRow, cluster: string): string => `${placeKey(row)} ${cluster}`;

/** Splits of tasks of ECS; pods of Kubernetes run on other instances. */
const isEcsSplit = ({ charge, placing }: PlacedCharge): boolean =>
  placing.place === "split" && !charge.operation.startsWith("EKSPod");

const sharesByPlace = (charges: Iterable<PlacedCharge>): ReadonlyMap<string, readonly Share[]> => {
  const places = new Map<string, Map<string, Share>>();
  for (const placed of charges) {
    if (!isEcsSplit(placed)) continue;
    const { account, cluster, ecsService, tags, cost } = placed.charge;
    const place = placeKey({ account, region: placed.region });
    let shares = places.get(place);
    if (shares === undefined) {
      shares = new Map();
      places.set(place, shares);
    }
    const key = `${cluster ?? ""}\n${ecsService ?? ""}\n${tagsKey(tags)}`;
    const weight = (shares.get(key)?.weight ?? ZERO).plus(cost);
    shares.set(key, { cluster, ecsService, serviceKey: placed.serviceKey, tags, weight });
  }
  return new Map(
    [...places].map(([place, shares]) => [
      place,
      [...shares.entries()]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([, share]) => (share.weight.greaterThan(0) ? [share] : [])),
    ]),
  );
};

/** Finest step of a part: 1e-12, or the last digit of what is divided. */
const DECIMAL_PLACES = 12;

const divide = (row: CostRow, shares: readonly Share[]): readonly CostRow[] => {
  if (shares.length === 0) return [row];
  const scale = Math.max(...shares.map(({ weight }) => weight.decimalPlaces()));
  const weights = shares.map(({ weight }) => toUnits(weight, scale));
  const [costs, quantities, onDemand] = [row.cost, row.quantity, row.onDemandCost ?? ZERO].map((total) =>
    divideSigned(total, weights),
  );
  return shares.map(({ cluster, ecsService, serviceKey, tags }, index) => ({
    ...row,
    cluster,
    ecsService,
    serviceKey,
    tags,
    cost: costs?.[index] ?? ZERO,
    quantity: quantities?.[index] ?? ZERO,
    onDemandCost: row.onDemandCost === null ? null : (onDemand?.[index] ?? ZERO),
  }));
};

const divideSigned = (total: Decimal, weights: readonly bigint[]): readonly Decimal[] => {
  const scale = Math.max(DECIMAL_PLACES, total.decimalPlaces());
  const parts = allocateUnits(toUnits(total.abs(), scale), weights).map((units) => fromUnits(units, scale));
  return total.isNegative() ? parts.map((part) => part.negated()) : parts;
};

/** Cost of container instances that no task held, by cluster. */
export const unusedByCluster = (charges: Iterable<PlacedCharge>): ReadonlyMap<string, Decimal> => {
  const unused = new Map<string, Decimal>();
  for (const placed of charges) {
    if (!isEcsSplit(placed) || placed.charge.kind !== "split-unused") continue;
    const cluster = placed.charge.cluster ?? "";
    unused.set(cluster, (unused.get(cluster) ?? ZERO).plus(new Decimal(placed.charge.cost)));
  }
  return unused;
};
