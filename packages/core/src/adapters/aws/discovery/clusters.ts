import type { Cluster } from "@aws-sdk/client-ecs";
import type { Issue } from "../../../domain/issues/issue.ts";
import { allPages, inChunks } from "../client/paged.ts";
import { attempt, callOf, type RegionRun, recordsOf, sortedBy, textsOf } from "./region-run.ts";

const MOST_CLUSTERS = 100;
const NOT_DESCRIBED =
  "Container Insights, tags, capacity providers and the default strategy of its clusters are not known";

/** What the ARN alone tells of a cluster. */
const fromArn = (clusterArn: string): Cluster => ({
  clusterArn,
  clusterName: clusterArn.split("/").at(-1) ?? clusterArn,
});

const emptyAnswer = (region: string): Issue => ({
  code: "not-read",
  severity: "warning",
  subject: region,
  detail: "the answer to ecs:ListClusters holds no list of clusters; there may be some that are not included",
});

/** Told, because what the credentials may not see looks the same. */
const noClusters = (region: string): Issue => ({
  code: "not-read",
  severity: "info",
  subject: region,
  detail: "AWS lists no cluster in this region; check the account and the region if there should be one",
});

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
    if (page.clusterArns === undefined) run.issues.push(emptyAnswer(region));
    return { items: textsOf(list, page.clusterArns), next: page.nextToken };
  });
  if (arns.length === 0 && run.issues.length === 0) run.issues.push(noClusters(region));
  const wanted = arns.filter((arn) => isWanted(arn.split("/").at(-1) ?? arn));
  const describe = callOf(run, "ecs:DescribeClusters");
  const found = await inChunks(wanted, MOST_CLUSTERS, async (chunk) => {
    const described = await attempt(run, region, NOT_DESCRIBED, () =>
      aws.call(describe, async (abortSignal) => {
        const command = new DescribeClustersCommand({ clusters: [...chunk], include: ["SETTINGS", "TAGS"] });
        const { clusters } = await client.send(command, { abortSignal });
        return recordsOf(describe, clusters, ["clusterName", "clusterArn"]);
      }),
    );
    return described ?? chunk.map(fromArn);
  });
  return sortedBy(
    found.filter(({ status }) => status !== "INACTIVE"),
    ({ clusterName = "" }) => clusterName,
  );
};
