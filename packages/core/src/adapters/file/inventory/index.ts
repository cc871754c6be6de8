import type { Inventory } from "../../../domain/workload/inventory.ts";
import { inventoryOf, type ReadInventoryOptions } from "./inventory-reading.ts";

/**
 * Reads inputs as `readInventory` does, and fails as it does, but loads the readers of infrastructure as code only where
 * an input is some: a program that reads other inputs starts sooner.
 */
export const loadInventory = async (
  inputs: readonly string[],
  options: ReadInventoryOptions = {},
): Promise<Inventory> => {
  const reading = inventoryOf(inputs, options);
  let step = reading.next();
  while (step.done !== true) step = reading.next((await import("./planned-readers.ts")).PLANNED_READERS);
  return step.value;
};
