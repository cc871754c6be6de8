import { EC2_PURCHASES, FARGATE_PURCHASES, type Purchase } from "../pricing/purchase.ts";
import type { Architecture } from "../workload/task.ts";

export type Product = "fargate" | "ec2" | "managed-instances";

/** One way to run a service: product, how its capacity is bought, and the architecture. */
export interface LaunchOption {
  readonly product: Product;
  readonly purchase: Purchase;
  readonly architecture: Architecture;
}

const MANAGED_INSTANCES_PURCHASES: readonly Purchase[] = ["on-demand", "spot"];
const ARCHITECTURES: readonly Architecture[] = ["x86_64", "arm64"];

const purchasesOf = (product: Product): readonly Purchase[] => {
  switch (product) {
    case "fargate":
      return FARGATE_PURCHASES;
    case "ec2":
      return EC2_PURCHASES;
    case "managed-instances":
      return MANAGED_INSTANCES_PURCHASES;
  }
};

const PRODUCTS: readonly Product[] = ["fargate", "ec2", "managed-instances"];

/** Every way to run a task, on both architectures. */
export const LAUNCH_OPTIONS: readonly LaunchOption[] = ARCHITECTURES.flatMap((architecture) =>
  PRODUCTS.flatMap((product) => purchasesOf(product).map((purchase) => ({ product, purchase, architecture }))),
);

/**
 * Id of an option as reports spell it; the architecture is a suffix where it is not the one that the workload names.
 *
 * @example optionId({ product: "fargate", purchase: "on-demand", architecture: "arm64" }, "arm64") // "fargate"
 * @example optionId({ product: "ec2", purchase: "spot", architecture: "arm64" }, "x86_64") // "ec2-spot-arm64"
 */
export const optionId = (option: LaunchOption, named: Architecture): string => {
  const plain = option.purchase === "on-demand" && option.product !== "ec2";
  const id = plain ? option.product : `${option.product}-${option.purchase}`;
  return option.architecture === named ? id : `${id}-${option.architecture}`;
};
