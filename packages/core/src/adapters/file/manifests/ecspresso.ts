import { realpathSync } from "node:fs";
import { dirname, isAbsolute, join, normalize, resolve } from "node:path";
import { type Draft, EMPTY_DRAFT } from "../planned/draft.ts";
import { readServiceInput } from "../task-definition/service-input.ts";
import { type InputDocument, readDocument } from "../text/document.ts";
import { readText } from "../text/read-text.ts";

type Data = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** A file beside the configuration, or nothing: it names no other files of the machine. */
const beside = (document: InputDocument, name: string | undefined): string | undefined => {
  if (name === undefined || document.file === "-" || isAbsolute(name) || normalize(name).startsWith(".."))
    return undefined;
  return join(dirname(document.file), name);
};

const realPath = (file: string): string | undefined => {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
};

const RENDER = "; `ecspresso render` prints it as JSON";

const unread = (document: InputDocument, detail: string): Draft => ({
  ...EMPTY_DRAFT,
  issues: [{ code: "not-understood", severity: "warning", subject: document.file, detail }],
});

/** Reads the configuration of ecspresso with the definitions of service and task that it names. */
export const readEcspresso = (document: InputDocument): Draft => {
  const data = document.data as Data;
  const serviceName = textOf(data["service_definition"]);
  const taskName = textOf(data["task_definition"]);
  const file = beside(document, serviceName);
  const real = file === undefined ? undefined : realPath(file);
  if (file === undefined || real === undefined) {
    return unread(document, `the service definition ${serviceName ?? ""} that it names is not in its folder`);
  }
  if (/net$/.test(file)) return unread(document, `${serviceName} is Jsonnet, which is not read${RENDER}`);
  const task = beside(document, taskName);
  const definition = readDocument(file, readText(file, file));
  const draft = readServiceInput(definition, {
    name: textOf(data["service"]),
    cluster: textOf(data["cluster"]),
    ...(task === undefined || taskName === undefined
      ? {}
      : { taskDefinition: { kind: "path" as const, text: task, path: resolve(task) } }),
  });
  const region = textOf(data["region"]);
  return {
    ...draft,
    regions: [...draft.regions, ...(region === undefined ? [] : [{ region, place: () => ({ file: document.file }) }])],
    consumed: [real],
  };
};
