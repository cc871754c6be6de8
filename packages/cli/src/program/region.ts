import { usageError } from "./usage-error.ts";

/** The region that counts: the flag, the inputs, then the variables that AWS tools read. */
export const regionFor = (flag: string | undefined, ofInputs?: string): string => {
  const region = knownRegion(flag, ofInputs);
  if (region === undefined) {
    throw usageError("the region is not known", "Give --region, or a region in the workload file.");
  }
  return region;
};

/** The same, or undefined where nothing names one. */
export const knownRegion = (flag: string | undefined, ofInputs?: string): string | undefined => {
  const region = flag ?? ofInputs ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"];
  return region === "" ? undefined : region;
};
