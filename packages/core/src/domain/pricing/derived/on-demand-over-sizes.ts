import { Decimal } from "../../units/decimal.ts";
import type { RegionBook } from "../book.ts";
import type { InstanceType } from "../price.ts";
import type { DerivationSettings, Rated } from "./rated.ts";
import { combinedRate } from "./rated.ts";
import { isUsedByDefault, ruleAssumption } from "./rule.ts";

const RULE = "on-demand-over-sizes";

/** Sizes whose price may differ by their rounding and still count as proportional. */
const SAME_PER_VCPU = "0.002";

/** Series with accelerators, a part of one included. */
const ACCELERATED = /^(?:dl|f|g|gr|inf|p|trn|vt)\d/;

/** A type whose price follows its vCPUs: no accelerators beside them, no whole machine. */
const isPlain = ({ family, gpuCount, bareMetal, burstable }: InstanceType): boolean =>
  gpuCount === 0 && !bareMetal && !burstable && !ACCELERATED.test(family);

/** The on-demand rate of a size that the book lacks, from at least two sizes of its family that agree. */
export const onDemandOverSizes = (
  book: RegionBook,
  name: string,
  { estimateMissing, family }: DerivationSettings,
): Rated | undefined => {
  if (!estimateMissing && !isUsedByDefault(RULE)) return undefined;
  const types = family(name);
  const wanted = types.find((type) => type.name === name);
  if (wanted === undefined || !isPlain(wanted)) return undefined;
  const known = types.flatMap((type) => {
    const row = Object.hasOwn(book.ec2.onDemand, type.name) ? book.ec2.onDemand[type.name] : undefined;
    const origin = row === undefined ? undefined : book.origins[row[1]];
    const alike = isPlain(type) && type.memoryMiB * wanted.vcpu === wanted.memoryMiB * type.vcpu;
    if (row === undefined || origin === undefined || !alike) return [];
    return [
      {
        vcpu: type.vcpu,
        perVcpu: new Decimal(row[0]).div(type.vcpu),
        rated: { rate: row[0], ...origin, assumptions: [] },
      },
    ];
  });
  if (known.length < 2 || !agree(known.map(({ perVcpu }) => perVcpu))) return undefined;
  // The largest size has the most digits for each vCPU.
  const largest = known.reduce((a, b) => (b.vcpu > a.vcpu ? b : a));
  return combinedRate(largest.perVcpu.times(wanted.vcpu), [largest.rated], ruleAssumption(RULE));
};

const agree = (rates: readonly Decimal[]): boolean => {
  const least = Decimal.min(...rates);
  return (
    !least.isZero() &&
    Decimal.max(...rates)
      .div(least)
      .minus(1)
      .lessThanOrEqualTo(SAME_PER_VCPU)
  );
};
