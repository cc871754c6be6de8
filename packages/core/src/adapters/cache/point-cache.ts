import { createHash } from "node:crypto";
import {
  chmodSync,
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writevSync,
} from "node:fs";
import { join } from "node:path";
import { BorderError } from "../../domain/issues/border-error.ts";
import { canonical, isCanonical, since } from "./coverage.ts";
import {
  type Covered,
  type DecodedFile,
  decodeCoverage,
  decodeFile,
  encodeSegment,
  MAGIC,
  type Segment,
} from "./records.ts";

/** Points that were read before, by owner (a service). Every method works on the disk at once. */
export interface PointCache {
  /** What is known of an owner: whole records only; one that was being written when the program was killed is left out. */
  covered(owner: string): readonly Covered[];
  append(owner: string, segments: readonly Segment[]): void;
  /** Brings what is kept of an owner to the form that an undisturbed run leaves, and gives it. */
  settle(owner: string): readonly Segment[];
  /**
   * Drops what is older than `oldest` gives for a period, in seconds since 1970: of owners that are settled from now on, and
   * whole files of owners that nobody has added to for long.
   */
  forget(now: number, oldest: (period: number) => number): void;
}

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

const unusable = (folder: string, cause: unknown): BorderError =>
  new BorderError(`${folder}: points cannot be kept here`, {
    code: "unusable-cache",
    source: "user",
    hint: "Name a folder that can be written to, or do without the cache.",
    where: { file: folder },
    cause,
  });

const fileName = (owner: string): string => `${createHash("sha256").update(owner).digest("hex").slice(0, 32)}.points`;

const prepareFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
  chmodSync(folder, OWNER_ONLY_FOLDER);
};

const withFile = <T>(path: string, flags: string, work: (file: number) => T): T => {
  const file = openSync(path, flags, OWNER_ONLY_FILE);
  try {
    return work(file);
  } finally {
    closeSync(file);
  }
};

const writeAll = (file: number, parts: readonly Buffer[]): void => {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (writevSync(file, parts) !== length) throw new Error("the disk took a part only");
};

const recordsOf = (segments: readonly Segment[]): readonly Buffer[] =>
  segments.flatMap((segment) => encodeSegment(segment));

const replaceFile = (path: string, segments: readonly Segment[]): void => {
  const beside = `${path}.${process.pid}.new`;
  try {
    withFile(beside, "w", (file) => writeAll(file, [MAGIC, ...recordsOf(segments)]));
    renameSync(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
};

/** Reads whole files into one buffer that grows to the largest; what it gives is overwritten by the next call. */
const createReader = (): ((file: number) => Buffer) => {
  let scratch = Buffer.alloc(0);
  return (file) => {
    const { size } = fstatSync(file);
    if (scratch.length < size) scratch = Buffer.alloc(Math.ceil(size * 1.25));
    let at = 0;
    for (let read = -1; read !== 0 && at < size; at += read) read = readSync(file, scratch, at, size - at, at);
    return scratch.subarray(0, at);
  };
};

const DAY = 86_400;
/** A file that was added to within these seconds is left as it is. */
const IN_USE = 15 * DAY;
/** What a program that was killed left of a file it was replacing. */
const LEFT_OVER = /\.points\.\d+\.new$/;

const isOlder = (path: string, age: number, now: number): boolean => {
  const file = statSync(path, { throwIfNoEntry: false });
  return file !== undefined && file.mtimeMs / 1000 < now - age;
};

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";

/**
 * A cache of points in a folder of which only the user can read the files. Records are only ever appended, each with
 * its length and checksum, so that a program which is killed at any moment loses at most the one it was writing.
 *
 * @throws {BorderError} `unusable-cache` where the folder cannot be written to.
 */
export const openPointCache = (folder: string): PointCache => {
  /** Owners whose file is known to end with a whole record. */
  const whole = new Set<string>();
  const readFile = createReader();
  const pathOf = (owner: string): string => join(folder, fileName(owner));
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw unusable(folder, error);
    }
  };
  /** What follows the last whole record is cut off, so that the next one can be read. */
  const load = <T>(owner: string, decode: (bytes: Buffer) => DecodedFile<T>): readonly T[] => {
    try {
      const records = withFile(pathOf(owner), "r+", (file) => {
        const bytes = readFile(file);
        const decoded = decode(bytes);
        if (decoded.validBytes < bytes.length) ftruncateSync(file, decoded.validBytes);
        return decoded.records;
      });
      whole.add(owner);
      return records;
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  };
  let oldestKept: (period: number) => number = () => Number.NEGATIVE_INFINITY;
  /** Nothing is read of files that are in use. */
  const isForgotten = (path: string, now: number): boolean => {
    if (!path.endsWith(".points") || !isOlder(path, IN_USE, now)) return false;
    const { records } = withFile(path, "r", (file) => decodeCoverage(readFile(file)));
    return records.every(({ period, to }) => to <= oldestKept(period));
  };
  guarded(() => prepareFolder(folder));
  return {
    covered: (owner) => guarded(() => load(owner, decodeCoverage)),
    append: (owner, segments) =>
      guarded(() => {
        if (!whole.has(owner)) load(owner, decodeCoverage);
        whole.delete(owner);
        withFile(pathOf(owner), "a", (file) => {
          const begin = fstatSync(file).size === 0 ? [MAGIC] : [];
          writeAll(file, [...begin, ...recordsOf(segments)]);
        });
        whole.add(owner);
      }),
    settle: (owner) =>
      guarded(() => {
        const all = load(owner, decodeFile);
        const segments = since(all, oldestKept);
        if (segments === all && isCanonical(segments)) return segments;
        const settled = canonical(segments);
        replaceFile(pathOf(owner), settled);
        return settled;
      }),
    forget: (now, oldest) =>
      guarded(() => {
        oldestKept = oldest;
        for (const path of readdirSync(folder).map((name) => join(folder, name))) {
          const isLeft = LEFT_OVER.test(path) && isOlder(path, DAY, now);
          if (isLeft || isForgotten(path, now)) rmSync(path, { force: true });
        }
      }),
  };
};

/** The same in memory, for a scan that leaves nothing behind. Grows with the points. */
export const memoryPointCache = (): PointCache => {
  const kept = new Map<string, readonly Segment[]>();
  return {
    covered: (owner) => kept.get(owner) ?? [],
    append: (owner, segments) => {
      kept.set(owner, [...(kept.get(owner) ?? []), ...segments]);
    },
    settle: (owner) => {
      const settled = canonical(kept.get(owner) ?? []);
      kept.set(owner, settled);
      return settled;
    },
    forget: () => undefined,
  };
};
