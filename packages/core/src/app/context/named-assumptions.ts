import type { Assumption } from "../../domain/issues/issue.ts";

/** Guesses of the cost models, each named once so that reports can show them. */
export const NAMED = {
  strategySplit: {
    code: "strategy-split",
    detail:
      "Tasks are split over capacity providers by base, then weight with largest remainders; AWS documents the ratio, not " +
      "the rounding, and does not rebalance running tasks.",
  },
  runsByWeight: {
    code: "runs-by-weight",
    detail:
      "Standalone runs under a strategy are split by weight; a base does not apply to runs that start one by one.",
  },
  runsIncludePull: {
    code: "runs-include-pull",
    detail: "The seconds of a run are taken to include its image pull, because runs.pullSeconds is not given.",
  },
  windowsMinimum: {
    code: "windows-minimum",
    detail: "Windows runs are billed for at least 5 minutes; AWS has published other figures before.",
  },
  hourlyScaled: {
    code: "hourly-counts-scaled",
    detail: "Hourly counts that do not cover exactly the hours of the month stand for all of it by their average.",
  },
  spotFloats: {
    code: "spot-price-floats",
    detail: "Spot prices are one reading of the date that the price book gives; they move from day to day.",
  },
  networkWithSize: {
    code: "network-with-size",
    detail:
      "A Fargate task with fewer vCPUs gets less network bandwidth too. How much is not published and was not measured.",
  },
  ephemeralOnDemand: {
    code: "ephemeral-on-demand",
    detail: "Ephemeral storage above 20 GB is billed at its on-demand rate under Spot and Savings Plans too.",
  },
  windowsLicence: {
    code: "windows-licence-on-demand",
    detail: "The Windows licence fee is billed at its on-demand rate under Savings Plans too.",
  },
  fullCoverage: {
    code: "commitment-covers-use",
    detail:
      "A Savings Plan is taken to cover steady use fully; where counts change by the hour it covers the number of tasks " +
      "that makes the month cheapest. Standalone runs are taken to be spread evenly, and a plan is never the best option for " +
      "them. Reserved and Savings Plan fleets are paid for every hour of the month.",
  },
  memoryOverhead: {
    code: "memory-overhead",
    detail:
      "An instance offers its memory less 5 % to tasks, what the operating system keeps; set ec2.memoryOverheadPercent, or " +
      "use the registered memory of your instances.",
  },
  rootVolume: {
    code: "root-volume",
    detail: "Each instance has a 30 GiB gp3 root volume; set ec2.rootVolumeGiB.",
  },
  noSpread: {
    code: "no-zone-spread",
    detail: "Fleets are packed without spreading tasks over Availability Zones; set ec2.azs.",
  },
  fleetAtPeak: {
    code: "fleet-at-peak",
    detail:
      "A fleet runs all month with room for the highest hourly count, or for the average number of standalone runs rounded " +
      "up; instances are not scaled in between.",
  },
  idleType: {
    code: "target-capacity-idle",
    detail:
      "Managed scaling keeps ceil(filled instances x 100 / target capacity) instances; the idle ones are taken to be of the " +
      "cheapest type of the fleet.",
  },
  managedVolumes: {
    code: "managed-instances-volume",
    detail:
      "A managed instance is priced with one data volume of ec2.rootVolumeGiB; the size of its system volume is not published.",
  },
  gpuMemory: {
    code: "gpu-sharing",
    detail:
      "Tasks that share a GPU by nvidiaMps are placed by GPU memory alone, at the nominal memory of the GPU; of an " +
      "instance with several GPUs one is counted.",
  },
  wholeAccelerator: {
    code: "accelerator-instance",
    detail:
      "A task that asks for a part of a GPU, for all GPUs or for Neuron devices is taken to have the accelerators of its " +
      "instance to itself.",
  },
  managedShape: {
    code: "managed-instances-choice",
    detail:
      "ECS Managed Instances are taken to run on the instance types that are cheapest for the tasks, fee included; AWS " +
      "chooses among the types that the capacity provider allows.",
  },
  trackedTasks: {
    code: "target-tracking-tasks",
    detail:
      "Where target tracking scales a service, its task counts are taken to change in inverse proportion to what the tracked " +
      "dimension of a task offers, rounded up to whole tasks.",
  },
  launchTypeOnProvider: {
    code: "launch-type-on-provider",
    detail:
      "Tasks of the launch type EC2 are taken to run on the instances of the one capacity provider that the services of " +
      "their cluster name, where it buys as the setting ec2.purchase says; otherwise they have a fleet of their own.",
  },
  fleetShare: {
    code: "fleet-share",
    detail: "A fleet's cost is divided over its services by CPU and memory at 9 : 1, idle capacity included.",
  },
} as const satisfies Record<string, Assumption>;
