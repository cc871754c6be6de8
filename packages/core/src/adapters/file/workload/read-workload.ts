import { resolve } from "node:path";
import { effectiveStrategy } from "../../../domain/capacity/strategy-rules.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import { decimalText } from "../../../domain/workload/quantity.ts";
import type { Placement, Service } from "../../../domain/workload/service.ts";
import { schemaProblems } from "../../../schema/problems.ts";
import { type WorkloadFile, type WorkloadService, workloadSchema } from "../../../schema/workload.ts";
import {
  type Draft,
  type DraftService,
  EMPTY_DRAFT,
  type NamedRegion,
  type NamedShared,
  type TaskReference,
} from "../planned/draft.ts";
import { originOf, refuseProblems, whereOf } from "../text/checked.ts";
import type { InputDocument } from "../text/document.ts";
import { plainMap } from "../text/plain-map.ts";
import {
  autoscalingOf,
  serviceExtras,
  serviceLogs,
  serviceNetwork,
  sharedInfrastructure,
  strategyItems,
  taskShape,
} from "../values/workload-values.ts";
import { besideFile, readDemand } from "./demand.ts";
import { workloadProblems } from "./rules.ts";

const placementOf = ({ launchType, capacityProviderStrategy }: WorkloadService): Placement => {
  if (launchType !== undefined) return { kind: "launch-type", launchType };
  if (capacityProviderStrategy === undefined) return { kind: "unspecified" };
  return { kind: "strategy", items: effectiveStrategy(strategyItems(capacityProviderStrategy)) };
};

const isPath = (text: string): boolean =>
  !text.startsWith("arn:") && (/^\.{0,2}[\\/]/.test(text) || /\.(?:json|ya?ml)$/i.test(text));

const referenceOf = (file: string, text: string): TaskReference => {
  if (!isPath(text)) return { kind: "name", text };
  const beside = besideFile(file, text);
  return { kind: "path", text: beside, path: resolve(beside) };
};

interface ReadService {
  readonly draft: DraftService;
  readonly issues: readonly Issue[];
}

const readService = (document: InputDocument, raw: WorkloadService, index: number): ReadService => {
  const region = raw.region ?? (document.data as WorkloadFile).region;
  const path = ["services", index];
  const cluster = raw.cluster ?? "default";
  const id = `${cluster}/${raw.name}`;
  const { demand, issues } = readDemand(document, raw, path);
  const service: Service = {
    id,
    name: raw.name,
    cluster,
    ...(region === undefined ? {} : { region }),
    ...(raw.account === undefined ? {} : { account: raw.account }),
    tags: plainMap(Object.entries(raw.tags ?? {})),
    ...(raw.task === undefined ? {} : { task: taskShape(raw.task) }),
    ...(raw.taskDefinition === undefined ? {} : { taskDefinition: raw.taskDefinition }),
    ...(demand === undefined ? {} : { demand }),
    ...(demand === undefined && raw.runs !== undefined ? { runsPerMonth: decimalText(raw.runs.perMonth) } : {}),
    placement: placementOf(raw),
    scheduling: raw.scheduling ?? "replica",
    placementConstraints: raw.placementConstraints ?? false,
    interruptible: raw.interruptible ?? "unspecified",
    ...(raw.minAvailableTasks === undefined ? {} : { minAvailableTasks: raw.minAvailableTasks }),
    ...(raw.autoscaling === undefined ? {} : { autoscaling: autoscalingOf(raw.autoscaling) }),
    ...(raw.logs === undefined ? {} : { logs: serviceLogs(raw.logs) }),
    network: serviceNetwork(raw),
    extras: serviceExtras(raw),
    origin: originOf(document, path),
  };
  const reference = raw.taskDefinition === undefined ? undefined : referenceOf(document.file, raw.taskDefinition);
  return {
    draft: { service, ...(reference === undefined ? {} : { reference }), place: () => whereOf(document, path) },
    issues: issues.map((issue) => ({ ...issue, subject: id })),
  };
};

const sharedOf = (document: InputDocument, data: WorkloadFile): NamedShared[] => {
  if (data.shared === undefined) return [];
  const { shared } = data;
  const given = (["natGateways", "containerInsights", "ec2"] as const).filter((key) => shared[key] !== undefined);
  return [
    {
      shared: sharedInfrastructure(shared),
      given,
      ...(data.region === undefined ? {} : { region: data.region }),
      regions: data.services.flatMap(({ region }) => region ?? []),
      place: () => whereOf(document, ["shared"]),
    },
  ];
};

const regionsOf = (document: InputDocument, data: WorkloadFile): NamedRegion[] => [
  ...(data.region === undefined ? [] : [{ region: data.region, place: () => whereOf(document, ["region"]) }]),
  ...data.services.flatMap(({ region }, i) =>
    region === undefined ? [] : [{ region, place: () => whereOf(document, ["services", i, "region"]) }],
  ),
];

/** Reads a workload file; every problem in it is reported at once. */
export const readWorkloadFile = (document: InputDocument): Draft => {
  document.refuseDuplicateKeys();
  const shape = schemaProblems(workloadSchema, document.data);
  refuseProblems(document, [...shape, ...workloadProblems(document.data as WorkloadFile, shape)]);
  const data = document.data as WorkloadFile;
  const services = data.services.map((raw, index) => readService(document, raw, index));
  return {
    ...EMPTY_DRAFT,
    services: services.map(({ draft }) => draft),
    regions: regionsOf(document, data),
    shared: sharedOf(document, data),
    issues: services.flatMap(({ issues }) => issues),
  };
};
