import * as Flags from "@oclif/core/flags";
import { usageError } from "../program/usage-error.ts";
import { valuesOf } from "./report-flags.ts";

const AWS = "AWS";

/** Whose credentials are used; the same for every command that talks to AWS. */
export const profileFlag = {
  profile: Flags.string({
    env: "ECS_COST_PROFILE",
    helpGroup: AWS,
    helpValue: "NAME",
    summary: "Profile of the AWS configuration files; else AWS_PROFILE and what else the AWS SDK finds.",
  }),
};

/** Several regions, as commands take them that read an account. */
export const regionsFlag = {
  region: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    env: "ECS_COST_REGION",
    helpGroup: AWS,
    helpValue: "REGION,...",
    summary: "Regions to read; a list with commas, or repeated. Else AWS_REGION, AWS_DEFAULT_REGION or the profile's.",
  }),
};

/** Values of a flag that may be repeated and takes lists with commas, each once. */
export const listOf = (value: readonly string[] | string | undefined): readonly string[] => {
  const all = valuesOf(value).flatMap((each) => each.split(","));
  return [...new Set(all.flatMap((each) => (each.trim() === "" ? [] : [each.trim()])))];
};

const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/;

/** The same for regions; refuses what cannot be one before anything is sent. */
export const regionList = (value: readonly string[] | string | undefined): readonly string[] => {
  const regions = listOf(value);
  const odd = regions.find((region) => !REGION.test(region));
  if (odd !== undefined) throw usageError(`--region ${odd}: this is no region`, "For example eu-west-1.");
  return regions;
};
