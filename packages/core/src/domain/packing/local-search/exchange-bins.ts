import { type Exchange, type Improvement, type StateBin, slackOf } from "./fleet-state.ts";

/** Instances of which the one with most slack is drawn. */
const DRAWS = 3;

const drawBin = (bins: readonly StateBin[], random: () => number, draws: number): number => {
  let best = Math.floor(random() * bins.length);
  for (let i = 1; i < draws; i++) {
    const other = Math.floor(random() * bins.length);
    if ((bins[other] as StateBin).slack > (bins[best] as StateBin).slack) best = other;
  }
  return best;
};

/** Different positions, the first few by slack. */
export const drawBins = (bins: readonly StateBin[], wanted: number, random: () => number): readonly number[] => {
  const drawn: number[] = [];
  for (let tries = 0; drawn.length < Math.min(wanted, bins.length) && tries < wanted * 4; tries++) {
    const b = drawBin(bins, random, drawn.length === 0 ? DRAWS : random() < 0.5 ? DRAWS : 1);
    if (!drawn.includes(b)) drawn.push(b);
  }
  return drawn;
};

/** Replaces instances of a zone. */
export const replaceBins = (
  base: Improvement,
  bins: StateBin[],
  positions: readonly number[],
  added: Exchange["added"],
): void => {
  for (const b of [...positions].sort((x, y) => y - x)) {
    const last = bins.pop() as StateBin;
    if (b < bins.length) bins[b] = last;
  }
  for (const bin of added) bins.push({ ...bin, slack: slackOf(base, bin) });
};
