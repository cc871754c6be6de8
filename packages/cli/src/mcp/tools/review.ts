import { usageError } from "../../program/usage-error.ts";
import { ARGUMENTS, objectOf, pathsOf } from "../schemas.ts";
import type { ServerSettings, Tool } from "../tool.ts";

interface ReviewArguments {
  readonly bill: readonly string[];
  readonly month?: string;
  readonly inputs?: readonly string[];
  readonly metrics?: readonly string[];
  readonly region?: string;
  readonly filter?: string;
  readonly top?: number;
  readonly format?: "compact" | "json";
}

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;
const MONTH = "^\\d{4}-(0[1-9]|1[0-2])$";

const placeOf = async (bill: readonly string[], settings: ServerSettings) => {
  const { billPlaceOf } = await import("../../bill/bill-place.ts");
  const { inputPaths, refuseAws } = await import("../inputs.ts");
  const place = billPlaceOf(bill);
  if (place.kind === "files") return { ...place, paths: inputPaths(place.paths, settings) };
  refuseAws(settings, place.kind === "athena" ? "Athena" : "Cost Explorer");
  return place;
};

const reportOf = async (args: ReviewArguments, settings: ServerSettings) => {
  const { makeReview } = await import("../../bill/make-review.ts");
  const { monthToReview } = await import("../../flags/review-flags.ts");
  const { inputPaths, metricSources } = await import("../inputs.ts");
  const { settingsOf } = await import("../report-answer.ts");
  if (args.metrics !== undefined && args.inputs === undefined) throw usageError("metrics stand beside inputs");
  return await makeReview(
    {
      place: await placeOf(args.bill, settings),
      month: monthToReview(args.month, new Date()).month,
      ...{ tagKeys: [], quiet: true, leaveOutBroken: false, costs: "net", cache: false, cacheDir: undefined },
      ...{ profile: settings.profile, region: args.region ?? settings.report.region },
      ...{ workgroup: undefined, outputLocation: undefined },
      limits: { unpacked: GIB, line: MIB * 16 },
    },
    settingsOf(args, settings),
    {
      workloads: args.inputs === undefined ? [] : inputPaths(args.inputs, settings),
      metrics: args.metrics === undefined ? [] : metricSources(args.metrics, settings),
      ...{ minFinding: "1", overheads: "regions", plan: "compute-sp-1y-no-upfront" },
      ...{ shownTags: [], showback: false },
    },
  );
};

export const REVIEW_TOOL: Tool<ReviewArguments> = {
  name: "review",
  title: "The month on the bill",
  description:
    "What ECS cost in a month by the real bill (exports of Cost and Usage Reports, FOCUS, saved Cost Explorer JSON), why it changed, and what could be saved, overlaps counted once.",
  input: objectOf(
    {
      bill: pathsOf(
        "Files or folders of bill exports; or cost-explorer or athena://DATABASE.TABLE, where the server allows AWS.",
      ),
      month: { type: "string", pattern: MONTH, description: "YYYY-MM; the last complete month unless given." },
      ...{ inputs: ARGUMENTS.inputs, metrics: ARGUMENTS.metrics, region: ARGUMENTS.region },
      ...{ filter: ARGUMENTS.filter, top: ARGUMENTS.top, format: ARGUMENTS.format },
    },
    ["bill"],
  ),
  run: async (args, settings) => {
    const { parseServiceFilter, selectServices } = await import("../../select/review.ts");
    const passes = args.filter === undefined ? undefined : parseServiceFilter(args.filter);
    const report = selectServices(await reportOf(args, settings), passes, args.top);
    if (args.format === "json") return (await import("../../render/format/json.ts")).renderJson(report);
    const { reviewCompact } = await import("../../render/report/review/compact.ts");
    return (await import("../../render/format/compact.ts")).renderCompact(reviewCompact(report));
  },
};
