import type { Issue } from "../../../domain/issues/issue.ts";
import type { AccountedResource } from "../../../domain/workload/resource-account.ts";
import type { Service } from "../../../domain/workload/service.ts";
import type { TaskDefinition } from "../../../domain/workload/task-definition.ts";
import { taskReferences } from "../../../domain/workload/task-references.ts";

const SECRET = /secrets_?manager(?:_secret$|::Secret$)/i;
const FILE_SYSTEM = /efs(?:_file_system$|::FileSystem$)/i;

const named = (what: string, all: readonly string[]): string =>
  all.length === 1
    ? `${what} ${all[0]}`
    : `${all.length} ${what}s (${all.slice(0, 3).join(", ")}${all.length > 3 ? " ..." : ""})`;

/**
 * What the task of a service names and no input holds: secrets are billed by the month, file systems by the GB. Nothing is
 * told where the inputs hold such resources or say how many there are.
 */
export const referenceIssues = (
  { id, extras }: Service,
  definition: TaskDefinition,
  resources: readonly AccountedResource[],
): readonly Issue[] => {
  const { secrets, fileSystems } = taskReferences(definition);
  const holds = (pattern: RegExp) => resources.some(({ type }) => pattern.test(type));
  const parts = [
    ...(secrets.length > 0 && extras.secrets === "0" && !holds(SECRET) ? [named("secret", secrets)] : []),
    ...(fileSystems.length > 0 && extras.efsGb === "0" && !holds(FILE_SYSTEM)
      ? [named("EFS file system", fileSystems)]
      : []),
  ];
  if (parts.length === 0) return [];
  const detail = `its task uses ${parts.join(" and ")}, which no input holds: what they cost is not included; secrets and storage.efsGb can give it`;
  return [{ code: "unknown-cost", severity: "info", subject: id, detail }];
};
