import { effectiveStrategy, strategyProblems } from "../../../domain/capacity/strategy-rules.ts";
import type { Where } from "../../../domain/issues/border-error.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import { clusterName, parseEcsArn } from "../../../domain/workload/arn.ts";
import { NO_EXTRAS, NO_NETWORK } from "../../../domain/workload/defaults.ts";
import type { LaunchType, Placement, Service, StrategyItem } from "../../../domain/workload/service.ts";
import { describeServicesSchema, type EcsService, ecsServiceListSchema } from "../../../schema/aws-ecs.ts";
import { type KeyPath, schemaProblems } from "../../../schema/problems.ts";
import { type Draft, type DraftService, EMPTY_DRAFT, type NamedRegion } from "../planned/draft.ts";
import { originOf, refuseProblems, whereOf } from "../text/checked.ts";
import type { InputDocument } from "../text/document.ts";
import { tagMap } from "../text/plain-map.ts";

const LAUNCH_TYPES: readonly string[] = ["FARGATE", "EC2", "EXTERNAL", "MANAGED_INSTANCES"] satisfies LaunchType[];

const strategyOf = (service: EcsService): readonly StrategyItem[] =>
  effectiveStrategy(
    (service.capacityProviderStrategy ?? []).map((item) => ({
      capacityProvider: item.capacityProvider,
      base: item.base ?? 0,
      weight: item.weight ?? 0,
    })),
  );

/** The API prints a launch type beside a strategy for some services; the strategy is what places tasks. */
const placementOf = (service: EcsService): Placement => {
  const items = strategyOf(service);
  if (items.length > 0) return { kind: "strategy", items };
  if (service.launchType == null || !LAUNCH_TYPES.includes(service.launchType)) return { kind: "unspecified" };
  return { kind: "launch-type", launchType: service.launchType as LaunchType };
};

/** Region and account, as the ARNs of the service tell them. */
const placeOf = (raw: EcsService): Pick<Service, "region" | "account"> => {
  const arns = [raw.serviceArn, raw.clusterArn, raw.taskDefinition].flatMap((arn) =>
    arn == null ? [] : (parseEcsArn(arn) ?? []),
  );
  const region = arns.find((arn) => arn.region !== "")?.region;
  const account = arns.find((arn) => arn.account !== "")?.account;
  return { ...(region === undefined ? {} : { region }), ...(account === undefined ? {} : { account }) };
};

const serviceOf = (raw: EcsService, origin: string): Service => {
  const cluster = clusterName(raw.clusterArn ?? undefined);
  const minimumHealthyPercent = raw.deploymentConfiguration?.minimumHealthyPercent;
  const publicIp = raw.networkConfiguration?.awsvpcConfiguration?.assignPublicIp === "ENABLED";
  return {
    id: `${cluster}/${raw.serviceName}`,
    name: raw.serviceName,
    cluster,
    ...placeOf(raw),
    tags: tagMap(raw.tags),
    ...(raw.taskDefinition == null ? {} : { taskDefinition: raw.taskDefinition }),
    ...(raw.desiredCount == null ? {} : { demand: { kind: "count" as const, tasks: raw.desiredCount } }),
    placement: placementOf(raw),
    scheduling: raw.schedulingStrategy === "DAEMON" ? "daemon" : "replica",
    placementConstraints: (raw.placementConstraints ?? []).length > 0,
    ...(minimumHealthyPercent == null ? {} : { minimumHealthyPercent }),
    interruptible: "unspecified",
    network: { ...NO_NETWORK, publicIp },
    extras: NO_EXTRAS,
    origin,
  };
};

const issuesOf = (service: Service): Issue[] => {
  const issues: Issue[] = [];
  if (service.placement.kind === "strategy") {
    for (const { detail } of strategyProblems(service.placement.items)) {
      issues.push({ code: "invalid-strategy", severity: "warning", subject: service.id, detail });
    }
  }
  if (service.demand === undefined) {
    const detail = "desiredCount is not given";
    issues.push({ code: "unknown-demand", severity: "error", subject: service.id, detail });
  }
  return issues;
};

const failureIssue = (
  failure: { readonly arn?: unknown; readonly reason?: unknown; readonly detail?: unknown },
  file: string,
): Issue => {
  const reason = [failure.reason, failure.detail].filter((part) => part != null && part !== "").join(": ");
  const detail = `describe-services could not describe it (${reason || "no reason given"}); it is not in the figures`;
  return { code: "ignored-input", severity: "warning", subject: String(failure.arn ?? file), detail };
};

const draftService = (document: InputDocument, raw: EcsService, path: KeyPath): DraftService => {
  const service = serviceOf(raw, originOf(document, path));
  const { taskDefinition } = service;
  return {
    service,
    ...(taskDefinition === undefined ? {} : { reference: { kind: "name" as const, text: taskDefinition } }),
    place: () => whereOf(document, path),
  };
};

const regionsOf = (raw: EcsService, place: () => Where): NamedRegion[] =>
  [raw.serviceArn, raw.clusterArn, raw.taskDefinition].flatMap((arn) => {
    const region = arn == null ? undefined : parseEcsArn(arn)?.region;
    return region ? [{ region, place }] : [];
  });

const inactiveIssue = (raw: EcsService): Issue => {
  const subject = `${clusterName(raw.clusterArn ?? undefined)}/${raw.serviceName}`;
  return { code: "ignored-input", severity: "info", subject, detail: "its status is INACTIVE: it costs nothing" };
};

/** Services at a path of a document. */
export const readServices = (document: InputDocument, raws: readonly EcsService[], path: KeyPath): Draft => {
  const live = raws.map((raw, i) => ({ raw, at: [...path, i] })).filter(({ raw }) => raw.status !== "INACTIVE");
  const services = live.map(({ raw, at }) => draftService(document, raw, at));
  return {
    ...EMPTY_DRAFT,
    services,
    regions: live.flatMap(({ raw, at }) => regionsOf(raw, () => whereOf(document, at))),
    issues: [
      ...services.flatMap(({ service }) => issuesOf(service)),
      ...raws.filter((raw) => raw.status === "INACTIVE").map(inactiveIssue),
    ],
  };
};

/** Reads the output of `aws ecs describe-services` that stands at a path of a document. */
export const readDescribeServices = (document: InputDocument, data: unknown, path: KeyPath): Draft => {
  refuseProblems(
    document,
    schemaProblems(describeServicesSchema, data).map((problem) => ({ ...problem, path: [...path, ...problem.path] })),
  );
  const { services, failures } = data as {
    readonly services: readonly EcsService[];
    readonly failures?: readonly Record<string, unknown>[] | null;
  };
  const draft = readServices(document, services, [...path, "services"]);
  return { ...draft, issues: [...draft.issues, ...(failures ?? []).map((item) => failureIssue(item, document.file))] };
};

/** Reads the list that `aws ecs describe-services --query services` prints. */
export const readServiceList = (document: InputDocument): Draft => {
  refuseProblems(document, schemaProblems(ecsServiceListSchema, document.data));
  return readServices(document, document.data as readonly EcsService[], []);
};
