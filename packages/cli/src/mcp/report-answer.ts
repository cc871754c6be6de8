import type { Inventory } from "@ecs-cost/core";
import { loadInventory } from "@ecs-cost/core/inventory";
import { makeReport } from "../command/make-report.ts";
import type { ReportKind } from "../command/report-command.ts";
import type { ReportSettings } from "../command/report-settings.ts";
import { refuseAbsentInFilter } from "../select/absent.ts";
import type { CostReport } from "../select/cost-report.ts";
import type { ReportedService } from "../select/fields.ts";
import { parseFilter } from "../select/filter.ts";
import type { Group } from "../select/groups.ts";
import { type Selected, topOf } from "../select/selection.ts";
import { inputPaths } from "./inputs.ts";
import type { ReportArguments } from "./schemas.ts";
import type { ServerSettings } from "./tool.ts";

/** The settings of a call: those of the server, with the region that the call names. */
export const settingsOf = ({ region }: { readonly region?: string }, { report }: ServerSettings): ReportSettings => ({
  ...report,
  ...(region === undefined ? {} : { region }),
});

/** Reads what a call names to one inventory. */
export const readInputs = async (
  { inputs, region }: Pick<ReportArguments, "inputs" | "region">,
  settings: ServerSettings,
): Promise<Inventory> => {
  const used = region ?? settings.report.region;
  return await loadInventory(inputPaths(inputs, settings), used === undefined ? {} : { region: used });
};

/** A report of services as a call asks for it. */
export const reportAnswer = async <R extends CostReport<S>, S extends ReportedService, G extends Group>(
  kind: ReportKind<R, S, G>,
  args: ReportArguments,
  settings: ServerSettings,
): Promise<Iterable<string>> => {
  const passes = args.filter === undefined ? undefined : parseFilter(args.filter, kind.fields);
  const { made } = await makeReport(kind, await readInputs(args, settings), settingsOf(args, settings));
  refuseAbsentInFilter(args.filter, made.services);
  const chosen: Selected<R> = passes === undefined ? made : kind.filter(made, passes);
  const report = args.top === undefined ? chosen : topOf<S, Selected<R>>(chosen, args.top, kind.measure, kind.costOf);
  if (args.format === "json" || kind.compact === undefined) {
    return (await import("../render/format/json.ts")).renderJson(report);
  }
  return (await import("../render/format/compact.ts")).renderCompact(await kind.compact(report));
};
