import type { BilledLine } from "../aws-server/billed-lines.ts";
import type { BillRow } from "./bill-row.ts";

/** Usage of EC2 that Cost Explorer shows under a service of its own. */
const EC2_OTHER = /NatGateway|EBS:|DataTransfer|AWS-(?:In|Out)-Bytes|ElasticIP|CPUCredits/;

const serviceOf = ({ lineType, service, serviceName, usageType }: BillRow): string => {
  if (lineType === "Tax") return "Tax";
  return service === "AmazonEC2" && EC2_OTHER.test(usageType) ? "EC2 - Other" : serviceName;
};

/** Rows of a bill as Cost Explorer knows them. */
export const costExplorerLines = (rows: readonly BillRow[]): readonly BilledLine[] =>
  rows.map((row) => ({
    day: row.start.slice(0, 10),
    recordType: row.lineType,
    service: serviceOf(row),
    usageType: row.usageType === "" ? "NoUsageType" : row.usageType,
    operation: row.operation,
    account: row.account,
    tags: row.tags,
    unblended: row.cost,
    amortized: row.effectiveCost,
    quantity: row.quantity,
    unit: row.unit,
  }));
