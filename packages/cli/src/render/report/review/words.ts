import type { BilledLaunchType, ReviewPeriod, ReviewReport } from "@ecs-cost/core";
import type { Decimal } from "@ecs-cost/core/estimate";
import { signedPercent } from "../../document/change-figures.ts";
import { percent } from "../../document/figures.ts";
import { type Money, moneyIn } from "../../document/money.ts";

/** Launch types in the order in which they are drawn, with their names. */
export const LAUNCH_NAMES: Readonly<Record<BilledLaunchType, string>> = {
  fargate: "Fargate",
  "fargate-spot": "Fargate Spot",
  ec2: "EC2",
  "ec2-spot": "EC2 Spot",
  "managed-instances": "Managed Instances",
  external: "External",
  overhead: "What comes along",
};

export const LAUNCH_TYPES = Object.keys(LAUNCH_NAMES) as readonly BilledLaunchType[];

/** Name of a launch type; what is none stays as it is. */
export const launchName = (key: string): string =>
  Object.hasOwn(LAUNCH_NAMES, key) ? LAUNCH_NAMES[key as BilledLaunchType] : key;

/** What parts of the total are told apart by. */
export type PartKind = "service" | "cluster" | "region" | "account" | "launchType" | "dimension" | "tag" | "team";

const NONE: Readonly<Record<PartKind, string>> = {
  service: "(not tied to a service)",
  cluster: "(not tied to a cluster)",
  region: "(no region)",
  account: "(no account)",
  launchType: "(unknown)",
  dimension: "(other usage)",
  tag: "(untagged)",
  team: "(no owner)",
};

/** Name of a part: an empty key is what the bill gives no name. */
export const partName = (kind: PartKind, key: string): string =>
  key === "" ? NONE[kind] : kind === "launchType" ? launchName(key) : key;

/** What comes along with what ran tasks, by how sure it is, and the sum; nothing where nothing does. */
export const alongLine = (report: ReviewReport, { plain }: Money): readonly string[] => {
  const { certain, likely, others } = report.comesAlong;
  const parts = [
    ...(certain.cost.isZero() ? [] : [`${plain(certain.cost)} for certain`]),
    ...(likely.cost.isZero() ? [] : [`${plain(likely.cost)} likely`]),
  ];
  const along =
    parts.length === 0 ? [] : [`With what comes along (${parts.join(", ")}) it is ${plain(report.totalCost)}.`];
  const beside = others.cost.isZero()
    ? []
    : [`Not counted: ${plain(others.cost)} of networking, logs and the like that nothing ties to ECS.`];
  return [...along, ...beside];
};

/** What a subject is called: of an ARN its last part, since the whole of it stands with the details. */
export const shortSubject = (subject: string): string => {
  if (!subject.startsWith("arn:")) return subject;
  const resource = subject.split(":").slice(5).join(":");
  const balancer = /^loadbalancer\/(?:app|net|gwy)\/(?<name>[^/]+)\//.exec(resource)?.groups?.["name"];
  return balancer ?? resource.replace(/^(?:log-group:|[a-z-]+\/)/, "");
};

const MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
];

/** `October 2026` of `2026-10`; anything else as it stands. */
export const monthName = (month: string): string => {
  const [year = "", number = ""] = month.split("-");
  const name = MONTHS[Number(number) - 1];
  return name === undefined ? month : `${name} ${year}`;
};

/** `22 October` of `2026-10-22`. */
export const dayName = (day: string): string => `${Number(day.slice(8))} ${monthName(day.slice(0, 7)).split(" ")[0]}`;

const isWholeMonth = ({ from, to }: ReviewPeriod): boolean => from.endsWith("-01") && to.endsWith("-01");

/** `September`, or `the first 19 days of September`: what previous costs are of; null where there is nothing before. */
export const periodBefore = ({ previousPeriod }: Pick<ReviewReport, "previousPeriod">): string | null => {
  if (previousPeriod === null) return null;
  const name = monthName(previousPeriod.from.slice(0, 7)).split(" ")[0] ?? "";
  return isWholeMonth(previousPeriod) ? name : `the first ${previousPeriod.days} days of ${name}`;
};

/** A change in percent of what was before; empty where there was nothing. */
export const changeShare = (change: Decimal | null, previous: Decimal | null): string =>
  change === null || previous === null || previous.isZero() ? "" : signedPercent(change.div(previous.abs()));

const CAUSES = {
  price: ["higher prices", "lower prices"],
  quantity: ["more usage", "less usage"],
  mix: ["a dearer mix of usage", "a cheaper mix of usage"],
} as const;

/** The two facts that explain most of the change: its largest cause and its largest mover. */
const whyOf = (report: ReviewReport, { signed }: Money): readonly string[] => {
  const { changeCauses, movers } = report;
  const causes = Object.entries(changeCauses ?? {}).filter(([, amount]) => !amount.isZero());
  const [cause] = causes.sort(([, a], [, b]) => b.abs().comparedTo(a.abs()));
  const [mover] = [...movers].sort((a, b) => b.change.abs().comparedTo(a.change.abs()));
  return [
    ...(cause === undefined
      ? []
      : [`mostly ${CAUSES[cause[0] as keyof typeof CAUSES][cause[1].isNegative() ? 1 : 0]} (${signed(cause[1])})`]),
    ...(mover === undefined || mover.change.isZero()
      ? []
      : [
          `the largest mover is ${mover.subject} (${signed(mover.change)}${mover.kind === "changed" ? "" : `, ${mover.kind}`})`,
        ]),
  ];
};

/** Why the month cost what it did, in one sentence. */
export const changeSentence = (report: ReviewReport): string => {
  const money = moneyIn(report.currency);
  const { change, previousCost } = report;
  const before = periodBefore(report);
  if (change === null || previousCost === null || before === null) {
    return "The bill does not reach back to the month before, so there is no change to tell.";
  }
  if (change.isZero()) return `The same as ${before}.`;
  const direction = change.isPositive() ? "more" : "less";
  const share = previousCost.isZero() ? "" : ` (${percent(change.div(previousCost).abs())})`;
  const why = whyOf(report, money);
  const reasons = why.length === 0 ? "" : `: ${why.join("; ")}`;
  return `${money.plain(change.abs())}${share} ${direction} than ${before}${reasons}.`;
};
