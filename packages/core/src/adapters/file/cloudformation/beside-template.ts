import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isData } from "../planned/block.ts";
import { readText } from "../text/read-text.ts";

/** Data of a JSON file beside a template; undefined where there is none that can be read. */
const jsonBeside = (file: string, name: string): unknown => {
  const path = join(dirname(file), name);
  if (file === "-" || !existsSync(path)) return undefined;
  try {
    return JSON.parse(readText(path, path));
  } catch {
    return undefined;
  }
};

const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/;

/** The region of a template of a CDK application, as the manifest that is synthesized with it says. */
export const manifestRegion = (file: string): string | undefined => {
  const manifest = jsonBeside(file, "manifest.json");
  const artifacts = isData(manifest) && isData(manifest["artifacts"]) ? Object.values(manifest["artifacts"]) : [];
  for (const artifact of artifacts) {
    if (!isData(artifact) || !isData(artifact["properties"])) continue;
    if (artifact["properties"]["templateFile"] !== basename(file)) continue;
    const region = /^aws:\/\/[^/]+\/(.+)$/.exec(String(artifact["environment"]))?.[1] ?? "";
    if (REGION.test(region)) return region;
  }
  return undefined;
};

/** A map of names, or the list of keys and values that the command line of AWS takes. */
const parametersIn = (data: unknown): readonly (readonly [string, unknown])[] => {
  if (isData(data) && isData(data["Parameters"])) return Object.entries(data["Parameters"]);
  if (!Array.isArray(data)) return [];
  return data
    .filter(isData)
    .flatMap(({ ParameterKey, ParameterValue }) =>
      typeof ParameterKey === "string" ? [[ParameterKey, ParameterValue] as const] : [],
    );
};

/**
 * Parameters that stand beside a template, as AWS Copilot packages them (`api.params.json` for `api.stack.yml`), or in the
 * list that the command line of AWS takes.
 */
export const parametersBeside = (file: string): ReadonlyMap<string, unknown> => {
  const stem = basename(file).replace(/(?:[.-]stack|[.-]template)?\.(?:json|ya?ml|template)$/i, "");
  const found = [".params.json", "-params.json", ".parameters.json", "-parameters.json"]
    .map((end) => jsonBeside(file, `${stem}${end}`))
    .find((data) => data !== undefined);
  return new Map(parametersIn(found));
};
