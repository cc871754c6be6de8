import type { CostChange, DiffReport, Issue, LineChange, LineItem, Reason, ServiceIdentity } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import type { PolicySubject } from "@ecs-cost/core/schema";
import { DIFF_FIELDS } from "../select/diff.ts";
import { DIFF_GATES } from "../select/diff-gates.ts";
import { type Fields, type FieldValue, tagKeyOf } from "../select/fields.ts";
import type { Figure } from "../select/figure.ts";
import type { GateFigures } from "../select/gates.ts";

/** Anything that a rule can look at: what it is about, and its fields. */
export interface PolicyRow {
  /** `cluster/name`, `shared`, or the command of the report. */
  readonly subject: string;
  /** The line of the bill that it is about, or that most of it comes from. */
  readonly lineItem?: string;
  readonly valueOf: (field: string) => FieldValue | Figure;
}

/** The rows of a report by what they are. */
export type PolicyRows = (on: PolicySubject) => readonly PolicyRow[];

interface Report {
  readonly command: string;
  readonly region?: string;
  readonly regions?: readonly string[];
  readonly issues: readonly Issue[];
}

type Values = Readonly<Record<string, () => FieldValue | Figure>>;
type Tags = Readonly<Record<string, string>>;

const row = (subject: string, values: Values, tags: Tags = {}, lineItem?: string): PolicyRow => ({
  subject,
  ...(lineItem === undefined ? {} : { lineItem }),
  valueOf: (field) => {
    const tag = tagKeyOf(field);
    if (tag !== undefined) return Object.hasOwn(tags, tag) ? (tags[tag] ?? "") : "";
    return Object.hasOwn(values, field) ? (values[field]?.() ?? null) : null;
  },
});

const bound = <T>(fields: Fields<T>, thing: T): Values =>
  Object.fromEntries(Object.entries(fields).map(([name, read]) => [name, () => read(thing)]));

const constant = (values: Readonly<Record<string, FieldValue>>): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, () => value]));

const ofReport = <R extends Report>(report: R, figures: GateFigures<R>): PolicyRow =>
  row(report.command, {
    ...Object.fromEntries(Object.entries(figures.report).map(([name, read]) => [name, () => read(report)])),
    ...constant({ command: report.command, region: report.region ?? (report.regions ?? []).join(" ") }),
  });

const ofIssue = ({ code, severity, subject, detail }: Issue): PolicyRow =>
  row(subject, constant({ code, severity, subject, detail }));

/** Figures of services by name of the figure, each made when a rule first asks for it. */
const figuresOf = <R>(
  report: R,
  { service }: GateFigures<R>,
): ((name: string, subject: string) => Figure | undefined) => {
  const made = new Map<string, ReadonlyMap<string, Figure>>();
  return (name, subject) => {
    const known = made.get(name) ?? new Map(service[name]?.(report).map((figure) => [figure.service, figure]));
    made.set(name, known);
    return known.get(subject);
  };
};

interface Billed extends ServiceIdentity {
  readonly lineItems?: readonly LineItem[];
  readonly monthlySaving?: Decimal | null;
  readonly advice?: unknown;
  readonly reasons?: readonly Reason[];
}

interface ServicesReport<S> extends Report {
  readonly services: readonly S[];
  readonly shared?: { readonly lineItems: readonly LineItem[] };
}

const idOf = ({ cluster, name }: { readonly cluster: string; readonly name: string }): string => `${cluster}/${name}`;

const lineValues = ({ dimension, usageType, label, unit, quantity, rate, cost }: LineItem | LineChange) =>
  constant({ dimension, usageType, label: label ?? "", unit, quantity, rate, cost });

const lineText = ({ dimension, label }: LineItem | LineChange): string =>
  label === undefined ? dimension : `${dimension} (${label})`;

const dearest = (lines: readonly (LineItem | LineChange)[] = []): string | undefined => {
  const [first] = [...lines].sort(
    (a, b) => b.cost.abs().comparedTo(a.cost.abs()) || (lineText(a) < lineText(b) ? -1 : 1),
  );
  return first === undefined ? undefined : lineText(first);
};

const adviceOf = ({ advice, monthlySaving, reasons }: Billed): Values => ({
  advice: () => {
    if (typeof advice === "string") return advice;
    if (monthlySaving == null) return null;
    return monthlySaving.greaterThan(0) ? "change" : "keep";
  },
  monthlySaving: () => monthlySaving ?? null,
  reason: () => reasons?.[0]?.code ?? "",
});

/** Rows of a report of services. */
export const servicesRows = <R extends ServicesReport<S>, S extends ServiceIdentity>(
  report: R,
  fields: Fields<S>,
  figures: GateFigures<R>,
): PolicyRows => {
  const figureOf = figuresOf(report, figures);
  const serviceRow = (service: S, more: Values = {}): PolicyRow => {
    const subject = idOf(service);
    const own = Object.keys(figures.service).map((name) => [
      name,
      () => figureOf(name, subject) ?? (Object.hasOwn(fields, name) ? (fields[name]?.(service) ?? null) : null),
    ]);
    const values = { ...bound(fields, service), ...Object.fromEntries(own), subject: () => subject, ...more };
    return row(subject, values, service.tags, dearest((service as Billed).lineItems));
  };
  const lines = (owner: Values, subject: string, tags: Tags, items: readonly LineItem[] = []): readonly PolicyRow[] =>
    items.map((line) => row(subject, { ...owner, ...lineValues(line) }, tags, lineText(line)));
  return (on) => {
    switch (on) {
      case "report":
        return [ofReport(report, figures)];
      case "service":
        return report.services.map((service) => serviceRow(service));
      case "advice":
        return report.services.map((service) => serviceRow(service, adviceOf(service)));
      case "line":
        return [
          ...report.services.flatMap((service) =>
            lines(ownerOf(service), idOf(service), service.tags, (service as Billed).lineItems),
          ),
          ...lines(SHARED_OWNER, "shared", {}, report.shared?.lineItems),
        ];
      case "issue":
        return report.issues.map(ofIssue);
      default:
        return [];
    }
  };
};

const ownerOf = ({ name, cluster }: { readonly name: string; readonly cluster: string }): Values => {
  const id = idOf({ name, cluster });
  return constant({ subject: id, id, name, cluster });
};

const SHARED_OWNER: Values = constant({ subject: "shared", id: "shared", name: "shared", cluster: "" });

const changeValues = (report: DiffReport, change: CostChange, figureOf: ReturnType<typeof figuresOf>): Values => ({
  ...bound(DIFF_FIELDS, change),
  ...Object.fromEntries(
    Object.keys(DIFF_GATES.service).map((name) => [
      name,
      () => figureOf(name, change.subject) ?? ownFigure(report, change, name),
    ]),
  ),
  id: () => change.subject,
});

/** Figures of gates are those of services; what is shared has them as well. */
const ownFigure = (report: DiffReport, change: CostChange, name: string): FieldValue | Figure =>
  DIFF_GATES.service[name]?.({ ...report, changes: [{ ...change, of: "service" }] })[0] ?? null;

const changeOwner = ({ subject, kind, name, cluster }: CostChange): Values =>
  constant({ subject, id: subject, kind, name, cluster });

const lineRow = (change: CostChange, line: LineChange): PolicyRow => {
  const { before, after } = line;
  const sides = {
    ...{ beforeQuantity: before?.quantity ?? ZERO, afterQuantity: after?.quantity ?? ZERO },
    ...{ beforeCost: before?.cost ?? ZERO, afterCost: after?.cost ?? ZERO },
  };
  const values = { ...changeOwner(change), ...lineValues(line), ...constant(sides) };
  return row(change.subject, values, change.tags, lineText(line));
};

const ZERO = new Decimal(0);

const attributeValue = (value: CostChange["causes"][number]["from"]): FieldValue => {
  if (value === null) return "";
  return typeof value === "number" ? new Decimal(value) : String(value);
};

const causeRow = (change: CostChange, cause: CostChange["causes"][number]): PolicyRow => {
  const { attribute, from, to, monthlyChange } = cause;
  const own = constant({ attribute, from: attributeValue(from), to: attributeValue(to), monthlyChange });
  return row(change.subject, { ...changeOwner(change), ...own }, change.tags, dearest(change.lineItems));
};

/** Rows of a difference. A change is a row of the same fields for `service` and `change`; only `change` has what is shared. */
export const diffRows = (report: DiffReport): PolicyRows => {
  const figureOf = figuresOf(report, DIFF_GATES);
  const changeRow = (change: CostChange, more: Values = {}): PolicyRow =>
    row(change.subject, { ...changeValues(report, change, figureOf), ...more }, change.tags, dearest(change.lineItems));
  const sizing = ({ sizing: size }: CostChange): Values => ({
    advice: () => size?.verdict ?? null,
    monthlySaving: () => size?.monthlySaving ?? null,
    reason: () => size?.reasons[0]?.code ?? "",
  });
  return (on) => {
    switch (on) {
      case "report":
        return [ofReport(report, DIFF_GATES)];
      case "service":
        return report.changes.filter(({ of }) => of === "service").map((change) => changeRow(change));
      case "change":
        return report.changes.map((change) => changeRow(change));
      case "cause":
        return report.changes.flatMap((change) => change.causes.map((cause) => causeRow(change, cause)));
      case "line":
        return report.changes.flatMap((change) => change.lineItems.map((line) => lineRow(change, line)));
      case "advice":
        return report.changes
          .filter((change) => change.sizing !== undefined)
          .map((change) => changeRow(change, sizing(change)));
      case "issue":
        return report.issues.map(ofIssue);
    }
  };
};
