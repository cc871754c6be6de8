import { decimalText } from "../../../domain/workload/quantity.ts";
import type { UsageEntry } from "../../../schema/usage.ts";
import type { Metering } from "./metered.ts";

type UsageKey = keyof UsageEntry;

/** What a usage file can say of a type that is billed by use, and the price of it. */
interface UsedType {
  readonly key: string;
  readonly keys: readonly UsageKey[];
  readonly quantityOf: (usage: UsageEntry) => string | number | undefined;
}

/** Types that are billed by use and have a price, by the type that CloudFormation gives them. */
export const USED: Readonly<Record<string, UsedType>> = {
  "AWS::ECR::Repository": {
    ...{ key: "ecr.private_gb_month", keys: ["images", "gb"] },
    quantityOf: ({ images, gb }) => images?.ecrGb ?? gb,
  },
  "AWS::EFS::FileSystem": {
    ...{ key: "efs.standard_gb_month", keys: ["storage", "gb"] },
    quantityOf: ({ storage, gb }) => storage?.efsGb ?? gb,
  },
};

/** What a resource is billed by as far as a usage file says it. */
export const meteringOfUse = (type: string, usage: UsageEntry): Metering | undefined => {
  const used = Object.hasOwn(USED, type) ? USED[type] : undefined;
  const quantity = used?.quantityOf(usage);
  if (used === undefined || quantity === undefined) return undefined;
  return { kind: "metered", key: used.key, quantity: decimalText(quantity), per: "month" };
};
