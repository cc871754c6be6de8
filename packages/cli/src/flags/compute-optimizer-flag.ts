import * as Flags from "@oclif/core/flags";

/** Where recommendations of AWS Compute Optimizer are read. */
export const computeOptimizerFlag = {
  "compute-optimizer": Flags.string({
    multiple: true,
    env: "ECS_COST_COMPUTE_OPTIMIZER",
    helpGroup: "COMPUTE OPTIMIZER",
    helpValue: "SRC...",
    summary:
      "Puts what AWS Compute Optimizer recommends beside the advice: files of get-ecs-service-recommendations or of its CSV export; or aws, the live account.",
  }),
};
