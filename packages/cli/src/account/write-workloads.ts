import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DiscoveredRegion } from "@ecs-cost/core/aws";
import { BorderError } from "@ecs-cost/core/estimate";
import type { Session } from "../aws/session.ts";
import { writeOut } from "../output/write-out.ts";
import { commented } from "../render/report/account/discover.ts";

const makeFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new BorderError(`cannot make the folder ${folder}`, { code: "unwritable-file", source: "user", cause });
  }
};

const WORKLOAD = "workload.yaml";

/**
 * Writes `REGION/workload.yaml` and the task definitions beside it into a folder, the workload last, so that what it
 * names is there; gives the path of the workload file.
 */
export const writeWorkload = async (
  { workloadFiles }: Session["core"],
  found: DiscoveredRegion,
  folder: string,
): Promise<string> => {
  const files = workloadFiles(found, WORKLOAD).toSorted(
    (a, b) => Number(a.path === WORKLOAD) - Number(b.path === WORKLOAD),
  );
  const pathOf = (path: string): string => join(folder, found.region, path);
  for (const { path, text } of files) {
    await makeFolder(dirname(pathOf(path)));
    await writeOut([path === WORKLOAD ? commented(found, text) : text], pathOf(path));
  }
  return pathOf(WORKLOAD);
};
