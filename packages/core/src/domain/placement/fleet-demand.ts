import { type AcceleratorKind, acceleratorKind, neededUnits, WHOLE_GPUS } from "../billing/accelerators.ts";
import { type HostShare, hostShareOf } from "../billing/instance-capacity.ts";
import { fleetTasks } from "../billing/task-hours.ts";
import { taskWeight } from "../costing/task-weight.ts";
import type { PackItem } from "../packing/model/request.ts";
import type { Decimal } from "../units/decimal.ts";
import type { Service } from "../workload/service.ts";
import type { Ec2Settings } from "../workload/shared.ts";
import type { Architecture, TaskShape } from "../workload/task.ts";

/** A service whose task and demand are known, so that it can be placed. */
export interface PlaceableService {
  readonly service: Service;
  readonly task: TaskShape;
  /** Tasks that the fleet has to have room for at once. */
  readonly tasks: number;
}

/** Services of one cluster that run on instances of one architecture. */
export interface FleetDemand {
  readonly cluster: string;
  readonly architecture: Architecture;
  readonly items: readonly PackItem[];
  /** Daemon services: one task on every instance. */
  readonly daemons: readonly PlaceableService[];
  readonly host: HostShare;
  /** The same for all items. */
  readonly accelerator: AcceleratorKind;
  readonly weights: ReadonlyMap<string, number>;
}

/** Undefined where the task or the demand is not known. A daemon service needs no count. */
export const placeable = (service: Service, hours: Decimal): PlaceableService | undefined => {
  const { task, demand } = service;
  if (task === undefined) return undefined;
  if (service.scheduling === "daemon") return { service, task, tasks: 0 };
  return demand === undefined ? undefined : { service, task, tasks: fleetTasks(demand, hours) };
};

/** What a fleet must hold: tasks to pack, and what runs on every instance. */
export const fleetDemand = (
  cluster: string,
  architecture: Architecture,
  services: readonly PlaceableService[],
  settings: Pick<Ec2Settings, "daemons">,
): FleetDemand => {
  const daemons = services.filter(({ service }) => service.scheduling === "daemon");
  const packed = services.filter(({ service, tasks }) => service.scheduling !== "daemon" && tasks > 0);
  const host = hostShareOf([...settings.daemons.map((daemon) => ({ ...daemon, enis: 0 })), ...daemons.map(hostShare)]);
  const weights = new Map(
    packed.map(({ service, task, tasks }) => [service.id, tasks * taskWeight(task.cpu, task.memory)]),
  );
  const accelerator = acceleratorOf(packed);
  return { cluster, architecture, items: packed.map(packItem), daemons, host, accelerator, weights };
};

/** Tasks that need accelerators of two kinds share no fleet. */
const acceleratorOf = ([first]: readonly PlaceableService[]): AcceleratorKind =>
  first === undefined ? WHOLE_GPUS : acceleratorKind(first.task.accelerator);

/** What tells fleets apart by the accelerators that their tasks need; empty for whole GPUs and none. */
export const acceleratorKey = ({ accelerator }: Pick<TaskShape, "accelerator">): string =>
  accelerator === undefined ? "" : JSON.stringify(acceleratorKind(accelerator));

const hostShare = ({ task }: PlaceableService): HostShare => ({
  cpu: task.cpu,
  memory: task.memory,
  enis: task.networkMode === "awsvpc" ? 1 : 0,
});

const packItem = ({ service, task, tasks }: PlaceableService): PackItem => ({
  id: service.id,
  count: tasks,
  cpu: task.cpu,
  memory: task.memory,
  enis: task.networkMode === "awsvpc" ? 1 : 0,
  gpus: neededUnits(task.gpu, task.accelerator),
  hostPorts: hostPorts(task),
});

/** Ports that a task takes on its host, as `tcp/80`; a task in awsvpc mode has an address of its own. */
export const hostPorts = (task: TaskShape): string[] => {
  if (task.networkMode === "awsvpc" || task.networkMode === "none") return [];
  const ports = task.ports.flatMap(({ hostPort, containerPort, protocol }) => {
    const port = task.networkMode === "host" ? (hostPort ?? containerPort) : hostPort;
    return port === undefined || port === 0 ? [] : [`${protocol}/${port}`];
  });
  return [...new Set(ports)];
};
