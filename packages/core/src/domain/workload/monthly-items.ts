/** What a service is billed for by the piece and month: everything that reading, pricing and comparing it takes. */
interface Declaration {
  /** Field of `ServiceExtras`. */
  readonly field: string;
  /** Key of a service in workload files, and the key in it. */
  readonly group: string;
  readonly name: string;
  /** The most that a file may say. */
  readonly most: number;
  readonly help: string;
  readonly price: string;
  /** As in `OverheadMeter`. */
  readonly meter: {
    readonly unit: string;
    readonly serviceCode: string;
    readonly usageType: string;
    readonly inVirginia: "bare" | "prefixed" | "unknown";
  };
}

/**
 * One declaration for each. Requests, calls and hosted zones are not part of them.
 * @see https://aws.amazon.com/systems-manager/pricing/ https://aws.amazon.com/cloud-map/pricing/ checked 2026-11-20
 */
export const MONTHLY_ITEMS = [
  {
    ...({ field: "advancedParameters", group: "parameters", name: "advanced" } as const),
    ...{ most: 100_000, help: "Advanced parameters in Parameter Store" },
    price: "ssm.advanced_param_month",
    meter: { unit: "parameter-month", serviceCode: "", usageType: "PS-Advanced-Param-Tier1", inVirginia: "prefixed" },
  },
  {
    ...({ field: "cloudMapInstances", group: "discovery", name: "instances" } as const),
    ...{ most: 1_000_000, help: "Instances in AWS Cloud Map" },
    price: "cloudmap.resource_month",
    meter: { unit: "resource-month", serviceCode: "", usageType: "", inVirginia: "bare" },
  },
] as const satisfies readonly Declaration[];

export type MonthlyItem = (typeof MONTHLY_ITEMS)[number];

/** Numbers of them, as decimal strings. */
export type MonthlyCounts = Readonly<Record<MonthlyItem["field"], string>>;

/** A number for each. */
export const monthlyCounts = (countOf: (item: MonthlyItem) => string): MonthlyCounts =>
  Object.fromEntries(MONTHLY_ITEMS.map((item) => [item.field, countOf(item)])) as MonthlyCounts;
