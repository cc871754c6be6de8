import type { Cluster, Failure, Service } from "@aws-sdk/client-ecs";
import type { Issue } from "../../../domain/issues/issue.ts";
import { malformedAnswer } from "../client/aws-error.ts";
import { allPages, inChunks } from "../client/paged.ts";
import { attempt, callOf, type RegionRun, recordsOf, sortedBy, textsOf } from "./region-run.ts";

/** DescribeServices takes ten services at most (Amazon ECS API reference, checked 2026-11-20). */
const MOST_SERVICES = 10;

const nameOf = (arn: string): string => arn.split("/").at(-1) ?? arn;

const notRead = (subject: string, detail: string): Issue => ({
  code: "not-read",
  severity: "warning",
  subject,
  detail,
});

const failureIssue = (cluster: string, { arn, reason, detail }: Failure): Issue =>
  notRead(
    `${cluster}/${nameOf(arn ?? "")}`,
    `DescribeServices gave no answer for it: ${[reason, detail].filter(Boolean).join(", ")}`,
  );

const describeTen = async (run: RegionRun, cluster: string, arns: readonly string[]) => {
  const { aws, region } = run;
  const client = await aws.clients.ecs(region);
  const { DescribeServicesCommand } = await import("@aws-sdk/client-ecs");
  const call = callOf(run, "ecs:DescribeServices");
  return aws.call(call, async (abortSignal) => {
    const command = new DescribeServicesCommand({ cluster, services: [...arns], include: ["TAGS"] });
    const { services, failures = [] } = await client.send(command, { abortSignal });
    const found = recordsOf(call, services, ["serviceName", "serviceArn"]);
    if (found.some(({ desiredCount }) => typeof desiredCount !== "number"))
      throw malformedAnswer(call, "desiredCount is no number");
    return { found, failures };
  });
};

const listServices = async (run: RegionRun, cluster: string): Promise<readonly string[]> => {
  const { aws, region } = run;
  const client = await aws.clients.ecs(region);
  const { ListServicesCommand } = await import("@aws-sdk/client-ecs");
  const call = callOf(run, "ecs:ListServices");
  return allPages(aws, call, (nextToken) => async (abortSignal) => {
    const page = await client.send(new ListServicesCommand({ cluster, nextToken, maxResults: 100 }), { abortSignal });
    return { items: textsOf(call, page.serviceArns), next: page.nextToken };
  });
};

/** A list that is shorter than the cluster says ended early. */
const countIssue = (cluster: Cluster, listed: number): readonly Issue[] => {
  const { clusterName = "", activeServicesCount } = cluster;
  if (typeof activeServicesCount !== "number" || listed >= activeServicesCount) return [];
  return [
    notRead(
      clusterName,
      `the cluster has ${activeServicesCount} services, but AWS listed ${listed}; the others are missing`,
    ),
  ];
};

/** The services of a cluster with their tags, sorted by name. Actions: ListServices, DescribeServices. */
export const readServices = async (
  run: RegionRun,
  cluster: Cluster,
  isWanted: (service: string) => boolean,
): Promise<readonly Service[]> => {
  const { clusterName = "", clusterArn = "" } = cluster;
  const listed = await attempt(run, clusterName, "its services are missing", () => listServices(run, clusterArn));
  if (listed === undefined) return [];
  const arns = [...new Set(listed)];
  run.issues.push(...countIssue(cluster, arns.length));
  const wanted = arns.filter((arn) => isWanted(nameOf(arn)));
  const found = await inChunks(wanted, MOST_SERVICES, async (ten) => {
    const named = ten.map(nameOf).join(", ");
    const told = await attempt(run, clusterName, `missing are ${named}`, () => describeTen(run, clusterArn, ten));
    run.issues.push(...(told?.failures ?? []).map((failure) => failureIssue(clusterName, failure)));
    return told?.found ?? [];
  });
  const once = new Map(found.map((service) => [service.serviceArn, service]));
  return sortedBy([...once.values()], ({ serviceName = "" }) => serviceName);
};
