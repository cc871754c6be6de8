import type { CapacityReport, CompareReport, CostChange, DiffReport, EstimateReport } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import { dollars, UNKNOWN } from "../render/figures.ts";
import { usageError } from "../usage-error.ts";
import type { CostReport } from "./cost-report.ts";
import { unknownField } from "./fields.ts";
import { compares } from "./filter.ts";

/** A figure of which a part may be missing; what is missing can only add to `known`. */
export interface Figure {
  readonly known: Decimal;
  readonly complete: boolean;
  /** Where what is missing can also take away, so that nothing is sure of it. */
  readonly open?: true;
  /** Dollars unless said. */
  readonly unit?: "percent";
}

export interface NamedFigure extends Figure {
  readonly service: string;
}

/** The figures of a report that a gate can look at. */
export interface GateFigures<R> {
  readonly report: Readonly<Record<string, (report: R) => Figure>>;
  readonly service: Readonly<Record<string, (report: R) => readonly NamedFigure[]>>;
}

type Verdict = "passed" | "failed" | "undecided";

/** What became of one `--fail-on`. */
export interface GateResult {
  readonly expression: string;
  readonly verdict: Verdict;
  /** One line for stderr; empty where the gate passed. */
  readonly message: string;
}

export type Gate<R> = (report: R) => GateResult;

const GATE =
  /^\s*(?<name>[A-Za-z][\w.]*%?)\s*(?<operator>>=|<=|!=|==?|>|<)\s*\$?(?<limit>-?\d[\d,]*(?:\.\d+)?)\s*%?\s*$/;

/** The gate that an expression such as `monthly>5000` or `service.monthlyCost>=500` describes: true means failure. */
export const parseGate = <R>(expression: string, figures: GateFigures<R>): Gate<R> => {
  const { name, operator, limit } = GATE.exec(expression)?.groups ?? {};
  if (name === undefined || operator === undefined || limit === undefined) {
    throw usageError(`--fail-on: cannot read "${expression}"`, "Conditions look like monthly>5000.");
  }
  const bound = new Decimal(limit.replaceAll(",", ""));
  const ofReport = own(figures.report, name);
  if (ofReport !== undefined) return (report) => judgeReport(expression, ofReport(report), operator, bound);
  const ofService = name.startsWith("service.") ? own(figures.service, name.slice("service.".length)) : undefined;
  if (ofService !== undefined) return (report) => judgeServices(expression, ofService(report), operator, bound);
  if (/^(?:service\.)?increase%?$/.test(name)) {
    throw usageError(`--fail-on: ${name} compares two states, which only diff does`);
  }
  const known = [...Object.keys(figures.report), ...Object.keys(figures.service).map((field) => `service.${field}`)];
  throw unknownField(name, known, "--fail-on");
};

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** What is missing only adds: above a limit stays above it, anything else may still change. */
const verdictOf = ({ known, complete, open }: Figure, operator: string, limit: Decimal): Verdict => {
  const holds = compares(known.comparedTo(limit), operator);
  if (complete) return holds ? "failed" : "passed";
  if (open === true) return "undecided";
  if (operator.startsWith(">")) return holds ? "failed" : "undecided";
  return operator.startsWith("<") && !holds ? "passed" : "undecided";
};

const told = ({ known, complete, open, unit }: Figure): string => {
  if (open === true) return UNKNOWN;
  const amount = unit === "percent" ? percentText(known) : `${known.toFixed()} (${dollars(known)})`;
  return `${complete ? "" : "at least "}${amount}`;
};

const percentText = (percent: Decimal): string =>
  percent.isFinite()
    ? `${percent.toDecimalPlaces(6).toFixed()}%`
    : "without bound, because nothing cost anything before";

const judgeReport = (expression: string, figure: Figure, operator: string, limit: Decimal): GateResult => {
  const verdict = verdictOf(figure, operator, limit);
  return { expression, verdict, message: messageOf(expression, verdict, `the value is ${told(figure)}`) };
};

const judgeServices = (
  expression: string,
  figures: readonly NamedFigure[],
  operator: string,
  limit: Decimal,
): GateResult => {
  const judged = figures.map((figure) => ({ figure, verdict: verdictOf(figure, operator, limit) }));
  const failed = judged.filter(({ verdict }) => verdict === "failed");
  const open = judged.filter(({ verdict }) => verdict === "undecided");
  const verdict = failed.length > 0 ? "failed" : open.length > 0 ? "undecided" : "passed";
  const which = (failed.length > 0 ? failed : open).map(({ figure }) => `${figure.service} is ${told(figure)}`);
  const shown = which.length > 5 ? [...which.slice(0, 5), `and ${which.length - 5} more`] : which;
  return { expression, verdict, message: messageOf(expression, verdict, shown.join("; ")) };
};

const messageOf = (expression: string, verdict: Verdict, detail: string): string => {
  if (verdict === "passed") return "";
  if (verdict === "failed") return `--fail-on ${expression}: failed, ${detail}`;
  return `--fail-on ${expression}: cannot be decided, because the report is incomplete: ${detail}`;
};

/** A figure that may not be known. */
export const figure = (known: Decimal | null, complete = known !== null): Figure => ({
  known: known ?? new Decimal(0),
  complete,
});

/** A sum of figures, incomplete where one of them is not known. */
export const total = (parts: readonly (Decimal | null)[]): Figure => ({
  known: parts.reduce<Decimal>((sum, part) => (part === null ? sum : sum.plus(part)), new Decimal(0)),
  complete: parts.every((part) => part !== null),
});

/** Figures that every report has which prices what is shared. */
export const REPORT_FIGURES = {
  monthly: (report: CostReport) => figure(report.totalMonthlyCost, report.complete),
  totalMonthlyCost: (report: CostReport) => figure(report.totalMonthlyCost, report.complete),
  "shared.monthlyCost": ({ shared }: Pick<EstimateReport, "shared">) => figure(shared.monthlyCost, shared.complete),
  services: ({ services }: CostReport) => figure(new Decimal(services.length)),
  issues: ({ issues }: CostReport) => figure(new Decimal(issues.filter(({ severity }) => severity !== "info").length)),
};

const idOf = ({ cluster, name }: { readonly cluster: string; readonly name: string }): string => `${cluster}/${name}`;

export const ESTIMATE_GATES: GateFigures<EstimateReport> = {
  report: REPORT_FIGURES,
  service: {
    monthlyCost: ({ services }) =>
      services.map((service) => ({ service: idOf(service), ...figure(service.monthlyCost, service.complete) })),
  },
};

const ofServices =
  (field: (service: CompareReport["services"][number]) => Decimal | null) =>
  ({ services }: CompareReport): readonly NamedFigure[] =>
    services.map((service) => ({ service: idOf(service), ...figure(field(service)) }));

const savings = ({ services }: CompareReport): Figure => total(services.map(({ monthlySaving }) => monthlySaving));

export const COMPARE_GATES: GateFigures<CompareReport> = {
  report: { ...REPORT_FIGURES, saving: savings, monthlySaving: savings },
  service: {
    monthlyCost: ofServices(({ current }) => current.monthlyCost),
    bestMonthlyCost: ofServices(({ bestMonthlyCost }) => bestMonthlyCost),
    monthlySaving: ofServices(({ monthlySaving }) => monthlySaving),
    saving: ofServices(({ monthlySaving }) => monthlySaving),
  },
};

/** Services that no strategy applies to have no figure, and none is missing of them. */
const ofAdvised =
  (field: (service: CapacityReport["services"][number]) => Decimal | null) =>
  ({ services }: CapacityReport): readonly NamedFigure[] =>
    services
      .filter(({ status }) => status !== "not-applicable")
      .map((service) => ({ service: idOf(service), ...figure(field(service)) }));

const saved = (report: CapacityReport): Figure => figure(report.monthlySaving, report.complete);

export const CAPACITY_GATES: GateFigures<CapacityReport> = {
  report: {
    monthly: ({ totalMonthlyCost, complete }) => figure(totalMonthlyCost, complete),
    totalMonthlyCost: ({ totalMonthlyCost, complete }) => figure(totalMonthlyCost, complete),
    todayMonthlyCost: ({ todayMonthlyCost, complete }) => figure(todayMonthlyCost, complete),
    saving: saved,
    monthlySaving: saved,
    services: ({ services }) => figure(new Decimal(services.length)),
    issues: ({ issues }) => figure(new Decimal(issues.filter(({ severity }) => severity !== "info").length)),
  },
  service: {
    monthlyCost: ofAdvised(({ monthlyCost }) => monthlyCost),
    todayMonthlyCost: ofAdvised(({ today }) => today?.monthlyCost ?? null),
    monthlySaving: ofAdvised(({ monthlySaving }) => monthlySaving),
    saving: ofAdvised(({ monthlySaving }) => monthlySaving),
    availability: ofAdvised(({ availability }) => availability.achieved),
    todayAvailability: ofAdvised(({ today }) => today?.achieved ?? null),
  },
};

/** A change that is not known has no figure, unless only what comes after is incomplete: that can only add. */
const changeFigure = ({ monthlyChange, beforeComplete, beforeMonthlyCost, afterMonthlyCost }: CostChange): Figure => {
  if (monthlyChange !== null) return figure(monthlyChange);
  const least = (afterMonthlyCost ?? new Decimal(0)).minus(beforeMonthlyCost ?? 0);
  return beforeComplete ? { known: least, complete: false } : { known: least, complete: false, open: true };
};

const increase = ({ changes }: DiffReport): Figure => {
  const figures = changes.map(changeFigure);
  const known = figures.reduce<Decimal>((sum, part) => sum.plus(part.known), new Decimal(0));
  const complete = figures.every((part) => part.complete);
  return { known, complete, ...(figures.some(({ open }) => open) ? { open: true } : {}) };
};

/** Percent of a cost; without bound where there was none. A cost that is not known in full has no percentage. */
const percentOf = (change: Figure, before: Decimal | null, beforeComplete: boolean): Figure => {
  const infinite = new Decimal(Number.POSITIVE_INFINITY);
  const base = before ?? new Decimal(0);
  const growth = change.known.isPositive() ? infinite : infinite.negated();
  const share = change.known.isZero() ? new Decimal(0) : base.isZero() ? growth : change.known.div(base).times(100);
  return beforeComplete
    ? { ...change, known: share, unit: "percent" }
    : { known: share, complete: false, open: true, unit: "percent" };
};

const ofChanges =
  (read: (change: CostChange) => Figure) =>
  ({ changes }: DiffReport): readonly NamedFigure[] =>
    changes.filter(({ of }) => of === "service").map((change) => ({ service: change.subject, ...read(change) }));

const afterFigure = ({ after }: DiffReport): Figure => figure(after.monthlyCost, after.complete);

export const DIFF_GATES: GateFigures<DiffReport> = {
  report: {
    increase,
    "increase%": (report) => percentOf(increase(report), report.beforeMonthlyCost, report.before.complete),
    monthlyChange: increase,
    monthly: afterFigure,
    afterMonthlyCost: afterFigure,
    beforeMonthlyCost: ({ before }) => figure(before.monthlyCost, before.complete),
    changes: ({ changes }) => figure(new Decimal(changes.length)),
    services: ({ after }) => figure(new Decimal(after.services)),
    issues: ({ issues }) => figure(new Decimal(issues.filter(({ severity }) => severity !== "info").length)),
  },
  service: {
    increase: ofChanges(changeFigure),
    "increase%": ofChanges((change) =>
      percentOf(changeFigure(change), change.beforeMonthlyCost, change.beforeComplete),
    ),
    monthlyChange: ofChanges(changeFigure),
    monthlyCost: ofChanges(({ afterMonthlyCost, afterComplete }) => figure(afterMonthlyCost, afterComplete)),
  },
};
