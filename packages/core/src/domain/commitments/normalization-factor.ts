/** Factors of the sizes that are not a multiple of `xlarge`. */
const SMALL_SIZES: ReadonlyMap<string, string> = new Map([
  ["nano", "0.25"],
  ["micro", "0.5"],
  ["small", "1"],
  ["medium", "2"],
  ["large", "4"],
  ["xlarge", "8"],
]);

const UNITS_PER_XLARGE = 8;
const MULTIPLE = /^(?<count>[1-9]\d*)xlarge$/;

/** `r5.4xlarge` -> `r5`. */
export const familyOf = (instanceType: string): string => instanceType.slice(0, instanceType.indexOf("."));

/**
 * How much of a size-flexible reservation an instance takes, as a decimal string; undefined for sizes that have no factor
 * of their own, such as `metal`.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/apply_ri.html checked 2026-11-20
 *
 * @example normalizationFactor("r5.4xlarge") //=> "32"
 */
export const normalizationFactor = (instanceType: string): string | undefined => {
  const size = instanceType.slice(instanceType.indexOf(".") + 1);
  const count = MULTIPLE.exec(size)?.groups?.["count"];
  return count === undefined ? SMALL_SIZES.get(size) : String(Number(count) * UNITS_PER_XLARGE);
};
