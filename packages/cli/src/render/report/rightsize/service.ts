import { type Decimal, describeSize, type ServiceRightsizing } from "@ecs-cost/core";
import type { Block, Cell } from "../../document/document.ts";
import { counted, dollars } from "../../document/figures.ts";
import { type Glyphs, sparkline } from "../../document/sparkline.ts";

const WIDTH = 28;

/** Why a service has the advice that it has: load, reasons, evidence and the neighbouring sizes. */
export const serviceBlocks = (service: ServiceRightsizing, glyphs: Glyphs): readonly Block[] => [
  {
    kind: "lines",
    heading: headingOf(service, glyphs),
    bullets: true,
    lines: [
      ...service.reasons.map(({ code, detail }) => `${code}: ${detail}`),
      ...loadLines(service, glyphs),
      ...fittingLines(service),
      ...containerLines(service),
      ...riskLines(service),
      ...evidenceLines(service),
      ...combinedLines(service),
    ],
  },
];

const headingOf = ({ cluster, name, current, recommended, advice }: ServiceRightsizing, { arrow }: Glyphs): string => {
  const now = current === null ? "unknown size" : describeSize(current);
  const then = advice === "resize" && recommended !== null ? `${now} ${arrow} ${describeSize(recommended)}` : now;
  return `${cluster}/${name} (${advice}): ${then}`;
};

/** What a task has to the load that comes to it, then over now: a tracked CPU load is divided over more tasks. */
export const roomRatio = (
  { current, recommended, tasks }: Pick<ServiceRightsizing, "current" | "recommended" | "tasks">,
  metric: "cpu" | "memory",
): number => {
  if (current === null || recommended === null) return 1;
  const ratio = recommended[metric] / current[metric];
  return metric === "memory" || tasks === null ? ratio : (ratio * tasks.recommended) / tasks.current;
};

const loadLines = (service: ServiceRightsizing, glyphs: Glyphs): readonly Cell[] => {
  const { usage, current, recommended, projected } = service;
  if (usage === null || current === null || recommended === null) return [];
  return (["cpu", "memory"] as const).map((metric) => {
    const ratio = roomRatio(service, metric);
    const now = sparkline(usage[metric], WIDTH, glyphs);
    const then = usage[metric].map((value) => (value === null ? null : value / ratio));
    const figures = projected?.[metric] ?? null;
    const text =
      figures === null
        ? ""
        : `  then mean ${rounded(figures.mean)} %, p99 ${rounded(figures.p99)} %, peak ${rounded(figures.peak)} %, above it ${rounded(figures.shareAbove * 100)} % of the time`;
    const drawn = ratio === 1 ? now : `${now} ${glyphs.arrow} ${sparkline(then, WIDTH, glyphs)}`;
    return `${metric === "cpu" ? "CPU   " : "Memory"} ${drawn}${text}`;
  });
};

const rounded = (value: number): string => String(Number(value.toFixed(value < 10 ? 2 : 1)));

const fittingLines = ({ bindingDimension, forcedWaste, nextSize, demand }: ServiceRightsizing): readonly Cell[] => {
  if (bindingDimension === null || forcedWaste === null || nextSize === null || demand === null) return [];
  const { smaller, larger } = nextSize;
  const waste = `${rounded(forcedWaste.costShare * 100)} % of the cost is forced by the sizes there are`;
  const cheaper = smaller === null ? "" : `; the next cheaper, ${describeSize(smaller.size)}, lacks ${smaller.lacks}`;
  const more = larger === null ? "there is no larger size" : `the next larger is ${describeSize(larger)}`;
  return [`Bound by ${bindingDimension}: ${waste}${cheaper}; ${more}.`];
};

const containerLines = ({ containers, advice }: ServiceRightsizing): readonly Cell[] =>
  advice !== "resize"
    ? []
    : containers.flatMap(({ name, sidecar, cpu, memory, memoryReservation }) => {
        const parts = [
          ...(cpu === undefined ? [] : [`${cpu} CPU units`]),
          ...(memory === undefined ? [] : [`${memory} MiB at most`]),
          ...(memoryReservation === undefined ? [] : [`${memoryReservation} MiB reserved`]),
        ];
        return parts.length === 0
          ? []
          : [`Container ${name}${sidecar ? " (sidecar, as it was)" : ""}: ${parts.join(", ")}`];
      });

const riskLines = ({ risk }: ServiceRightsizing): readonly Cell[] => {
  if (risk === null) return [];
  const { level, cpu, memory, doubts, ownCases, allCases, services } = risk;
  const chances = [
    ...(cpu === null
      ? []
      : [`${chanceText(cpu.chance)} that CPU is short for more than ${rounded(cpu.allowedShare * 100)} % of the time`]),
    ...(memory === null ? [] : [`${chanceText(memory.chance)} in a month that a task needs more memory`]),
  ];
  const basis = `by ${counted(ownCases, "case")} of its own past and ${allCases} of ${counted(services, "service")}`;
  const but = doubts.length === 0 ? "" : `; ${doubts.join(", ")}`;
  return [`Risk ${level}: ${chances.join(", ")}, ${basis}${but}`];
};

const chanceText = (chance: number): string => (chance < 0.001 ? "less than 0.1 %" : `${rounded(chance * 100)} %`);

const evidenceLines = ({ evidence }: ServiceRightsizing): readonly Cell[] => {
  if (evidence === null) return [];
  const { points, from, to, gaps, coverage, quantiles, strategy, confidence } = evidence;
  const range = from === null || to === null ? "" : ` from ${from} to ${to}`;
  const odd = oddValues(evidence);
  const used = quantiles
    .map(({ metric, statistic, percent }) => `${metric} ${statistic} ${rounded(percent)} %`)
    .join(", ");
  return [
    {
      text: `${counted(points, "point")}${range}, ${counted(gaps, "gap")}, ${rounded(coverage * 100)} % covered${odd}, confidence ${confidence}; strategy ${strategy}${used === "" ? "" : `: ${used}`}`,
      tone: "faint",
    },
  ];
};

const oddValues = (evidence: NonNullable<ServiceRightsizing["evidence"]>): string =>
  (
    [
      ["repeated", "repeated"],
      ["negative", "below 0"],
      ["above100", "above 100 %"],
      ["tooOld", "too old"],
    ] as const
  )
    .filter(([key]) => evidence[key] > 0)
    .map(([key, name]) => `, ${evidence[key]} ${name}`)
    .join("");

const combinedLines = ({ combined, otherAdvice }: ServiceRightsizing): readonly Cell[] =>
  otherAdvice.length === 0 || combined.advice.length < 2
    ? []
    : [`Together (${combined.advice.join(", ")}): ${changeText(combined.monthlySaving)} a month.`];

const changeText = (saving: Decimal | null): string =>
  saving?.isNegative() === true ? `${dollars(saving.abs())} more` : `${dollars(saving)} less`;
