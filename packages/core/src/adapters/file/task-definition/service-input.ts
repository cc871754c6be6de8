import { basename, dirname, resolve } from "node:path";
import type { Issue } from "../../../domain/issues/issue.ts";
import { clusterName, parseTaskDefinitionRef } from "../../../domain/workload/arn.ts";
import { NO_EXTRAS, NO_NETWORK } from "../../../domain/workload/defaults.ts";
import { type EcsService, ecsServiceSchema } from "../../../schema/aws-ecs.ts";
import { schemaProblems } from "../../../schema/problems.ts";
import { type Draft, type DraftService, EMPTY_DRAFT } from "../planned/draft.ts";
import { originOf, refuseProblems, whereOf } from "../text/checked.ts";
import type { InputDocument } from "../text/document.ts";
import { readServices } from "./describe-services.ts";

type Data = Readonly<Record<string, unknown>>;

/** What stands beside a definition of a service, and gives it what it leaves out. */
export interface ServiceSurroundings {
  readonly name?: string | undefined;
  readonly cluster?: string | undefined;
  readonly taskDefinition?: DraftService["reference"];
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** `shop/service-def.json` is called shop, `api.json` api. */
const nameOfFile = (file: string): string => {
  const stem = basename(file).replace(/\.[^.]+$/, "");
  const isGeneric =
    /^(?:(?:ecs-)?service(?:-?def(?:inition)?)?|servicedef|ecs_service_def|create-service|run-task)$/i.test(stem);
  return isGeneric && file !== "-" ? basename(dirname(resolve(file))) || "service" : stem === "-" ? "service" : stem;
};

const familyOf = (data: Data): string | undefined => {
  const named = textOf(data["taskDefinition"]);
  return named === undefined ? undefined : parseTaskDefinitionRef(named).family;
};

/** Reads a service as `create-service` and ecspresso take it. */
export const readServiceInput = (document: InputDocument, around: ServiceSurroundings = {}): Draft => {
  const data = document.data as Data;
  const cluster = textOf(data["cluster"]) ?? around.cluster;
  const raw = {
    ...data,
    serviceName: textOf(data["serviceName"]) ?? around.name ?? nameOfFile(document.file),
    ...(cluster === undefined ? {} : { clusterArn: cluster }),
  };
  refuseProblems(document, schemaProblems(ecsServiceSchema, raw));
  const draft = readServices(document, [raw as unknown as EcsService], []);
  const services = draft.services.map((service) => ({
    ...service,
    reference: around.taskDefinition ?? service.reference ?? { kind: "only" as const },
  }));
  return { ...draft, services };
};

const launchTypes: ReadonlySet<unknown> = new Set(["FARGATE", "EC2", "EXTERNAL", "MANAGED_INSTANCES"]);

/** Reads tasks as `run-task` takes them: how often they are started is not in it. */
export const readRunTask = (document: InputDocument): Draft => {
  const data = document.data as Data;
  const cluster = clusterName(textOf(data["cluster"]));
  const name = familyOf(data) ?? nameOfFile(document.file);
  const launchType = launchTypes.has(data["launchType"]) ? (data["launchType"] as "FARGATE") : undefined;
  const id = `${cluster}/${name}`;
  const detail =
    "run-task says how a task is started and not how often, nor how long it runs; a workload file can give runs";
  const issue: Issue = { code: "unknown-demand", severity: "error", subject: id, detail };
  const taskDefinition = textOf(data["taskDefinition"]);
  const service: DraftService = {
    service: {
      ...{ id, name, cluster, tags: {}, scheduling: "replica", placementConstraints: false },
      ...(taskDefinition === undefined ? {} : { taskDefinition }),
      placement: launchType === undefined ? { kind: "unspecified" } : { kind: "launch-type", launchType },
      ...{ interruptible: "unspecified", network: NO_NETWORK, extras: NO_EXTRAS, origin: originOf(document, []) },
    },
    reference: taskDefinition === undefined ? { kind: "only" } : { kind: "name", text: taskDefinition },
    place: () => whereOf(document, []),
  };
  return { ...EMPTY_DRAFT, services: [service], issues: [issue] };
};
