import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { AccessProbe, AwsSession } from "@ecs-cost/core/aws";
import { isBorderError } from "@ecs-cost/core/estimate";
import { listRegions } from "@ecs-cost/pricing-data";
import { type CommandAccess, commandAccess } from "./command-actions.ts";
import { cacheFolder, dataFolder, pricesFolder } from "./folders.ts";
import { liveBooks, savedRegions } from "./live-books.ts";
import type { Session } from "./session.ts";

const LEAST_NODE = "22.18";
const DAY = 86_400_000;

/** A folder that the program writes to. */
export interface CheckedFolder {
  readonly name: "data" | "cache";
  readonly path: string;
  readonly exists: boolean;
  /** Whether it can be written to, or made. */
  readonly writable: boolean;
}

/** Prices that are there, and how old they are. */
export interface CheckedPrices {
  readonly region: string;
  readonly asOf: string;
  /** Whole days; null where the date is not known. */
  readonly ageDays: number | null;
  /** What is wrong with the book. */
  readonly problem?: string;
}

/** What was found without asking AWS. */
export interface LocalCheck {
  readonly node: { readonly version: string; readonly required: string; readonly ok: boolean };
  readonly snapshot: { readonly regions: number; readonly asOf: string; readonly ageDays: number | null };
  readonly live: readonly CheckedPrices[];
  readonly folders: readonly CheckedFolder[];
}

/** What AWS said. */
export interface AwsCheck extends AwsSession {
  readonly probes: readonly AccessProbe[];
  readonly commands: readonly CommandAccess[];
}

const isAtLeast = (version: string, least: string): boolean => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split(".").map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
};

const ageOf = (asOf: string, now: number): number | null => {
  const time = Date.parse(asOf);
  return Number.isNaN(time) ? null : Math.max(0, Math.floor((now - time) / DAY));
};

const canWrite = (path: string): boolean => {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
};

const nearestThere = (path: string): string =>
  existsSync(path) || dirname(path) === path ? path : nearestThere(dirname(path));

const folderCheck = (name: CheckedFolder["name"], path: string): CheckedFolder => ({
  name,
  path,
  exists: existsSync(path),
  writable: canWrite(nearestThere(path)),
});

const newest = (dates: readonly string[]): string =>
  dates.reduce((latest, date) => (date !== "undated" && date > latest ? date : latest), "") || "undated";

const checkedPrices = async (folder: string, region: string, now: number): Promise<CheckedPrices> => {
  try {
    const [book] = await liveBooks(folder, region);
    const asOf = newest((book?.origins ?? []).map((origin) => origin.asOf));
    return { region, asOf, ageDays: ageOf(asOf, now) };
  } catch (error) {
    if (!isBorderError(error)) throw error;
    return { region, asOf: "undated", ageDays: null, problem: error.message };
  }
};

const livePrices = (folder: string, now: number): Promise<readonly CheckedPrices[]> =>
  Promise.all(savedRegions(folder).map((region) => checkedPrices(folder, region, now)));

/** Looks at the program, its prices and its folders. */
export const checkLocally = async (
  dataDir: string | undefined,
  cacheDir: string | undefined,
  now: number,
): Promise<LocalCheck> => {
  const regions = listRegions();
  const asOf = newest(regions.map((region) => region.newest));
  const { node } = process.versions;
  return {
    node: { version: node, required: LEAST_NODE, ok: isAtLeast(node, LEAST_NODE) },
    snapshot: { regions: regions.length, asOf, ageDays: ageOf(asOf, now) },
    live: await livePrices(pricesFolder(dataDir), now),
    folders: [folderCheck("data", dataFolder(dataDir)), folderCheck("cache", cacheFolder(cacheDir))],
  };
};

/** Scheme and host of an address, without a user or password that stands in it. */
const originOf = (address: string | undefined): string | undefined =>
  address !== undefined && URL.canParse(address) ? new URL(address).origin : undefined;

/** Asks AWS who is asking and what is allowed; without credentials nothing is sent. */
export const checkAws = async ({ core, aws }: Session, region: string): Promise<AwsCheck> => {
  const { credentials } = await core.describeSession(aws, region);
  const probes = credentials.found ? await core.probeAccess(aws, region) : [];
  /** The SDK settles on an endpoint when it first sends something. */
  const settled = await core.describeSession(aws, region);
  const endpoint = settled.endpoint ?? originOf(process.env["AWS_ENDPOINT_URL"]);
  return {
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    credentials,
    probes,
    commands: commandAccess(probes),
  };
};

/** Whether AWS gave nothing at all. */
export const isRefused = ({ probes }: AwsCheck): boolean => probes.every(({ allowed }) => !allowed);

/** Whether everything is as it should be. */
export const isWhole = ({ node, live, folders }: LocalCheck, aws: AwsCheck | undefined): boolean =>
  node.ok &&
  live.every(({ problem }) => problem === undefined) &&
  folders.every(({ writable }) => writable) &&
  (aws === undefined || (aws.credentials.found && aws.probes.every(({ allowed }) => allowed)));
