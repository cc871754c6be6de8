import type { Reason } from "../issues/issue.ts";
import { isLegalSize } from "../sizing/fargate-sizes.ts";
import { smallestSizeThatFits } from "../sizing/size-fit.ts";
import { acceleratorText } from "../workload/accelerator.ts";
import type { Service } from "../workload/service.ts";
import { needsAccelerator, type TaskShape } from "../workload/task.ts";
import type { LaunchOption } from "./option.ts";

/** Whether a task can run on an option at all: every reason against it, and what to know before choosing it. */
export interface Feasibility {
  readonly blockers: readonly Reason[];
  readonly notes: readonly Reason[];
  /** The task as it would run there: rounded up to a legal size on Fargate, on the option's architecture. */
  readonly task: TaskShape;
}

type Check = (service: Service, task: TaskShape, option: LaunchOption) => Reason | undefined;

const reason = (code: string, detail: string): Reason => ({ code, detail });

/**
 * Largest ephemeral storage of a Fargate task, in GiB.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html (checked 2026-11-20)
 */
const FARGATE_MAX_EPHEMERAL_GIB = 200;

const ANYWHERE: readonly Check[] = [
  (_, { accelerator }) =>
    accelerator?.kind === "not-understood"
      ? reason("accelerator", `The task asks for ${accelerator.detail}, and no instance type is known to have that.`)
      : undefined,
  (_, task, { architecture }) =>
    task.os === "windows" && architecture === "arm64"
      ? reason("windows-arm64", "ECS runs Windows containers on x86_64 only.")
      : undefined,
  ({ interruptible }, _, { purchase }) =>
    purchase === "spot" && interruptible === "no"
      ? reason("not-interruptible", "The service must not be interrupted, and Spot capacity can be.")
      : undefined,
];

const ON_FARGATE: readonly Check[] = [
  (_, task) =>
    needsAccelerator(task)
      ? reason(
          "gpu",
          `Fargate has no GPUs${task.accelerator?.kind === "neuron" ? " or Neuron devices" : ""}; the task asks for ${acceleratorText(task.gpu, task.accelerator)}.`,
        )
      : undefined,
  (_, { privileged }) => (privileged ? reason("privileged", "Fargate does not run privileged containers.") : undefined),
  (_, { fargateBlockers }) => {
    const others = fargateBlockers.filter((name) => name !== "gpu" && name !== "privileged");
    return others.length > 0
      ? reason("task-definition", `Fargate does not accept these settings: ${others.join(", ")}.`)
      : undefined;
  },
  ({ scheduling }) => (scheduling === "daemon" ? reason("daemon", "Fargate has no daemon services.") : undefined),
  ({ placementConstraints }) =>
    placementConstraints ? reason("placement-constraints", "Fargate has no placement constraints.") : undefined,
  (_, { ports }) => {
    const moved = ports.filter(({ hostPort, containerPort }) => hostPort && hostPort !== containerPort);
    if (moved.length === 0) return undefined;
    const list = moved.map(({ hostPort, containerPort }) => `${hostPort}->${containerPort}`).join(", ");
    return reason("host-port", `In awsvpc mode host and container port are the same; the task maps ${list}.`);
  },
  (_, { networkMode }) =>
    networkMode === "none"
      ? reason("network-mode", "Fargate needs network mode awsvpc; the task has none.")
      : undefined,
  (_, { ephemeralStorageGiB }) =>
    ephemeralStorageGiB > FARGATE_MAX_EPHEMERAL_GIB
      ? reason("ephemeral-storage", `Fargate gives at most 200 GiB; the task asks for ${ephemeralStorageGiB}.`)
      : undefined,
  (_, task, { purchase }) =>
    task.os === "windows" && purchase === "spot"
      ? reason("windows-spot", "Fargate Spot does not run Windows containers.")
      : undefined,
  (_, { cpu, memory, os }) => {
    const fit = smallestSizeThatFits(cpu, memory, os);
    return fit.found ? undefined : reason("size", fit.reason.detail);
  },
];

const WINDOWS_INSTANCES: Check = (_, { os }) =>
  os === "windows" ? reason("windows-price", "The price book has Linux instances only.") : undefined;

const NEURON_ON_EC2: Check = (_, { accelerator }) =>
  accelerator?.kind === "neuron"
    ? reason("neuron", "ECS places tasks by Neuron devices on Managed Instances only.")
    : undefined;

const ON_EC2: readonly Check[] = [WINDOWS_INSTANCES, NEURON_ON_EC2];

const ON_MANAGED_INSTANCES: readonly Check[] = [
  (_, { os }) => (os === "windows" ? reason("windows", "ECS Managed Instances run Linux only.") : undefined),
  (_, { networkMode }) =>
    networkMode === "bridge" || networkMode === "none"
      ? reason("network-mode", `Managed Instances know awsvpc and host mode; the task uses ${networkMode}.`)
      : undefined,
  ({ network }) =>
    network.publicIp ? reason("public-ip", "A task on Managed Instances cannot have a public IP address.") : undefined,
  ({ scheduling }) =>
    scheduling === "daemon" ? reason("daemon", "Managed Instances run daemons through their own API.") : undefined,
];

const CHECKS: Readonly<Record<LaunchOption["product"], readonly Check[]>> = {
  fargate: [...ANYWHERE, ...ON_FARGATE],
  ec2: [...ANYWHERE, ...ON_EC2],
  "managed-instances": [...ANYWHERE, ...ON_MANAGED_INSTANCES],
};

/** Every reason for and against running a task on an option; nothing is cut short. */
export const judgeFeasibility = (service: Service, task: TaskShape, option: LaunchOption): Feasibility => {
  const blockers = CHECKS[option.product].flatMap((check) => check(service, task, option) ?? []);
  const moved = { ...task, architecture: option.architecture };
  const placed = option.product === "fargate" ? roundUp(moved) : moved;
  return { blockers, notes: notesOn(service, task, placed, option), task: placed };
};

const roundUp = (task: TaskShape): TaskShape => {
  if (isLegalSize(task.cpu, task.memory, task.os)) return task;
  const fit = smallestSizeThatFits(task.cpu, task.memory, task.os);
  return fit.found ? { ...task, cpu: fit.size.cpu, memory: fit.size.memory } : task;
};

const notesOn = (service: Service, task: TaskShape, placed: TaskShape, option: LaunchOption): Reason[] => {
  const notes: Reason[] = [];
  if (placed.cpu !== task.cpu || placed.memory !== task.memory) {
    notes.push(
      reason("size-rounded-up", `Priced as ${placed.cpu} CPU units and ${placed.memory} MiB, the next legal size.`),
    );
  }
  if (placed.architecture !== task.architecture) {
    notes.push(reason("other-architecture", `Needs an image built for ${placed.architecture}.`));
  }
  if (option.purchase === "spot" && service.interruptible !== "yes") notes.push(spotNote(service));
  if (option.product === "fargate" && task.networkMode !== "awsvpc" && task.networkMode !== "none") {
    notes.push(reason("network-mode-changes", `Network mode ${task.networkMode} becomes awsvpc.`));
  }
  return notes;
};

const spotNote = ({ interruptible, minAvailableTasks }: Service): Reason =>
  interruptible === "partly"
    ? reason(
        "partly-interruptible",
        minAvailableTasks === undefined
          ? "Only a part of the tasks may be interrupted; a strategy should keep a base on demand."
          : `${minAvailableTasks} tasks must stay up; a strategy should keep a base on demand.`,
      )
    : reason("interruptible-unknown", "Whether the service may be interrupted is not said.");
