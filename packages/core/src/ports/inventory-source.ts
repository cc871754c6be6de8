import type { Inventory } from "../domain/workload/inventory.ts";

/** Where services, tasks and shared infrastructure come from: one inventory per region. */
export interface InventorySource {
  read(): Promise<readonly Inventory[]>;
}
