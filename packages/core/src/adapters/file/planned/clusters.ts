import { clusterName } from "../../../domain/workload/arn.ts";
import type { Joined } from "./joined.ts";
import { isLink, known, type PlannedCluster, type Reference, UNKNOWN } from "./planned.ts";

/** A cluster is called by its name, or by its address where the name is known only after deployment. */
export const nameOfCluster = (cluster: PlannedCluster): string => known(cluster.name) ?? cluster.address;

/** Whether a reference means a cluster. */
export const clusterMatches = (joined: Joined, reference: Reference, cluster: PlannedCluster): boolean => {
  const settled = joined.settle(reference);
  if (isLink(settled)) return settled.to === cluster.key;
  return typeof settled === "string" && clusterName(settled) === nameOfCluster(cluster);
};

/** The cluster that a reference means, as far as it is known. */
export interface FoundCluster {
  readonly name: string;
  readonly cluster?: PlannedCluster;
  /** Nothing tells which cluster it is. */
  readonly unknown?: true;
}

/** The planned cluster behind a reference, or its name alone. */
export const findCluster = (joined: Joined, reference: Reference): FoundCluster => {
  const settled = joined.settle(reference);
  if (settled === undefined) return { name: "default" };
  if (settled === UNKNOWN && typeof reference === "object" && "importName" in reference) {
    return { name: reference.importName };
  }
  const all = joined.inputs.flatMap(({ clusters }) => clusters);
  const cluster = isLink(settled)
    ? all.find(({ key }) => key === settled.to)
    : all.find((candidate) => clusterMatches(joined, settled, candidate));
  if (cluster !== undefined) return { name: nameOfCluster(cluster), cluster };
  return typeof settled === "string" ? { name: clusterName(settled) } : { name: "unknown", unknown: true };
};
