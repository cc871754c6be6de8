import type { Inventory } from "../../../domain/workload/inventory.ts";
import { inventoryOf, type ReadInventoryOptions } from "./inventory-reading.ts";
import { PLANNED_READERS } from "./planned-readers.ts";

/**
 * Reads files, folders and `-` (standard input) to one inventory. The format is found from the content. Throws
 * `BorderError` with source `user` for what cannot be read or is not understood; what is merely incomplete stands in
 * `issues`.
 */
export const readInventory = (inputs: readonly string[], options: ReadInventoryOptions = {}): Inventory => {
  const reading = inventoryOf(inputs, options);
  let step = reading.next();
  while (step.done !== true) step = reading.next(PLANNED_READERS);
  return step.value;
};
