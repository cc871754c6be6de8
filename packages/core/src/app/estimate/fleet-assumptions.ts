import type { Assumption } from "../../domain/issues/issue.ts";
import type { FleetRequest } from "../../domain/placement/fleet-option.ts";
import { CURRENT_TYPES } from "../../domain/placement/fleet-types.ts";
import type { Ec2Settings } from "../../domain/workload/shared.ts";
import { NAMED } from "../context/named-assumptions.ts";

/** The guesses behind a fleet: settings that were not given, and what the models leave open. */
export const fleetAssumptions = (request: FleetRequest, ec2: Ec2Settings): readonly Assumption[] => {
  const given = new Set(ec2.given);
  const when = (holds: boolean, assumption: Assumption): Assumption[] => (holds ? [assumption] : []);
  const changing = request.services.some(
    ({ service }) => service.demand !== undefined && service.demand.kind !== "count",
  );
  const kinds = new Set(request.services.map(({ task }) => task.accelerator?.kind));
  return [
    NAMED.fleetShare,
    ...when(!given.has("memoryOverheadPercent"), NAMED.memoryOverhead),
    ...when(!given.has("rootVolumeGiB"), NAMED.rootVolume),
    ...when(!given.has("azs"), NAMED.noSpread),
    ...when(!given.has("instanceTypes"), CURRENT_TYPES),
    ...when(changing, NAMED.fleetAtPeak),
    ...when(kinds.has("gpu-memory"), NAMED.gpuMemory),
    ...when(kinds.has("gpu-share") || kinds.has("all-gpus") || kinds.has("neuron"), NAMED.wholeAccelerator),
    ...when(sharesProvider(request), NAMED.launchTypeOnProvider),
    ...when(request.service === "ec2" && ec2.targetCapacity < 100, NAMED.idleType),
    ...(request.service === "managed-instances" ? [NAMED.managedVolumes, NAMED.managedShape] : []),
  ];
};

/** Whether tasks of a launch type are on the instances of a provider that other services name. */
const sharesProvider = ({ capacityProvider, services }: FleetRequest): boolean =>
  capacityProvider !== undefined &&
  services.some(({ service }) => service.placement.kind !== "strategy" && service.scheduling !== "daemon");
