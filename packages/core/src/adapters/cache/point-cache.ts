import { createHash } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { BorderError } from "../../domain/issues/border-error.ts";
import { canonical, isCanonical } from "./coverage.ts";
import { decodeFile, encodeSegment, MAGIC, type Segment } from "./records.ts";

/** Points that were read before, by owner (a service). Every method works on the disk at once. */
export interface PointCache {
  /** Everything that is whole on the disk; a record that was being written when the program was killed is left out. */
  read(owner: string): readonly Segment[];
  append(owner: string, segments: readonly Segment[]): void;
  /** Brings what is kept of an owner to the form that an undisturbed run leaves, and gives it. */
  settle(owner: string): readonly Segment[];
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

const replaceFile = (path: string, bytes: Buffer): void => {
  const beside = `${path}.${process.pid}.new`;
  try {
    writeFileSync(beside, bytes, { mode: OWNER_ONLY_FILE });
    renameSync(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
};

const canonicalBytes = (segments: readonly Segment[]): Buffer => Buffer.concat([MAGIC, ...segments.map(encodeSegment)]);

/**
 * A cache of points in a folder of which only the user can read the files. Records are only ever appended, each with
 * its length and checksum, so that a program which is killed at any moment loses at most the one it was writing.
 *
 * @throws {BorderError} `unusable-cache` where the folder cannot be written to.
 */
export const openPointCache = (folder: string): PointCache => {
  /** Owners whose file is known to end with a whole record. */
  const whole = new Set<string>();
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw unusable(folder, error);
    }
  };
  const load = (owner: string): readonly Segment[] => {
    const path = join(folder, fileName(owner));
    if (!existsSync(path)) return [];
    const bytes = readFileSync(path);
    const { segments, validBytes } = decodeFile(bytes);
    if (validBytes === 0) rmSync(path);
    else if (validBytes < bytes.length) truncateSync(path, validBytes);
    whole.add(owner);
    return segments;
  };
  guarded(() => prepareFolder(folder));
  return {
    read: (owner) => guarded(() => load(owner)),
    append: (owner, segments) =>
      guarded(() => {
        if (!whole.has(owner)) load(owner);
        const path = join(folder, fileName(owner));
        const records = segments.map(encodeSegment);
        const bytes = Buffer.concat(existsSync(path) ? records : [MAGIC, ...records]);
        appendFileSync(path, bytes, { mode: OWNER_ONLY_FILE });
        whole.add(owner);
      }),
    settle: (owner) =>
      guarded(() => {
        const segments = load(owner);
        if (isCanonical(segments)) return segments;
        const settled = canonical(segments);
        replaceFile(join(folder, fileName(owner)), canonicalBytes(settled));
        return settled;
      }),
  };
};

/** The same in memory, for a scan that leaves nothing behind. Grows with the points. */
export const memoryPointCache = (): PointCache => {
  const kept = new Map<string, readonly Segment[]>();
  return {
    read: (owner) => kept.get(owner) ?? [],
    append: (owner, segments) => {
      kept.set(owner, [...(kept.get(owner) ?? []), ...segments]);
    },
    settle: (owner) => {
      const settled = canonical(kept.get(owner) ?? []);
      kept.set(owner, settled);
      return settled;
    },
  };
};
