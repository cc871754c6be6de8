import { describeSize, type RightsizeReport, type ServiceRightsizing } from "@ecs-cost/core";
import { Decimal } from "@ecs-cost/core/estimate";
import { largestFirst } from "../../../select/selection.ts";
import type { Cell } from "../../document/document.ts";
import { counted, dollars } from "../../document/figures.ts";

/** What to do first and what it brings, then what there is on top of it. */
export const nextLines = (report: RightsizeReport): readonly Cell[] => [
  { text: firstStep(report), tone: "strong" },
  ...combinedLine(report),
];

const firstStep = ({ services }: RightsizeReport): string => {
  const small = services.filter(({ reasons }) => reasons.some(({ code }) => code === "under-provisioned"));
  const changes = services.filter(({ advice }) => advice === "resize");
  const [best] = largestFirst(
    changes.filter(({ monthlySaving }) => monthlySaving?.greaterThan(0) === true),
    ({ monthlySaving }) => monthlySaving,
  );
  if (changes.length === 0) return `Next: ${nothingToDo(services)}`;
  const steps = [
    ...(small.length === 0 ? [] : [`give more to ${namesOf(small)}, too small for the load`]),
    ...(best === undefined ? [] : [savingStep(best)]),
  ];
  const saving = changes.reduce((sum, { monthlySaving }) => sum.plus(monthlySaving ?? 0), new Decimal(0));
  const all = changes.length === 1 ? "" : ` All ${changes.length} changes: ${changeText(saving)} a month.`;
  const next = steps.length === 0 ? "change what is advised" : steps.join("; then ");
  return `Next: ${next}.${all} --patch DIR writes the task definitions.`;
};

const savingStep = ({ name, recommended, monthlySaving }: ServiceRightsizing): string => {
  const size = recommended === null ? "the advised size" : describeSize(recommended);
  return `give ${name} ${size}, which saves ${dollars(monthlySaving)} a month`;
};

const changeText = (saving: Decimal): string =>
  saving.isNegative() ? `${dollars(saving.abs())} more` : `${dollars(saving)} less`;

const nothingToDo = (services: readonly ServiceRightsizing[]): string => {
  const withheld = services.filter(({ advice }) => advice === "withheld").length;
  if (withheld === 0) return "nothing to resize, every size fits.";
  const rest = withheld === services.length ? "." : "; the other sizes fit.";
  return `give metrics for ${counted(withheld, "service")} (see Issues)${rest}`;
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
