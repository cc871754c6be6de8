import { Decimal } from "@ecs-cost/core/estimate";
import { nearest } from "../program/nearest.ts";
import { usageError } from "../program/usage-error.ts";
import { unknownField } from "./fields.ts";
import { type Figure, type NamedFigure, toldFigure, type Verdict, verdictOf } from "./figure.ts";

/** The figures of a report that a gate can look at. */
export interface GateFigures<R> {
  readonly report: Readonly<Record<string, (report: R) => Figure>>;
  readonly service: Readonly<Record<string, (report: R) => readonly NamedFigure[]>>;
}

/** What became of one `--fail-on`. */
export interface GateResult {
  readonly expression: string;
  readonly verdict: Verdict;
  /** One line for stderr; empty where the gate passed. */
  readonly message: string;
  /** Services that it failed for, or cannot be decided for; absent where it is about the report. */
  readonly services?: readonly string[];
}

/** `services` are those that there are, `cluster/name`, where the report holds only some of them. */
export type Gate<R> = (report: R, services?: readonly string[]) => GateResult;

const GATE =
  /^\s*(?:(?<one>service\[.+\])\.)?(?<name>[A-Za-z][\w.]*%?)\s*(?<operator>>=|<=|!=|==?|>|<)\s*\$?(?<limit>-?\d[\d,]*(?:\.\d+)?)\s*%?\s*$/;

/** The gate that an expression such as `monthly>5000` or `service.monthlyCost>=500` describes: true means failure. */
export const parseGate = <R>(expression: string, figures: GateFigures<R>): Gate<R> => {
  const { one, name, operator, limit } = GATE.exec(expression)?.groups ?? {};
  if (name === undefined || operator === undefined || limit === undefined) {
    throw usageError(`--fail-on: cannot read "${expression}"`, "Conditions look like monthly>5000.");
  }
  const bound = new Decimal(limit.replaceAll(",", ""));
  if (one !== undefined)
    return gateOfOne(expression, figures, { one: one.slice("service[".length, -1), name, operator, bound });
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

interface OneService {
  readonly one: string;
  readonly name: string;
  readonly operator: string;
  readonly bound: Decimal;
}

const isCalled =
  (one: string) =>
  (service: string): boolean =>
    service === one || service.slice(service.indexOf("/") + 1) === one;

/** A gate of a service that is misspelt would always pass. */
const refuseAbsentService = (expression: string, one: string, services: readonly string[]): void => {
  if (services.some(isCalled(one))) return;
  const called = one.includes("/") ? services : services.map((service) => service.slice(service.indexOf("/") + 1));
  const [guess] = nearest(one, [...new Set(called)], 1);
  const hint = `${guess === undefined ? "" : `Did you mean ${guess}? `}Write service[${one}?] for one that may be absent.`;
  throw usageError(`--fail-on ${expression}: there is no service ${one}`, hint);
};

/** The gate of one service, named `cluster/name` or by a name alone; one that may be absent ends in `?`. */
const gateOfOne = <R>(expression: string, figures: GateFigures<R>, wanted: OneService): Gate<R> => {
  const { one, name, operator, bound } = wanted;
  const ofService = own(figures.service, name);
  if (ofService === undefined) throw unknownField(name, Object.keys(figures.service), "--fail-on");
  const optional = one.endsWith("?");
  const meant = isCalled(optional ? one.slice(0, -1) : one);
  return (report, services) => {
    const all = ofService(report);
    if (!optional) refuseAbsentService(expression, one, services ?? all.map(({ service }) => service));
    return judgeServices(
      expression,
      all.filter(({ service }) => meant(service)),
      operator,
      bound,
    );
  };
};

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

const judgeReport = (expression: string, figure: Figure, operator: string, limit: Decimal): GateResult => {
  const verdict = verdictOf(figure, operator, limit);
  return { expression, verdict, message: messageOf(expression, verdict, `the value is ${toldFigure(figure)}`) };
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
  const which = (failed.length > 0 ? failed : open).map(({ figure }) => `${figure.service} is ${toldFigure(figure)}`);
  const services = (failed.length > 0 ? failed : open).map(({ figure }) => figure.service);
  const shown = which.length > 5 ? [...which.slice(0, 5), `and ${which.length - 5} more`] : which;
  return { expression, verdict, message: messageOf(expression, verdict, shown.join("; ")), services };
};

const messageOf = (expression: string, verdict: Verdict, detail: string): string => {
  if (verdict === "passed") return "";
  if (verdict === "failed") return `--fail-on ${expression}: failed, ${detail}`;
  return `--fail-on ${expression}: cannot be decided, because the report is incomplete: ${detail}`;
};
