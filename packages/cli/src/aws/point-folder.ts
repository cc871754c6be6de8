import { createHash } from "node:crypto";
import { join } from "node:path";
import { cacheFolder } from "./folders.ts";
import type { Session } from "./session.ts";

const BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const ACCOUNT_DIGITS = 12;

/**
 * The account that an access key id belongs to, which is written in its fifth to fourteenth letter. Keys of before
 * 2019 give a number of their own, so that keys of two accounts never give the same one.
 */
const accountOfKey = (accessKeyId: string): string => {
  const letters = [...accessKeyId.slice(4, 14).padEnd(10, "A")];
  const bits = letters.reduce((sum, letter) => sum * 32n + BigInt(Math.max(0, BASE_32.indexOf(letter))), 0n);
  return String((bits >> 9n) & 0xffffffffffn).padStart(ACCOUNT_DIGITS, "0");
};

/** Another endpoint is another account, whatever the credentials say. */
const endpointSuffix = (endpoint: string | undefined): string =>
  endpoint === undefined ? "" : `-${createHash("sha256").update(endpoint).digest("hex").slice(0, 8)}`;

/** The account in use, told apart by the endpoint of a service too, without asking AWS; undefined without credentials. */
export const accountInUse = async (
  { core, aws }: Session,
  region: string,
  service: Parameters<Session["core"]["customEndpoint"]>[1],
): Promise<string | undefined> => {
  const { credentials } = await core.describeSession(aws, region);
  if (!credentials.found) return undefined;
  const { config } = await aws.clients.ecs(region);
  const account = credentials.account ?? accountOfKey((await config.credentials()).accessKeyId);
  return `${account}${endpointSuffix(await core.customEndpoint(aws, service, region))}`;
};

/** The folder of the points of the account in use and the region; undefined where there are no credentials. */
export const pointFolder = async (session: Session, region: string, flag?: string): Promise<string | undefined> => {
  const account = await accountInUse(session, region, "cloudwatch");
  return account === undefined ? undefined : join(cacheFolder(flag), "points", account, region);
};
