import type { Observer } from "@ecs-cost/core/aws";
import { knownRegion } from "../program/region.ts";
import { usageError } from "../program/usage-error.ts";

type Core = typeof import("@ecs-cost/core/aws");

/** What talks to AWS, opened; the module is loaded with it, so that nothing else has to load it. */
export interface Session {
  readonly core: Core;
  readonly aws: ReturnType<Core["openAws"]>;
}

/** The SDK reads the endpoint of a profile only where the variable names it. */
const loadFor = async (profile: string | undefined): Promise<Core> => {
  if (profile !== undefined) process.env["AWS_PROFILE"] = profile;
  return import("@ecs-cost/core/aws");
};

/** Opens AWS with the credentials of the SDK's chain; nothing is sent yet. */
export const openSession = async (profile: string | undefined, observe: Observer = () => {}): Promise<Session> => {
  const core = await loadFor(profile);
  return { core, aws: core.openAws({ ...(profile === undefined ? {} : { profile }), observe }) };
};

/** The region of the variables, else of the profile; undefined where nothing names one. */
export const homeRegion = async (profile: string | undefined): Promise<string | undefined> => {
  const { configuredRegion } = await loadFor(profile);
  return knownRegion(undefined) ?? (await configuredRegion(profile === undefined ? {} : { profile }));
};

/** The regions that are named, else the one that variables or profile name; throws a usage error without any. */
export const regionsToRead = async (
  named: readonly string[],
  profile: string | undefined,
): Promise<readonly [string, ...string[]]> => {
  const [first = await homeRegion(profile), ...others] = named;
  if (first === undefined) throw usageError("the region is not known", "Give --region, or set AWS_REGION.");
  return [first, ...others];
};
