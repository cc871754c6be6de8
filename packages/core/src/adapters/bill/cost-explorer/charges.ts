import type { Charge } from "../../../domain/bill/charge.ts";
import { splitUsageType } from "../../../domain/bill/region-codes.ts";
import { sum } from "../../../domain/units/decimal.ts";
import { type Cell, CLUSTER_TAG, SERVICE_TAG, tagDimension } from "./grouping.ts";
import { recordKind } from "./record-type.ts";
import { serviceCode } from "./service-code.ts";

/** Null where usage types were not asked for, empty for charges that have none. */
const regionOf = (usageType: string): string | null => {
  if (usageType === "") return null;
  return usageType === "NoUsageType" ? "" : splitUsageType(usageType).region;
};

/** What a charge is apart from its amounts. */
type ChargeIdentity = Omit<Charge, "quantity" | "cost" | "effectiveCost">;

const tagsOf = ({ values }: Cell, tagKeys: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    tagKeys.flatMap((key) => {
      const value = values[tagDimension(key)];
      return value === undefined ? [] : [[key, value] as const];
    }),
  );

const identityOf = (cell: Cell, tagKeys: readonly string[]): ChargeIdentity => {
  const { values, unit } = cell;
  const usageType = values.USAGE_TYPE ?? "";
  const service = serviceCode(values.SERVICE ?? "");
  const cluster = values[tagDimension(CLUSTER_TAG)] ?? null;
  return {
    day: cell.start,
    ...(recordKind(values.RECORD_TYPE ?? "Usage") ?? { kind: "fee", commitment: null }),
    account: values.LINKED_ACCOUNT ?? null,
    region: regionOf(usageType),
    service,
    usageType,
    operation: values.OPERATION ?? "",
    unit: usageType === "" ? "" : unit,
    onDemandCost: null,
    cluster,
    ecsService: values[tagDimension(SERVICE_TAG)] ?? null,
    tags: tagsOf(cell, tagKeys),
    containerInstance: service === "AmazonEC2" && cluster !== null && cluster !== "",
  };
};

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Cells as charges of the bill, alike ones added up, in the order of what they are. */
export const chargesOf = (cells: readonly Cell[], tagKeys: readonly string[]): readonly Charge[] => {
  const identified = cells.map((cell) => ({ cell, identity: identityOf(cell, tagKeys) }));
  const alike = [...Map.groupBy(identified, ({ identity }) => JSON.stringify(identity))];
  return alike
    .sort(([a], [b]) => byCodeUnits(a, b))
    .flatMap(([, members]) => {
      const [first] = members;
      if (first === undefined) return [];
      const total = (name: "quantity" | "cost" | "effectiveCost"): string =>
        sum(members.map(({ cell }) => cell[name])).toFixed();
      const quantity = first.identity.usageType === "" ? "0" : total("quantity");
      return [{ ...first.identity, quantity, cost: total("cost"), effectiveCost: total("effectiveCost") }];
    });
};
