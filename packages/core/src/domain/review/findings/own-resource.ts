import type { ResourceCharge } from "../../bill/charge.ts";
import { ownerOf } from "../../bill/resource-owner.ts";
import type { CostRow } from "../cost-row.ts";

const owner = ownerOf();

const isTagged = ({ cluster, ecsService }: ResourceCharge): boolean =>
  (cluster ?? "") !== "" || (ecsService ?? "") !== "";

/** Whether a resource can be one of ECS: what belongs to others is never a finding. */
export const isOwn = (line: ResourceCharge): boolean =>
  isTagged(line) || !["instance", "other-log-group", "other-resource"].includes(owner(line.resource));

/** Whether the resource of a line is among what a row adds up, by how sure it is that it comes along with ECS. */
export const isTiedAlike = (row: CostRow, line: ResourceCharge): boolean => {
  if (row.launchType !== "overhead" || row.tie === null) return false;
  const isCertain = isTagged(line) || ["ecs-log-group", "ecs-resource"].includes(owner(line.resource));
  return isCertain || row.tie === "likely";
};
