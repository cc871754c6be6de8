import { describeSize, type RightsizeReport, type ServiceRightsizing } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import { largestFirst } from "../select/selection.ts";
import type { Cell } from "./document.ts";
import { counted, dollars } from "./figures.ts";

/** What to do first and what it brings, then what there is on top of it. */
export const nextLines = (report: RightsizeReport): readonly Cell[] => [
  { text: firstStep(report), tone: "strong" },
  ...combinedLine(report),
];

const firstStep = ({ services }: RightsizeReport): string => {
  const small = services.filter(({ reasons }) => reasons.some(({ code }) => code === "under-provisioned"));
  const growing = small.length === 0 ? "" : ` Too small for the load, so first of all: ${namesOf(small)}.`;
  const changes = services.filter(({ advice }) => advice === "resize");
  const [best] = largestFirst(
    changes.filter(({ monthlySaving }) => monthlySaving?.isPositive() === true),
    ({ monthlySaving }) => monthlySaving,
  );
  if (best === undefined || best.recommended === null) return `Next: ${growing.trim() || nothingToDo(services)}`;
  const saving = changes.reduce((sum, { monthlySaving }) => sum.plus(monthlySaving ?? 0), new Decimal(0));
  const all = changes.length === 1 ? "" : ` All ${changes.length} changes save ${dollars(saving)} a month.`;
  const head = `Next: give ${best.name} ${describeSize(best.recommended)}, which saves ${dollars(best.monthlySaving)} a month.`;
  return `${head}${all}${growing} --patch DIR writes the task definitions.`;
};

const nothingToDo = (services: readonly ServiceRightsizing[]): string => {
  const withheld = services.filter(({ advice }) => advice === "withheld").length;
  return withheld === 0
    ? "nothing to resize, every size fits."
    : `give metrics for ${counted(withheld, "service")} (see Issues); the other sizes fit.`;
};

const namesOf = (services: readonly ServiceRightsizing[]): string => {
  const names = services.map(({ name }) => name);
  return names.length <= 3 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
};

const combinedLine = ({ combinedMonthlySaving, monthlySaving, totalMonthlyCost }: RightsizeReport): Cell[] => {
  if (!combinedMonthlySaving.greaterThan(monthlySaving) || totalMonthlyCost.isZero()) return [];
  const more = dollars(combinedMonthlySaving.minus(monthlySaving));
  return [
    `With the other advice below ${more} more, ${dollars(combinedMonthlySaving)} in all: what excludes each other is counted once.`,
  ];
};
