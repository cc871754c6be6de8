import type { Cluster } from "@aws-sdk/client-ecs";
import { allPages, inChunks } from "../client/paged.ts";
import { callOf, type RegionRun, recordsOf, sortedBy, textsOf } from "./region-run.ts";

const MOST_CLUSTERS = 100;

/** Every cluster of the region with its settings and tags, sorted by name. Actions: ListClusters, DescribeClusters. */
export const readClusters = async (
  run: RegionRun,
  isWanted: (cluster: string) => boolean,
): Promise<readonly Cluster[]> => {
  const { aws, region } = run;
  const client = await aws.clients.ecs(region);
  const { ListClustersCommand, DescribeClustersCommand } = await import("@aws-sdk/client-ecs");
  const list = callOf(run, "ecs:ListClusters");
  const arns = await allPages(aws, list, (nextToken) => async (abortSignal) => {
    const page = await client.send(new ListClustersCommand({ nextToken, maxResults: 100 }), { abortSignal });
    return { items: textsOf(list, page.clusterArns), next: page.nextToken };
  });
  const wanted = arns.filter((arn) => isWanted(arn.split("/").at(-1) ?? arn));
  const describe = callOf(run, "ecs:DescribeClusters");
  const found = await inChunks(wanted, MOST_CLUSTERS, (chunk) =>
    aws.call(describe, async (abortSignal) => {
      const command = new DescribeClustersCommand({ clusters: [...chunk], include: ["SETTINGS", "TAGS"] });
      const { clusters } = await client.send(command, { abortSignal });
      return recordsOf(describe, clusters, ["clusterName", "clusterArn"]);
    }),
  );
  return sortedBy(
    found.filter(({ status }) => status !== "INACTIVE"),
    ({ clusterName = "" }) => clusterName,
  );
};
