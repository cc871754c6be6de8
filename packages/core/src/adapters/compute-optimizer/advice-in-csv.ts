import type { ComputeOptimizerAdvice } from "../../domain/rightsizing/compute-optimizer-advice.ts";
import { invalidInput } from "../file/text/invalid-input.ts";
import { splitCells } from "../metrics/table/cells.ts";
import { numberOf, serviceOfArn, sizeOf, timeOf } from "./advice-of-record.ts";

/**
 * Recommendations of a CSV that `export-ecs-service-recommendations` writes: a row for each service, its options numbered.
 * @see https://docs.aws.amazon.com/compute-optimizer/latest/ug/exporting-recommendations.html (checked 2026-12-01)
 *
 * @throws {BorderError} `invalid-input` where it lacks a column that is needed.
 */
export const adviceInCsv = (file: string, text: string): readonly ComputeOptimizerAdvice[] => {
  const [header = "", ...lines] = text.split(/\r?\n/);
  const names = (splitCells(header) ?? []).map(plain);
  for (const needed of ["servicearn", "recommendationoptions1cpu", "recommendationoptions1memory"]) {
    if (!names.includes(needed)) throw lacks(file, needed);
  }
  return lines.flatMap((line) => {
    const cells = line.trim() === "" ? undefined : splitCells(line);
    return cells === undefined ? [] : (adviceInRow(names, cells) ?? []);
  });
};

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

const lacks = (file: string, name: string) =>
  invalidInput("invalid-input", { file, line: 1 }, `is no export of ECS recommendations: it has no column ${name}`, {
    hint: "Export with --fields-to-export ServiceArn RecommendationOptionsCpu RecommendationOptionsMemory and more, or without it.",
  });

const adviceInRow = (names: readonly string[], cells: readonly string[]): ComputeOptimizerAdvice | undefined => {
  const cell = (...known: readonly string[]): string => {
    const at = names.findIndex((name) => known.includes(name));
    return cells[at]?.trim() ?? "";
  };
  const place = serviceOfArn(cell("servicearn"));
  if (place === undefined) return undefined;
  return {
    ...place,
    finding: cell("finding", "findings") || null,
    reasonCodes: names.flatMap((name, at) => {
      const code = /^findingreasoncodesis(.+)$/.exec(name)?.[1];
      return code !== undefined && /^true$/i.test(cells[at]?.trim() ?? "") ? [spelled(code)] : [];
    }),
    current: sizeOf(cell("currentserviceconfigurationcpu"), cell("currentserviceconfigurationmemory")),
    recommended: sizeOf(cell("recommendationoptions1cpu"), cell("recommendationoptions1memory")),
    monthlySaving: cell("recommendationoptions1estimatedmonthlysavingsvalue") || null,
    currency: cell("recommendationoptions1estimatedmonthlysavingscurrency") || null,
    lookbackDays: numberOf(cell("lookbackperiodindays")),
    refreshed: timeOf(cell("lastrefreshtimestamp", "lastrefreshtimestamputc")),
    scaling: cell("currentserviceconfigurationautoscalingconfiguration") || null,
  };
};

/** `cpuoverprovisioned` as the API spells it. */
const spelled = (code: string): string =>
  code
    .replace(/^cpu/, "CPU")
    .replace(/^memory/, "Memory")
    .replace(/(over|under)provisioned$/, (_, how: string) => `${how === "over" ? "Over" : "Under"}provisioned`);
