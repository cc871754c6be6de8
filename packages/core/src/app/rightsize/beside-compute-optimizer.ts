import { demandOf, hasMetric, type UsageDemand } from "../../domain/demand/demand-window.ts";
import { isoTime } from "../../domain/demand/timestamp.ts";
import { MAX_DAYS } from "../../domain/demand/usage.ts";
import type { Reason } from "../../domain/issues/issue.ts";
import type { BesideComputeOptimizer, SizeOnUnseenDays } from "../../domain/report/compute-optimizer-report.ts";
import { allowedShare, type SizeAdvice } from "../../domain/rightsizing/advise-sizes.ts";
import { backtest } from "../../domain/rightsizing/backtest.ts";
import type { ComputeOptimizerAdvice } from "../../domain/rightsizing/compute-optimizer-advice.ts";
import { projectUtilization } from "../../domain/rightsizing/projection.ts";
import { type AnyStrategy, defineStrategy, demandInPercent } from "../../domain/rightsizing/strategy.ts";
import type { TaskSize } from "../../domain/sizing/fargate-sizes.ts";
import type { RightsizePlan } from "./settings.ts";
import type { RightsizeSubject } from "./subject.ts";

/** What Compute Optimizer recommends for a service beside what we do; undefined where it has nothing of the service. */
export const besideComputeOptimizer = (
  subject: RightsizeSubject,
  size: SizeAdvice,
  plan: RightsizePlan,
  all: readonly ComputeOptimizerAdvice[],
): BesideComputeOptimizer | undefined => {
  const theirs = all.find(({ service }) => service === subject.sizing.id);
  if (theirs === undefined) return undefined;
  const { service: _, ...told } = theirs;
  const { window, sizing } = subject;
  const { current } = sizing;
  const known = window !== undefined && current !== undefined && theirs.recommended !== null;
  return {
    ...told,
    refreshed: theirs.refreshed === null ? null : isoTime(theirs.refreshed),
    projected: known ? projectUtilization(window, current, theirs.recommended ?? current) : null,
    backtest: judgeBoth(subject, theirs.recommended, plan),
    differences: differencesOf(size, theirs, window, plan),
  };
};

/** Both sizes on the newest days: ours made without them, theirs as it is. */
const judgeBoth = (
  { sizing: { id, current, usage, grid }, sizeCost }: RightsizeSubject,
  theirs: TaskSize | null,
  plan: RightsizePlan,
): BesideComputeOptimizer["backtest"] => {
  if (current === undefined || usage === undefined || theirs === null) return null;
  const subject = { id, current, demand: demandOf(usage, MAX_DAYS), grid };
  const strategies = [{ strategy: plan.strategy, settings: plan.values }, { strategy: fixed(theirs) }];
  const [ours, other] = backtest([subject], strategies, {
    cost: sizeCost,
    minPoints: plan.minPoints,
    share: allowedShare(plan.values),
  });
  const [own, their] = [ours?.cases[0], other?.cases[0]];
  const judged = (each: typeof own): SizeOnUnseenDays | null =>
    each === undefined ? null : { size: each.size, shareShortOfCpu: each.shareShortOfCpu, overMemory: each.overMemory };
  return { ours: judged(own), theirs: judged(their) };
};

/** A size that stands whatever the days say. */
const fixed = (size: TaskSize): AnyStrategy =>
  defineStrategy({
    id: "fixed",
    summary: "A size that is given.",
    settings: {},
    needs: [],
    advise: (_, current) =>
      demandInPercent(current, (size.cpu / current.cpu) * 100, (size.memory / current.memory) * 100, []),
  });

const isSame = (a: TaskSize, b: TaskSize): boolean => a.cpu === b.cpu && a.memory === b.memory;

/** Why the two do not recommend the same; nothing where they do. */
const differencesOf = (
  { current, recommended, advice }: SizeAdvice,
  theirs: ComputeOptimizerAdvice,
  window: UsageDemand | undefined,
  plan: RightsizePlan,
): readonly Reason[] => {
  if (theirs.recommended === null) return [NOTHING_RECOMMENDED];
  if (recommended !== null && isSame(recommended, theirs.recommended)) return [];
  const { lookbackDays, refreshed, scaling } = theirs;
  const newest = window?.days.at(-1)?.day;
  const later = newest === undefined || refreshed === null ? 0 : newest - Math.floor(refreshed / 86_400);
  const reasons: (Reason | undefined)[] = [
    advice === "withheld" ? WITHHELD : undefined,
    theirs.current !== null && current !== null && !isSame(theirs.current, current)
      ? {
          code: "other-size-today",
          detail: `It looked at ${sizeText(theirs.current)}, the inputs have ${sizeText(current)}.`,
        }
      : undefined,
    scaling === null || /^none$/i.test(scaling)
      ? undefined
      : { code: "scaling-left-out", detail: `It saw ${scaling} and says nothing on what that scales by.` },
    lookbackDays === null || lookbackDays === plan.lookbackDays
      ? undefined
      : { code: "other-days", detail: `It looked at ${lookbackDays} days, we at up to ${plan.lookbackDays}.` },
    later > 0 ? { code: "newer-metrics", detail: `The metrics go on for ${later} days after it was made.` } : undefined,
    window === undefined || hasMetric(window, "cpuMaximum") || hasMetric(window, "memoryMaximum")
      ? undefined
      : NO_MAXIMA,
    OTHER_RULE,
  ];
  return reasons.filter((reason) => reason !== undefined);
};

const sizeText = ({ cpu, memory }: TaskSize): string => `${cpu} CPU units and ${memory} MiB`;

const NOTHING_RECOMMENDED: Reason = {
  code: "nothing-recommended",
  detail: "It recommends no other size: the service is as it should be, or it has too little of it.",
};
const WITHHELD: Reason = { code: "ours-withheld", detail: "We know too little to advise; it has metrics of its own." };
const NO_MAXIMA: Reason = {
  code: "averages-only",
  detail: "It looks at the highest sample of each minute; the metrics given hold averages, which are lower.",
};
const OTHER_RULE: Reason = {
  code: "other-rule",
  detail: "It takes a high percentile of maxima without headroom; we take the settings that this report echoes.",
};
