import { createHash } from "node:crypto";
import { createReadStream, existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { BorderError } from "../../../domain/issues/border-error.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import { printable } from "../../../schema/problems.ts";
import type { BillFile } from "./list-bill-files.ts";

/** Parts without those that are there twice, and what was left out. */
export interface UniqueParts {
  readonly files: readonly BillFile[];
  readonly issues: readonly Issue[];
}

const hashOf = async ({ realPath }: BillFile): Promise<string> => {
  const hash = createHash("sha256");
  await pipeline(createReadStream(realPath, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
};

const leftOut = (subject: string, detail: string): Issue => ({
  code: "duplicate-bill",
  severity: "info",
  subject,
  detail,
});

const groupBy = <T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
};

/** Leaves out files with the same bytes as one before them. */
export const withoutCopies = async (files: readonly BillFile[]): Promise<UniqueParts> => {
  const copies = new Map<BillFile, BillFile>();
  for (const alike of groupBy(files, ({ bytes }) => String(bytes)).values()) {
    if (alike.length < 2) continue;
    const first = new Map<string, BillFile>();
    for (const file of alike) {
      const hash = await hashOf(file);
      const before = first.get(hash);
      if (before === undefined) first.set(hash, file);
      else copies.set(file, before);
    }
  }
  return {
    files: files.filter((file) => !copies.has(file)),
    issues: [...copies].map(([file, before]) =>
      leftOut(file.path, `has the same content as ${before.path}; its lines are counted once`),
    ),
  };
};

/** A folder of one delivery: it begins with a time, or is an id. */
const TIMED = /^\d{4}-?\d\d-?\d\dT\d\d/;
const ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$|^[0-9a-f]{32,64}$/i;

/** The folder of a month and the delivery in it; null where deliveries have no folders of their own. */
const deliveryOf = ({ realPath }: BillFile): { readonly month: string; readonly delivery: string } | null => {
  const folder = dirname(realPath);
  const delivery = basename(folder);
  return TIMED.test(delivery) || ID.test(delivery) ? { month: dirname(folder), delivery } : null;
};

/** The delivery that the manifest of a month names. */
const statedDelivery = (month: string): string | undefined => {
  if (!existsSync(month)) return undefined;
  const manifest = readdirSync(month).find((name) => /manifest\.json$/i.test(name));
  if (manifest === undefined) return undefined;
  try {
    const { assemblyId } = JSON.parse(readFileSync(join(month, manifest), "utf8")) as { readonly assemblyId?: unknown };
    return typeof assemblyId === "string" ? assemblyId : undefined;
  } catch {
    return undefined;
  }
};

const newest = (month: string, deliveries: readonly string[]): string => {
  const stated = statedDelivery(month);
  if (stated !== undefined && deliveries.includes(stated)) return stated;
  const last = [...deliveries].sort().at(-1);
  if (last !== undefined && deliveries.every((delivery) => TIMED.test(delivery))) return last;
  const list = deliveries.map((delivery) => printable(join(month, delivery))).join(", ");
  throw new BorderError(`${printable(month)}: the bill is there in several versions: ${list}`, {
    code: "duplicate-bill",
    source: "user",
    hint: "Give the folder of one version, or keep the manifest of the month, which names the one that counts.",
  });
};

/**
 * Keeps the last delivery of each month where a report keeps every version of itself.
 *
 * @throws {BorderError} `duplicate-bill` where it cannot be told which is the last.
 */
export const lastDeliveries = (files: readonly BillFile[]): UniqueParts => {
  const placed = files.map((file) => ({ file, place: deliveryOf(file) }));
  const old = new Set<BillFile>();
  const issues: Issue[] = [];
  const inDeliveries = placed.flatMap(({ file, place }) => (place === null ? [] : [{ file, ...place }]));
  for (const [month, parts] of groupBy(inDeliveries, (part) => part.month)) {
    const deliveries = [...groupBy(parts, ({ delivery }) => delivery).keys()];
    if (deliveries.length < 2) continue;
    const kept = newest(month, deliveries);
    for (const { file, delivery } of parts) if (delivery !== kept) old.add(file);
    issues.push(leftOut(month, `holds ${deliveries.length} versions of the bill; only ${kept} is counted`));
  }
  return { files: files.filter((file) => !old.has(file)), issues };
};
