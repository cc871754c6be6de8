import { usageError } from "./usage-error.ts";

/** The region that counts: that of the inputs, the flag, then the variables that AWS tools read. */
export const regionFor = (flag: string | undefined, ofInputs?: string): string => {
  const region = knownRegion(flag, ofInputs);
  if (region === undefined) {
    throw usageError("the region is not known", "Give --region, or a region in the workload file.");
  }
  return region;
};

/** The same, or undefined where nothing names one. */
export const knownRegion = (flag: string | undefined, ofInputs?: string): string | undefined => {
  const region = ofInputs ?? flag ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"];
  return region === "" ? undefined : region;
};

/** An inventory of one region; where there are several, what the command cannot do. */
export const onlyRegion = <I extends { readonly parts?: readonly unknown[] }>(inventory: I, what: string): I => {
  if (inventory.parts === undefined) return inventory;
  throw usageError(`${what} takes workloads of one region and account`, "Give the inputs of each by themselves.");
};
