import { readTemplate } from "../cloudformation/read-template.ts";
import { EMPTY_DRAFT } from "../planned/draft.ts";
import { readUsageFile } from "../planned/usage-file.ts";
import { readTerraformPlan } from "../terraform/read-plan.ts";
import type { PlannedReaders } from "./read-draft.ts";
import { settlePlanned } from "./settle-planned.ts";

/** What reads infrastructure as code: as much code as reads all other inputs. */
export const PLANNED_READERS: PlannedReaders = {
  "terraform-plan": (document, _, side) => readTerraformPlan(document, side),
  template: readTemplate,
  usage: (document) => ({ ...EMPTY_DRAFT, usage: readUsageFile(document) }),
  settle: settlePlanned,
};
