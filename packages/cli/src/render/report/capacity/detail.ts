import type { ServiceCapacity, StrategyEvaluation } from "@ecs-cost/core";
import type { Block, Cell } from "../../document/document.ts";
import { counted, dollars } from "../../document/figures.ts";
import { availabilityText, strategyText, tasksText } from "../shared/capacity-text.ts";

/** Whether the recommended strategy is another than today's. */
export const isChanged = ({ feasible, strategy, today }: ServiceCapacity): boolean =>
  feasible && (today === null || strategyText(today.strategy) !== strategyText(strategy));

/** Whether the recommended strategy puts tasks on Spot. */
export const usesSpot = ({ strategy, providers }: ServiceCapacity): boolean =>
  strategy.some(({ capacityProvider }) =>
    providers.some((known) => known.capacityProvider === capacityProvider && known.purchase === "spot"),
  );

/** Cost against availability, today beside it, and why. */
export const detailBlocks = (service: ServiceCapacity): readonly Block[] => {
  const { cluster, name, count, frontier, availability } = service;
  const required = availability.requiredTasks === null ? "" : `, ${availability.requiredTasks} required`;
  const at =
    availability.worstCount === null || availability.worstCount === count ? "" : ` at ${availability.worstCount}`;
  const heading = `${cluster}/${name}: ${counted(count, "task")}${required}${at}`;
  const points = shownPoints(service);
  return [
    {
      kind: "table",
      heading: points.length === 0 ? heading : `${heading}; cost against availability`,
      columns: [
        { header: "Strategy", cutTo: 24 },
        { header: "Tasks" },
        { header: "Monthly cost", align: "right" },
        { header: "Available", align: "right" },
        { header: "" },
      ],
      rows: points.map((point) => pointRow(point, service)),
    },
    {
      kind: "chart",
      xLabel: "USD a month",
      yLabel: "Available, % of the time",
      points: frontier.map(({ monthlyCost, achieved, strategy }) => ({
        x: monthlyCost,
        y: achieved.times(100),
        label: strategyText(strategy),
        marked: strategyText(strategy) === strategyText(service.strategy),
      })),
    },
    { kind: "lines", heading: `Why (${name})`, bullets: true, lines: reasonLines(service) },
    { kind: "lines", heading: `Beside it (${name})`, bullets: true, lines: besideLines(service) },
  ];
};

type Point = Pick<StrategyEvaluation, "strategy" | "tasks" | "monthlyCost" | "achieved">;

/** The frontier with the recommended strategy and today's in it, cheapest first. */
const shownPoints = (service: ServiceCapacity): readonly Point[] => {
  const { frontier, today, strategy, tasks, monthlyCost, availability } = service;
  const points = new Map(frontier.map((point): [string, Point] => [strategyText(point.strategy), point]));
  if (today !== null) points.set(strategyText(today.strategy), today);
  if (monthlyCost !== null && availability.achieved !== null) {
    points.set(strategyText(strategy), { strategy, tasks, monthlyCost, achieved: availability.achieved });
  }
  return [...points.values()].sort(
    (a, b) => a.monthlyCost.comparedTo(b.monthlyCost) || a.achieved.comparedTo(b.achieved),
  );
};

const pointRow = (point: Point, service: ServiceCapacity): readonly Cell[] => {
  const text = strategyText(point.strategy);
  const chosen = service.feasible && text === strategyText(service.strategy);
  const current = service.today !== null && text === strategyText(service.today.strategy);
  const marks = [...(chosen ? ["recommended"] : []), ...(current ? ["today"] : [])].join(", ");
  return [
    chosen ? { text, tone: "strong" } : text,
    tasksText(point.strategy, point.tasks),
    dollars(point.monthlyCost),
    availabilityText(point.achieved),
    chosen ? { text: marks, tone: "strong" } : marks,
  ];
};

/** What Spot would ask of a service that is not on Spot is left out, unless it is what keeps it off. */
const reasonLines = (service: ServiceCapacity): readonly Cell[] => {
  const { fitness, reasons } = service;
  const shown = fitness === null || fitness.verdict === "unfit" || usesSpot(service);
  const hidden = new Set(shown ? [] : fitness.reasons.map(({ code }) => code));
  return reasons.filter(({ code }) => !hidden.has(code)).map(({ detail }) => detail);
};

const besideLines = ({ savingsPlan, twoServices, targetCapacity, providers }: ServiceCapacity): readonly Cell[] => [
  ...providers.map(({ capacityProvider, purchase, taskHour, instanceTypes }) => ({
    text:
      `${capacityProvider}: ${taskPrice(taskHour)} per task-hour, ${purchase}` +
      `${instanceTypes.length === 0 ? "" : ` (${instanceTypes.join(", ")})`}`,
    tone: "faint" as const,
  })),
  ...(savingsPlan === null
    ? []
    : [
        `A Compute Savings Plan (1 year, no upfront) of ${taskPrice(savingsPlan.hourlyCommitment)} an hour on the ${counted(savingsPlan.tasks, "task")} that always run on ${savingsPlan.capacityProvider} saves ${dollars(savingsPlan.monthlySaving)} a month more; Spot is never covered.`,
      ]),
  ...(twoServices === null
    ? []
    : [
        `As two services: ${counted(twoServices.onDemand.tasks, "task")} on ${twoServices.onDemand.capacityProvider}, the rest on ${twoServices.spot.capacityProvider}: ${dollars(twoServices.together.monthlyCost)} a month, available ${availabilityText(twoServices.together.achieved)}.`,
      ]),
  ...targetLines(targetCapacity),
];

const targetLines = (target: ServiceCapacity["targetCapacity"]): readonly Cell[] => {
  if (target === null) return [];
  const { capacityProvider, current, spareTasks, advised } = target;
  const now = `${capacityProvider} at target capacity ${current.targetCapacity}% keeps ${counted(current.instances, "instance")} for these tasks, ${current.idle} idle (${dollars(current.idleMonthlyCost)} a month).`;
  if (advised === null || advised.targetCapacity === current.targetCapacity) return [now];
  return [
    `${now} Room for ${counted(spareTasks, "task")} at once needs ${advised.targetCapacity}%: ${advised.idle} idle (${dollars(advised.idleMonthlyCost)} a month).`,
  ];
};

const taskPrice = (price: ServiceCapacity["providers"][number]["taskHour"]): string =>
  `$${price.toSignificantDigits(5).toFixed()}`;
