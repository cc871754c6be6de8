import { readTemplate } from "../cloudformation/read-template.ts";
import { readCompose } from "../manifests/compose.ts";
import { readCopilot } from "../manifests/copilot.ts";
import { readEcsParams } from "../manifests/ecs-params.ts";
import { readEcspresso } from "../manifests/ecspresso.ts";
import { EMPTY_DRAFT } from "../planned/draft.ts";
import { readUsageFile } from "../planned/usage-file.ts";
import { readPulumi } from "../pulumi/read-pulumi.ts";
import { readRunTask, readServiceInput } from "../task-definition/service-input.ts";
import { readTerraformPlan } from "../terraform/read-plan.ts";
import type { PlannedReaders } from "./read-draft.ts";
import { settlePlanned } from "./settle-planned.ts";

/** What reads infrastructure as code: as much code as reads all other inputs. */
export const PLANNED_READERS: PlannedReaders = {
  "terraform-plan": (document, _, side) => readTerraformPlan(document, side),
  template: readTemplate,
  usage: (document) => ({ ...EMPTY_DRAFT, usage: readUsageFile(document) }),
  "service-input": (document) => readServiceInput(document),
  "run-task": readRunTask,
  ecspresso: readEcspresso,
  copilot: readCopilot,
  compose: readCompose,
  "ecs-params": readEcsParams,
  pulumi: (document, _, side) => readPulumi(document, side),
  settle: settlePlanned,
};
