import type { CompareReport, ServiceComparison } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import { largestFirst } from "../../../select/selection.ts";
import type { Cell } from "../../document/document.ts";
import { counted, dollars, percent, quantityOf } from "../../document/figures.ts";
import type { Detail } from "../shared/report-parts.ts";
import { holdTogether } from "./hold-together.ts";

/** What to do, in a sentence, and what has to be done together. */
export const adviceLine = (report: CompareReport): readonly Cell[] => {
  const { services } = report;
  const moves = largestFirst(
    services.filter(({ monthlySaving }) => monthlySaving?.isPositive() === true && !monthlySaving.isZero()),
    ({ monthlySaving }) => monthlySaving,
  );
  const [first] = moves;
  if (first === undefined) return [{ text: nothingToMove(services), tone: "strong" }];
  const saving = moves.reduce((sum, { monthlySaving }) => sum.plus(monthlySaving ?? 0), new Decimal(0));
  const together = holdTogether(report);
  const all = moves.length === 1 || !together ? "" : ` All ${moves.length} moves save ${dollars(saving)} a month.`;
  const start = `Next: move ${first.name} to ${first.best}, which saves ${dollars(first.monthlySaving)} a month.`;
  return [{ text: `${start}${all}`, tone: "strong" }, ...(together ? togetherLine(moves) : [OVERLAP])];
};

const OVERLAP: Cell =
  "These savings overlap: a fleet costs what all its services need, and not all of them move to it. ecs-cost plan with the same inputs tells what can be had together.";

const nothingToMove = (services: readonly ServiceComparison[]): string => {
  const unknown = services.filter(({ monthlySaving }) => monthlySaving === null).length;
  if (unknown === 0) return "Next: nothing to move, no option costs less.";
  return `Next: give what is missing for ${counted(unknown, "service")} (see Issues), so that the cost today is known.`;
};

/** The cost of a fleet is divided over the services that share it: the figure holds if all of them move. */
const togetherLine = (moves: readonly ServiceComparison[]): Cell[] => {
  const shared = moves.filter(({ best, options }) => options.find(({ id }) => id === best)?.fleet !== undefined);
  return shared.length === 0
    ? []
    : ["Costs on instances are shares of a fleet: they hold when the services of that fleet move together."];
};

const SHORT_LIST = 10;

/** Where EC2 overtakes Fargate, a line for each service that has such a point. */
export const breakEvenLines = (services: readonly ServiceComparison[], { verbose }: Detail): readonly Cell[] => {
  const lines = services.flatMap((service) => breakEvenLine(service));
  const left = verbose ? 0 : Math.max(0, lines.length - SHORT_LIST);
  return left === 0
    ? lines
    : [...lines.slice(0, SHORT_LIST), { text: `${counted(left, "more service")}: see --verbose`, tone: "faint" }];
};

const breakEvenLine = ({ name, breakEven }: ServiceComparison): Cell[] => {
  if (breakEven === null) return [];
  const { instanceType, tasksPerInstance, fill, tasks, hoursPerMonth } = breakEven;
  const head = `${name}: on demand, ${instanceType} (holds ${counted(tasksPerInstance, "task")})`;
  if (fill === null) return [`${head} is never cheaper than Fargate, not even full.`];
  const points = [
    `is cheaper than Fargate above ${percent(fill)} full`,
    ...(tasks === null ? [] : [`from ${counted(tasks, "task")}`]),
    ...(hoursPerMonth === null ? [] : [`above ${quantityOf(hoursPerMonth.toDecimalPlaces(1))} hours a month`]),
  ];
  return [`${head} ${points.join(", ")}.`];
};
