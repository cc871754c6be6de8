import { type EcsResourceNames, ownerRules } from "../../../domain/bill/resource-owner.ts";
import { relatedServices } from "../table/related-products.ts";
import { literal, oneOf } from "../table/sql-text.ts";
import type { BillLines } from "./bill-lines.ts";

/** Services whose lines are told apart by what runs, not by whose a resource is. */
const BY_USAGE = new Set([
  "AmazonECS",
  "Amazon Elastic Container Service",
  "AWS Fargate",
  "Amazon EC2 Container Service",
]);

/** Whose a line is by the id of its resource; null where the table names none. */
export const ownerSql = ({ resource, service }: BillLines, names: EcsResourceNames | undefined): string | null => {
  if (resource === null) return null;
  const services = relatedServices().filter((each) => !BY_USAGE.has(each));
  const cases = ownerRules(names).map(
    ({ like, owner }) =>
      `WHEN ${resource} LIKE ${literal(like)}${like.includes("\\") ? " ESCAPE '\\'" : ""} THEN ${literal(owner)}`,
  );
  return `CASE WHEN ${oneOf(service, services)} AND ${resource} <> '' THEN CASE ${cases.join(" ")} ELSE '' END ELSE '' END`;
};
