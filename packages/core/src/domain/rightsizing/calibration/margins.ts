import { type Calibration, countFrom } from "./pool.ts";

/** A case of the service itself counts as much as this many of others. */
export const OWN_WEIGHT = 5;
/**
 * Cases of a typical service that stand in where little is known: so many, of which a share falls short of the factor k as
 * priorCpu(k) and of the ratio m as priorMemory(m).
 */
export const PRIOR_CPU_CASES = 10;
export const PRIOR_MEMORY_CASES = 20;

export const priorCpu = (factor: number): number =>
  factor < 1 ? 1 - 0.55 * Math.exp(6 * (factor - 1)) : 0.45 * Math.exp((1 - factor) / 0.12);
export const priorMemory = (ratio: number): number => 0.25 * Math.exp(-Math.max(0, ratio) / 0.06);

/** Origins rest on half of the days and fall short more often than all of them: they may, by this factor. */
const SHORTER_PAST = 1.2;
/** Least part of the risk that is left for what a margin can help, where much of it no margin could. */
const AVOIDABLE = 0.25;
const LEAST_FACTOR = 1;
const MOST_FACTOR = 5;
const FACTOR_STEPS = 400;

const factorAt = (step: number): number => LEAST_FACTOR * (MOST_FACTOR / LEAST_FACTOR) ** (step / FACTOR_STEPS);

/**
 * Smallest factor of the CPU level at which the past would have fallen short in no more than `risk` (0 to 1) of its cases,
 * apart from those that even the highest value ever seen did not hold.
 */
export const cpuFactor = ({ pool, own }: Calibration, risk: number): number => {
  const cases = pool.cpuFactors.length;
  const hopeless = countFrom(pool.cpuFactors, Number.POSITIVE_INFINITY);
  const ownHelped = own.cpu.filter(({ factor }) => factor < Number.POSITIVE_INFINITY);
  const weight = cases + PRIOR_CPU_CASES + OWN_WEIGHT * ownHelped.length;
  const allowed = risk * SHORTER_PAST;
  const target = Math.max(allowed, hopeless / (cases + PRIOR_CPU_CASES) + allowed * AVOIDABLE);
  const share = (factor: number): number =>
    (countFrom(pool.cpuFactors, factor) +
      PRIOR_CPU_CASES * priorCpu(factor) +
      OWN_WEIGHT * ownHelped.filter((each) => each.factor >= factor).length) /
    weight;
  return factorAt(firstStep(FACTOR_STEPS, (step) => share(factorAt(step)) <= target));
};

const RATIO_STEP = 0.005;
/** Memory that grows by more than this share beyond all that was ever seen is not held by a margin. */
export const MOST_MEMORY_RATIO = 0.25;

/** Smallest ratio by which memory must pass its highest value so that it is outgrown in a month by at most `risk`. */
export const memoryRatio = (calibration: Calibration, risk: number): number => {
  const { pool, own } = calibration;
  const weight = pool.memoryRatios.length + PRIOR_MEMORY_CASES + OWN_WEIGHT * own.memory.length;
  const month = toMonth(calibration);
  const share = (ratio: number): number =>
    (countFrom(pool.memoryRatios, ratio + 1e-9, true) +
      PRIOR_MEMORY_CASES * priorMemory(ratio) +
      OWN_WEIGHT * own.memory.filter((each) => each.ratio > ratio + 1e-9).length) /
    weight;
  const steps = Math.round(MOST_MEMORY_RATIO / RATIO_STEP);
  return RATIO_STEP * firstStep(steps, (step) => share(step * RATIO_STEP) * month <= risk);
};

const PRIOR_TO_MONTH = 2;

/** What turns the chance of the days judged into that of a month, on average over the cases. */
export const toMonth = ({ pool, own }: Calibration): number => {
  const cases = own.memory.length > 0 ? own.memory : pool.memory;
  return cases.length === 0 ? PRIOR_TO_MONTH : cases.reduce((sum, each) => sum + each.toMonth, 0) / cases.length;
};

/** First of the steps 0 to `last` from which on the condition holds; `last` where it never does. */
const firstStep = (last: number, holds: (step: number) => boolean): number => {
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};
