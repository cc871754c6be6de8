import type { EstimateReport, PriceCatalogue } from "@ecs-cost/core";
import type { ExplainedLine } from "../../explain/explain-lines.ts";
import { usageError } from "../../program/usage-error.ts";
import type { Compact } from "../../render/document/compact.ts";
import { sumKnown } from "../../select/selection.ts";
import { ARGUMENTS, objectOf, textOf } from "../schemas.ts";
import type { Tool } from "../tool.ts";

interface ExplainArguments {
  readonly inputs: readonly string[];
  readonly service?: string;
  readonly figure?: string;
  readonly region?: string;
  readonly format?: "compact" | "json";
}

const SHARED = "shared";

/** Lines that a call means: of one service or of what is shared, or all; of one dimension or all. */
const explained = async (
  report: EstimateReport,
  catalogues: readonly PriceCatalogue[],
  { service: wanted, figure }: ExplainArguments,
): Promise<readonly ExplainedLine[]> => {
  const { explainLines } = await import("../../explain/explain-lines.ts");
  const catalogueOf = (region: string | undefined) =>
    catalogues.find((catalogue) => catalogue.region === (region ?? report.region));
  const { hoursPerMonth } = report;
  const services = report.services.filter(
    ({ cluster, name }) => wanted === undefined || wanted === name || wanted === `${cluster}/${name}`,
  );
  if (services.length === 0 && wanted !== undefined && wanted !== SHARED) throw await unknownService(report, wanted);
  const lines = services.flatMap((service) =>
    explainLines(
      `${service.cluster}/${service.name}`,
      service.lineItems,
      catalogueOf(service.region),
      service,
      hoursPerMonth,
    ),
  );
  const shared =
    wanted === undefined || wanted === SHARED
      ? explainLines(SHARED, report.shared.lineItems, catalogueOf(undefined), undefined, hoursPerMonth)
      : [];
  const all = [...lines, ...shared];
  const chosen = figure === undefined ? all : all.filter(({ dimension }) => dimension.includes(figure));
  if (chosen.length > 0 || figure === undefined) return chosen;
  const known = [...new Set(all.map(({ dimension }) => dimension))];
  throw usageError(`no line has ${figure}`, `Lines: ${known.join(", ")}.`);
};

const unknownService = async ({ services }: EstimateReport, wanted: string): Promise<Error> => {
  const { nearest } = await import("../../program/nearest.ts");
  const names = services.map(({ cluster, name }) => `${cluster}/${name}`);
  const near = nearest(wanted, [...names, ...services.map(({ name }) => name)], 3);
  return usageError(
    `there is no service ${wanted}`,
    near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `Services: ${names.slice(0, 20).join(", ")}.`,
  );
};

const explainCompact = (report: EstimateReport, lines: readonly ExplainedLine[]): Compact => ({
  command: "explain",
  head: [
    ["unit", `USD per month of ${report.hoursPerMonth} hours`],
    ["lines", lines.length],
    ["sum", sumKnown(lines.map(({ cost }) => cost))],
  ],
  tables: [
    {
      name: "lines",
      columns: [
        "subject",
        "price",
        "usage_type",
        "formula",
        "quantity_is",
        "rate_is",
        "as_of",
        "source",
        "assumptions",
      ],
      rows: lines.map((line) => [
        ...[line.subject, line.dimension, line.usageType, line.formula, line.quantityFormula ?? ""],
        ...[line.rateNote, line.price?.asOf ?? null, line.price?.source ?? null, line.assumptions.join(",")],
      ]),
    },
    {
      name: "assumptions",
      columns: ["code", "detail"],
      rows: report.assumptions.map(({ code, detail }) => [code, detail]),
    },
    {
      name: "issues",
      columns: ["code", "subject", "detail"],
      rows: report.issues.map(({ code, subject, detail }) => [code, subject, detail]),
    },
  ],
});

export const EXPLAIN_TOOL: Tool<ExplainArguments> = {
  name: "explain",
  title: "Where a figure comes from",
  description:
    "Traces the cost of a service, of what is shared or of one line to its formula, quantity, price row, the row's date and source, and what was assumed.",
  input: objectOf(
    {
      inputs: ARGUMENTS.inputs,
      service: textOf("name or cluster/name, or shared; everything unless given."),
      figure: textOf("Part of a price key, such as vcpu-hour or nat.gb; every line unless given."),
      ...{ region: ARGUMENTS.region, format: ARGUMENTS.format },
    },
    ["inputs"],
  ),
  run: async (args, settings) => {
    const { makeReport } = await import("../../command/make-report.ts");
    const { estimateKind } = await import("../../kinds/estimate.ts");
    const { readInputs, settingsOf } = await import("../report-answer.ts");
    const inventory = await readInputs(args, settings);
    const { made, catalogues } = await makeReport(estimateKind(false, false), inventory, settingsOf(args, settings));
    const lines = await explained(made, catalogues, args);
    if (args.format === "json") {
      const { renderJson } = await import("../../render/format/json.ts");
      const { schemaVersion, hoursPerMonth, assumptions, issues } = made;
      return renderJson({ schemaVersion, command: "explain", hoursPerMonth, lines, assumptions, issues });
    }
    return (await import("../../render/format/compact.ts")).renderCompact(explainCompact(made, lines));
  },
};
