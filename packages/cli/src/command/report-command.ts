import type { Decimal, PriceCatalogue } from "@ecs-cost/core";
import { loadInventory } from "@ecs-cost/core/inventory";
import type { PolicyCommand } from "@ecs-cost/core/schema";
import type { Verdicts } from "../findings/collect.ts";
import type { OutputSettings } from "../flags/output-flags.ts";
import type { Policy, PolicyVerdict } from "../policy/judge-policy.ts";
import { openPolicy } from "../policy/open-policy.ts";
import { missingPriceHint } from "../prices/missing-prices.ts";
import { EXIT } from "../program/exit-codes.ts";
import type { Compact } from "../render/document/compact.ts";
import type { Document } from "../render/document/document.ts";
import type { Result } from "../render/document/result.ts";
import { safeText } from "../render/document/safe-text.ts";
import type { Sheet } from "../render/document/sheet.ts";
import { policyBlocks, policyText } from "../render/report/shared/policy.ts";
import { refuseAbsentInFilter } from "../select/absent.ts";
import type { CostReport } from "../select/cost-report.ts";
import type { Fields, ReportedService } from "../select/fields.ts";
import { type GateFigures, type GateResult, parseGate } from "../select/gates.ts";
import { type Group, type GroupBy, parseGroupBy } from "../select/groups.ts";
import { type Projection, parseProjection, project, projectedSheet, projectedTable } from "../select/projection.ts";
import { type Selected, topOf } from "../select/selection.ts";
import { makeReport, type ReportMaker } from "./make-report.ts";
import { OutputCommand } from "./output-command.ts";
import type { ReportSettings } from "./report-settings.ts";

/** What tells one kind of report from another: how it is made, chosen from, judged and drawn. */
export interface ReportKind<R extends CostReport<S>, S extends ReportedService, G extends Group>
  extends ReportMaker<R> {
  readonly command: PolicyCommand;
  /** What is made of the whole report before it is chosen from. */
  readonly follow?: (report: R) => Promise<R>;
  readonly fields: Fields<S>;
  /** Keys of a service object beyond `fields`. */
  readonly keys: readonly string[];
  readonly gates: GateFigures<R>;
  /** Which services `--top` keeps, and what those that it leaves out cost. */
  readonly measure: (service: S) => Decimal | null;
  readonly costOf: (service: S) => Decimal | null;
  readonly filter: (report: R, passes: (service: S) => boolean) => Selected<R>;
  readonly group: (report: R, by: GroupBy) => readonly G[];
  readonly document: (
    report: Selected<R>,
    verbose: boolean,
    grouped?: { by: GroupBy; groups: readonly G[] },
  ) => Document;
  readonly sheet: (report: R) => Sheet;
  /** The report in few words; absent where it has no such form. */
  readonly compact?: (report: Selected<R>) => Promise<Compact>;
  readonly groupsSheet: (groups: readonly G[]) => Sheet;
}

/** Formats that tell what is wrong rather than the report. */
export const isForFindings = ({ format }: OutputSettings): boolean => format === "sarif" || format === "junit";

const policyVerdict = async <R extends CostReport<S>, S extends ReportedService, G extends Group>(
  policy: Policy,
  kind: ReportKind<R, S, G>,
  report: R,
  services: readonly S[],
): Promise<PolicyVerdict> => {
  const { judgePolicy } = await import("../policy/judge-policy.ts");
  const { servicesRows } = await import("../policy/policy-rows.ts");
  return judgePolicy(policy, servicesRows(report, kind.fields, kind.gates), services);
};

/** A result whose JSON says what became of each `--fail-on`, so that a comment can tell it. */
export const withGates = (result: Result, gates: readonly GateResult[]): Result =>
  gates.length === 0 ? result : { ...result, json: () => ({ ...result.json(), gates }) };

/** A result that also says where the report breaks a policy. */
export const withPolicy = (result: Result, policy: PolicyVerdict | undefined, verbose: boolean): Result => {
  if (policy === undefined) return result;
  return {
    ...result,
    json: () => ({ ...result.json(), policy }),
    document: () => {
      const { title, blocks } = result.document();
      return { title, blocks: [...blocks.slice(0, 1), ...policyBlocks(policy, verbose), ...blocks.slice(1)] };
    },
  };
};

const PREFIXES = { error: "Error", warning: "Warning", info: "Note" } as const;

const policyMessage = (result: PolicyVerdict["results"][number]): string =>
  `${result.verdict === "undecided" ? "Warning" : PREFIXES[result.severity]}: policy ${policyText(result)}`;

/** What a verdict looks at besides gates. */
type Judged = Pick<CostReport, "complete" | "issues">;

/** A command that prints a report of services and judges it. */
export abstract class ReportCommand extends OutputCommand {
  protected async runReport<R extends CostReport<S>, S extends ReportedService, G extends Group>(
    kind: ReportKind<R, S, G>,
    inputs: readonly string[],
    settings: ReportSettings,
    output: OutputSettings,
  ): Promise<void> {
    const gates = settings.failOn.map((expression) => parseGate(expression, kind.gates));
    const policy = await openPolicy(settings.policy, kind.command);
    const passes =
      settings.filter === undefined
        ? undefined
        : (await import("../select/filter.ts")).parseFilter(settings.filter, kind.fields);
    const projection =
      settings.fields === undefined ? undefined : parseProjection(settings.fields, kind.fields, kind.keys);
    const groupBy = settings.groupBy === undefined ? undefined : parseGroupBy(settings.groupBy);

    const inventory = await loadInventory(inputs, {
      ...(settings.region === undefined ? {} : { region: settings.region }),
      ...(isForFindings(output) ? { lines: true } : {}),
    });
    const { made, catalogues } = await makeReport(kind, inventory, settings);
    refuseAbsentInFilter(settings.filter, made.services);
    const whole = kind.follow === undefined ? made : await kind.follow(made);
    const report: Selected<R> = passes === undefined ? whole : kind.filter(whole, passes);
    const verdicts: Verdicts = {
      gates: gates.map((gate) => gate(report)),
      ...(policy === undefined ? {} : { policy: await policyVerdict(policy, kind, report, whole.services) }),
    };
    const result =
      groupBy === undefined
        ? servicesResult(kind, cutToTop(kind, report, settings.top), output.verbose, projection)
        : groupsResult(kind, report, output.verbose, groupBy, settings.top);
    const judged = withPolicy(withGates(result, verdicts.gates), verdicts.policy, output.verbose);
    const findings = async () => {
      const { collectFindings } = await import("../findings/collect.ts");
      const { serviceFindings } = await import("../findings/service-findings.ts");
      const places = (await import("../findings/places.ts")).placesOf([inventory], inputs);
      return collectFindings(report, serviceFindings(report), verdicts, settings.strict, places);
    };
    const found = isForFindings(output) ? await findings() : undefined;
    await this.print(found === undefined ? judged : { ...judged, findings: () => found }, output);
    this.tellIncomplete(report, output);
    for (const catalogue of catalogues) this.tellMissingPrices(report, catalogue, output);
    if (passes !== undefined && report.services.length === 0) this.tell("Warning: no service passes --filter.");
    this.tellPolicy(verdicts.policy, output);
    this.judge(verdicts.gates, report, settings.strict, verdicts.policy);
  }

  /** Where the format has no place for issues that are easily seen. */
  protected tellIncomplete(report: Judged, { format, quiet }: OutputSettings): void {
    if (quiet || (format !== "json" && format !== "csv") || !isIncomplete(report)) return;
    const count = report.issues.filter(({ severity }) => severity !== "info").length;
    this.tell(
      `Warning: the report is incomplete, it has ${count} issue${count === 1 ? "" : "s"} (in the JSON: issues).`,
    );
  }

  /** Which command gets prices that the report lacks. */
  private tellMissingPrices(
    report: Parameters<typeof missingPriceHint>[0],
    catalogue: PriceCatalogue,
    { quiet }: OutputSettings,
  ): void {
    const hint = quiet ? undefined : missingPriceHint(report, catalogue);
    if (hint !== undefined) this.tell(hint);
  }

  protected judge(gates: readonly GateResult[], report: Judged, strict: boolean, policy?: PolicyVerdict): void {
    for (const { message, verdict } of gates) {
      if (message !== "") this.tell(`${verdict === "failed" ? "Error" : "Warning"}: ${message}`);
    }
    const broken =
      policy?.results.filter(({ severity, verdict }) => severity === "error" && verdict === "failed") ?? [];
    const failed = gates.some(({ verdict }) => verdict === "failed") || broken.length > 0;
    const incomplete = strict && isIncomplete(report);
    if (incomplete) this.tell("Error: --strict: the report is incomplete, see its issues.");
    if (failed) process.exitCode = EXIT.gate;
    else if (incomplete) process.exitCode = EXIT.incomplete;
  }

  /** Where a policy is broken; `--quiet` leaves errors and what cannot be decided. */
  protected tellPolicy(policy: PolicyVerdict | undefined, { quiet }: OutputSettings): void {
    for (const result of policy?.results ?? []) {
      if (quiet && result.verdict === "failed" && result.severity !== "error") continue;
      this.tell(policyMessage(result));
    }
  }

  private tell(line: string): void {
    process.stderr.write(`${safeText(line)}\n`);
  }
}

/** Whether a figure is missing: `info` never counts. */
const isIncomplete = ({ complete, issues }: Judged): boolean =>
  !complete || issues.some(({ severity }) => severity !== "info");

const cutToTop = <R extends CostReport<S>, S extends ReportedService, G extends Group>(
  kind: ReportKind<R, S, G>,
  report: Selected<R>,
  top: number | undefined,
): Selected<R> => (top === undefined ? report : topOf<S, Selected<R>>(report, top, kind.measure, kind.costOf));

const servicesResult = <R extends CostReport<S>, S extends ReportedService, G extends Group>(
  kind: ReportKind<R, S, G>,
  report: Selected<R>,
  verbose: boolean,
  projection: Projection<S> | undefined,
): Result => {
  const { compact } = kind;
  if (projection === undefined) {
    return {
      json: () => headFirst(report),
      document: () => kind.document(report, verbose),
      sheet: () => kind.sheet(report),
      ...(compact === undefined ? {} : { compact: () => compact(report) }),
    };
  }
  return {
    json: () => headFirst({ ...report, services: report.services.map((service) => project(service, projection)) }),
    document: () => withFirstBlock(kind.document(report, verbose), projectedTable(report.services, projection)),
    sheet: () => projectedSheet(report.services, projection),
  };
};

/** What tells a reader how to read the rest comes before it. */
const headFirst = <R extends { readonly schemaVersion: number; readonly command: string }>(report: R): R => ({
  ...{ schemaVersion: report.schemaVersion, command: report.command },
  ...report,
});

const withFirstBlock = (document: Document, first: Document["blocks"][number]): Document => ({
  ...document,
  blocks: [first, ...document.blocks.slice(1)],
});

const groupsResult = <R extends CostReport<S>, S extends ReportedService, G extends Group>(
  kind: ReportKind<R, S, G>,
  report: Selected<R>,
  verbose: boolean,
  by: GroupBy,
  top: number | undefined,
): Result => {
  const groups = kind.group(report, by).slice(0, top);
  return {
    json: () => headFirst({ ...report, groups }),
    document: () => kind.document(report, verbose, { by, groups }),
    sheet: () => kind.groupsSheet(groups),
  };
};
