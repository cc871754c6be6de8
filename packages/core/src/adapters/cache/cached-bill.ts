import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BorderError } from "../../domain/issues/border-error.ts";
import type { Issue } from "../../domain/issues/issue.ts";
import type { BillReading, BillRequest, BillSource } from "../../ports/bill-source.ts";

export interface BillCacheOptions {
  /** Where the readings are kept; made where it is missing, readable by the user alone. */
  readonly folder: string;
  /** What is read, for example `cost-explorer` or `athena://DATABASE.TABLE`, with every setting that changes the answer. */
  readonly source: string;
  /** Whose bill it is: an account or a profile, never a key; only a hash of it is kept. Without one nothing is kept. */
  readonly identity: string;
  /** Milliseconds since 1970; default the machine's clock. */
  readonly now?: () => number;
}

/** A reading as it is kept: a line of its own for what it is, then the reading. */
interface KeptHead {
  readonly format: typeof FORMAT;
  /** ISO timestamp. */
  readonly savedAt: string;
  readonly checksum: string;
}

const FORMAT = "ecs-cost bill 1";
const HOUR_MS = 3_600_000;
/** Cost Explorer and exports are renewed at least once a day. */
const FRESH_MS = 24 * HOUR_MS;
/** AWS closes a month within the first days of the next one. */
const CLOSING_MS = 10 * 24 * HOUR_MS;

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

const fileOf = ({ folder, source, identity }: BillCacheOptions, request: BillRequest): string => {
  const key = JSON.stringify([source, identity, request.from, request.to, [...request.tagKeys].sort()]);
  return join(folder, `${hashOf(key).slice(0, 32)}.bill`);
};

const unusable = (folder: string, cause: unknown): BorderError =>
  new BorderError(`${folder}: the bill cannot be kept here`, {
    code: "unusable-cache",
    source: "user",
    hint: "Name a folder that can be written to, or do without the cache.",
    where: { file: folder },
    cause,
  });

const prepare = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  } catch (cause) {
    throw unusable(folder, cause);
  }
};

/** What was kept, `"missing"`, or `"damaged"` where the file is not what was written. */
type Kept = { readonly savedAt: number; readonly reading: BillReading } | "missing" | "damaged";

const isHead = (value: unknown): value is KeptHead => {
  const head = (value ?? {}) as Partial<Record<keyof KeptHead, unknown>>;
  return head.format === FORMAT && typeof head.savedAt === "string" && !Number.isNaN(Date.parse(head.savedAt));
};

const decode = (text: string): Kept => {
  const [first = "", body = ""] = text.split("\n", 2);
  const head: unknown = JSON.parse(first);
  if (!isHead(head) || head.checksum !== hashOf(body)) return "damaged";
  return { savedAt: Date.parse(head.savedAt), reading: JSON.parse(body) as BillReading };
};

const load = (file: string): Kept => {
  try {
    return decode(readFileSync(file, "utf8"));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? "missing" : "damaged";
  }
};

/** Beside the old file first: a reader finds the old reading or the new one, whole. */
const save = (file: string, reading: BillReading, now: number): void => {
  const body = JSON.stringify(reading);
  const head: KeptHead = { format: FORMAT, savedAt: new Date(now).toISOString(), checksum: hashOf(body) };
  const beside = `${file}.${process.pid}.new`;
  try {
    writeFileSync(beside, `${JSON.stringify(head)}\n${body}\n`, { mode: 0o600 });
    renameSync(beside, file);
  } finally {
    rmSync(beside, { force: true });
  }
};

/** A closed month does not change any more; anything else is good for a day. */
const isGood = (savedAt: number, request: BillRequest, now: number): boolean =>
  savedAt >= Date.parse(request.to) + CLOSING_MS || (now >= savedAt && now - savedAt < FRESH_MS);

const fromCache = (reading: BillReading, savedAt: number): BillReading => ({
  ...reading,
  readingCost: { usd: "0", detail: `kept from ${new Date(savedAt).toISOString()}; nothing was asked` },
});

const note = (file: string, detail: string): Issue => ({
  code: "ignored-input",
  severity: "info",
  subject: file,
  detail,
});

/** The bill of nobody in particular could be given to somebody else. */
const unkept = (reading: BillReading, folder: string): BillReading => ({
  ...reading,
  issues: [...reading.issues, note(folder, "the bill is not kept, for it is not known whose it is; name a profile")],
});

const readAnew = async (
  source: BillSource,
  file: string,
  request: BillRequest,
  now: () => number,
  notes: readonly Issue[],
): Promise<BillReading> => {
  const reading = await source.read(request);
  try {
    save(file, reading, now());
    return { ...reading, issues: [...reading.issues, ...notes] };
  } catch {
    const unsaved = note(file, "the bill that was read could not be kept; it will be asked for again");
    return { ...reading, issues: [...reading.issues, ...notes, unsaved] };
  }
};

/**
 * A bill that is asked for once: a closed month is kept, any other for a day. A damaged file is ignored, with an issue.
 *
 * @throws {BorderError} `unusable-cache` where the folder cannot be used, before anything is asked.
 */
export const cachedBill = (source: BillSource, options: BillCacheOptions): BillSource => {
  const now = options.now ?? Date.now;
  return {
    read: async (request) => {
      if (options.identity === "") return unkept(await source.read(request), options.folder);
      prepare(options.folder);
      const file = fileOf(options, request);
      const kept = load(file);
      if (kept === "missing") return readAnew(source, file, request, now, []);
      if (kept === "damaged") {
        return readAnew(source, file, request, now, [note(file, "the kept bill is damaged; it was asked for again")]);
      }
      return isGood(kept.savedAt, request, now())
        ? fromCache(kept.reading, kept.savedAt)
        : readAnew(source, file, request, now, []);
    },
  };
};

/** Whether a reading is kept that is still good, so that nothing would be asked. */
export const hasCachedBill = (options: BillCacheOptions, request: BillRequest): boolean => {
  const kept = options.identity === "" ? "missing" : load(fileOf(options, request));
  return typeof kept === "object" && isGood(kept.savedAt, request, (options.now ?? Date.now)());
};
