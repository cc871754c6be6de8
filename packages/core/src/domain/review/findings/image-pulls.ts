import type { PlacedCharge } from "../../bill/place-bill.ts";
import { isoDate } from "../../demand/timestamp.ts";
import { Decimal, ZERO } from "../../units/decimal.ts";
import { dayIndex } from "../daily-series.ts";
import { medianOf } from "../median.ts";
import { epochDay, isWithin, withHistory } from "../review-window.ts";
import { amountText, type FindingContext, type FindingDraft, quantityText } from "./finding-draft.ts";

/** Times the usual GB from which on a day's traffic jumps, and times the usual task size that it may not follow. */
const JUMP = 3;
const SAME_LOAD = 1.3;
/** Least GB more than usual. */
const LEAST_GB = 20;
/** Fewest days that make a usual one. */
const FEWEST_DAYS = 7;

const DOWNLOADS = new Set(["nat.gb", "nat.regional.gb"]);

interface Days {
  readonly gb: number[];
  readonly cost: Decimal[];
  /** vCPU-hours of Fargate. */
  readonly load: number[];
}

/**
 * Days on which several times the usual GB came through NAT gateways while tasks did not grow: what tasks that fail and
 * start over do when each start pulls the image again. The saving is what the jumps cost beyond a usual day.
 */
export const imagePullFindings = (context: FindingContext): readonly FindingDraft[] => {
  const { scene } = context;
  if (scene.bill.detail.granularity === "month") return [];
  const history = withHistory(scene.bill, scene.period);
  const first = epochDay(history.from);
  return [...daysByPlace(scene.charges, first, history.days)].flatMap(([place, days]) => {
    const jumps = days.gb.flatMap((_, index) => {
      const day = isoDate(first + index);
      return isWithin(day, scene.period) ? jumpOn(days, index, day) : [];
    });
    return jumps.length === 0 ? [] : [finding(place, jumps, context)];
  });
};

const daysByPlace = (charges: Iterable<PlacedCharge>, first: number, count: number): ReadonlyMap<string, Days> => {
  const places = new Map<string, Days>();
  const indexOf = dayIndex(first);
  for (const placed of charges) {
    const { charge, meter, placing, region } = placed;
    const index = placing.place === "ecs" ? indexOf(charge.day) : -1;
    if (index < 0 || index >= count) continue;
    const isDownload = meter.key !== null && DOWNLOADS.has(meter.key);
    const isLoad = meter.kind === "fargate" && meter.key.endsWith("/vcpu-hour");
    if (!isDownload && !isLoad) continue;
    const place = [charge.account ?? "", region ?? ""].filter((part) => part !== "").join(" ");
    const days = places.get(place) ?? emptyDays(count);
    places.set(place, days);
    const quantity = charge.kind === "discount" ? 0 : Number(charge.quantity);
    if (isLoad) days.load[index] = (days.load[index] ?? 0) + quantity;
    if (!isDownload) continue;
    days.gb[index] = (days.gb[index] ?? 0) + quantity;
    days.cost[index] = (days.cost[index] ?? ZERO).plus(charge.effectiveCost);
  }
  return places;
};

const emptyDays = (count: number): Days => ({
  gb: Array.from({ length: count }, () => 0),
  cost: Array.from({ length: count }, () => ZERO),
  load: Array.from({ length: count }, () => 0),
});

interface Jump {
  readonly day: string;
  readonly gb: number;
  readonly usualGb: number;
  readonly excess: Decimal;
}

const jumpOn = ({ gb, cost, load }: Days, index: number, day: string): readonly Jump[] => {
  const others = (values: readonly number[]): readonly number[] => values.filter((_, other) => other !== index);
  if (gb.length <= FEWEST_DAYS) return [];
  const [usualGb, usualLoad] = [medianOf(others(gb)), medianOf(others(load))];
  const [gbNow, loadNow, costNow] = [gb[index] ?? 0, load[index] ?? 0, cost[index] ?? ZERO];
  if (gbNow < usualGb * JUMP || gbNow - usualGb < LEAST_GB) return [];
  if (usualLoad === 0 || loadNow > usualLoad * SAME_LOAD) return [];
  const share = new Decimal(gbNow - usualGb).div(gbNow);
  return [{ day, gb: gbNow, usualGb, excess: costNow.times(share).toDecimalPlaces(12) }];
};

const finding = (place: string, jumps: readonly Jump[], { scene, scale }: FindingContext): FindingDraft => {
  let excess = ZERO;
  for (const jump of jumps) excess = excess.plus(jump.excess);
  const [most] = [...jumps].sort((a, b) => b.gb - a.gb || (a.day < b.day ? -1 : 1));
  const bytes = scene.rows.current.filter(
    ({ dimension, account, region }) =>
      dimension !== null &&
      DOWNLOADS.has(dimension) &&
      [account ?? "", region ?? ""].filter((part) => part !== "").join(" ") === place,
  );
  const [row] = bytes;
  const days = jumps.length === 1 ? "On one day" : `On ${jumps.length} days`;
  return {
    code: "image-pulls",
    subject: place,
    effort: "low",
    confidence: "low",
    monthlySaving: excess.times(scale).toDecimalPlaces(12),
    detail:
      `${days} several times the usual traffic came through NAT gateways while the tasks used no more vCPU-hours: on ` +
      `${most?.day ?? ""} ${quantityText(new Decimal(most?.gb ?? 0))} instead of ${quantityText(new Decimal(most?.usualGb ?? 0))} GB, ` +
      `${amountText(excess, { scene })} too much in all. Tasks that fail and start over pull their image each time.`,
    action:
      "Look at the stopped tasks of those days; a gateway endpoint for s3 takes image layers off NAT for nothing.",
    claims: row === undefined ? [] : [{ row, saving: Decimal.min(excess, row.cost), part: true }],
  };
};
