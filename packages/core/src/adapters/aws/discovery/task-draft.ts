import type { Issue } from "../../../domain/issues/issue.ts";
import { NO_EXTRAS, NO_NETWORK } from "../../../domain/workload/defaults.ts";
import type { Service } from "../../../domain/workload/service.ts";
import { type Draft, EMPTY_DRAFT } from "../../file/planned/draft.ts";

type Given = Pick<Service, "name" | "cluster" | "placement"> &
  Partial<Pick<Service, "network" | "runsPerMonth" | "tags">> & { readonly taskDefinition: string };

/** A kind of task that runs outside of services; what is not known about it is in the issue. */
export const taskDraft = (given: Given, issue: Pick<Issue, "code" | "severity" | "detail">): Draft => {
  const { name, cluster, taskDefinition } = given;
  const service: Service = {
    id: `${cluster}/${name}`,
    tags: {},
    scheduling: "replica",
    placementConstraints: false,
    interruptible: "unspecified",
    network: NO_NETWORK,
    extras: NO_EXTRAS,
    origin: taskDefinition,
    ...given,
  };
  return {
    ...EMPTY_DRAFT,
    services: [{ service, reference: { kind: "name", text: taskDefinition }, place: () => ({ file: taskDefinition }) }],
    issues: [{ ...issue, subject: service.id }],
  };
};

/** A name that no other has, which is taken then. */
export const freeName = (name: string, addition: string, taken: Set<string>): string => {
  let free = name;
  for (let at = 1; taken.has(free); at++) free = `${name} (${at === 1 ? addition : `${addition} ${at}`})`;
  taken.add(free);
  return free;
};
