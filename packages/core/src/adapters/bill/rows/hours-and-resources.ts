import type { CommittableHour, ResourceCharge } from "../../../domain/bill/charge.ts";
import { serviceCode } from "../cost-explorer/service-code.ts";
import { HOUR_COLUMNS } from "../sql/hours.ts";
import { RESOURCE_COLUMNS } from "../sql/resources.ts";
import { type BillRow, cellReader } from "./cells.ts";

/** Cells as hours; one reader for a whole answer. */
export const hourReader = (): ((row: BillRow) => CommittableHour) => {
  const cells = cellReader(HOUR_COLUMNS);
  return (row) => ({
    hour: `${cells.text(row, "hour").replace(" ", "T")}:00:00Z`,
    service: serviceCode(cells.text(row, "service")),
    usageType: cells.text(row, "usage_type"),
    region: cells.textOrNull(row, "region") || null,
    covered: cells.text(row, "covered") === "1",
    quantity: cells.amount(row, "quantity"),
    cost: cells.amount(row, "cost"),
    effectiveCost: cells.amount(row, "effective_cost"),
  });
};

const MILLISECONDS_PER_HOUR = 3_600_000;

/** Reads of a row of hours whether one of its lines lasts longer than its hour. */
export const longLineReader = (): ((row: BillRow) => boolean) => {
  const cells = cellReader(HOUR_COLUMNS);
  return (row) => {
    const end = cells.textOrNull(row, "last_end") ?? "";
    const start = `${cells.text(row, "hour").replace(" ", "T")}:00Z`;
    return end !== "" && Date.parse(`${end.replace(" ", "T")}Z`) - Date.parse(start) > MILLISECONDS_PER_HOUR;
  };
};

/** Cells as resources; one reader for a whole answer. */
export const resourceReader = (): ((row: BillRow) => ResourceCharge) => {
  const cells = cellReader(RESOURCE_COLUMNS);
  return (row) => ({
    month: `${cells.text(row, "month")}-01`,
    resource: cells.text(row, "resource"),
    account: cells.textOrNull(row, "account"),
    region: cells.textOrNull(row, "region") || null,
    service: serviceCode(cells.text(row, "service")),
    usageType: cells.text(row, "usage_type"),
    operation: cells.text(row, "operation"),
    quantity: cells.amount(row, "quantity"),
    unit: cells.text(row, "unit"),
    cost: cells.amount(row, "cost"),
    cluster: cells.textOrNull(row, "cluster"),
    ecsService: cells.textOrNull(row, "ecs_service"),
  });
};
