import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { BorderError } from "@ecs-cost/core/estimate";

const LEAST_WRITE = 65_536;

/** Small parts as larger ones, so that a system call is worth it. */
function* coalesce(parts: Iterable<string>): Generator<string> {
  let waiting: string[] = [];
  let length = 0;
  for (const part of parts) {
    waiting.push(part);
    length += part.length;
    if (length < LEAST_WRITE) continue;
    yield waiting.join("");
    waiting = [];
    length = 0;
  }
  if (length > 0) yield waiting.join("");
}

/** Writes a result to stdout, or to `file` where one is named: then wholly or not at all. */
export const writeOut = async (parts: Iterable<string>, file?: string): Promise<void> =>
  file === undefined || file === "-" ? writeToStdout(parts) : writeToFile(parts, file);

/** Ends early, and quietly, where the reader has closed the pipe. */
const writeToStdout = async (parts: Iterable<string>): Promise<void> => {
  const { stdout } = process;
  for (const part of coalesce(parts)) {
    if (stdout.destroyed || stdout.errored !== null) return;
    if (!stdout.write(part)) await drained(stdout);
  }
};

/** Waits until there is room again or the reader has gone, and leaves no listener behind. */
const drained = async (stream: NodeJS.WriteStream): Promise<void> => {
  const over = new AbortController();
  const { signal } = over;
  await Promise.race([once(stream, "drain", { signal }), once(stream, "close", { signal })]).catch(() => {});
  over.abort();
};

const writeToFile = async (parts: Iterable<string>, file: string): Promise<void> => {
  try {
    const target = await realpath(file).catch(() => file);
    const found = await stat(target).catch(() => undefined);
    if (found?.isDirectory() === true) throw outError(file, "is a folder");
    if (found !== undefined && !found.isFile()) return await writeInPlace(parts, target);
    await replace(parts, target, found?.mode);
  } catch (error) {
    throw isSystemError(error) ? outError(file, reasonOf(error), error) : error;
  }
};

/** Devices and pipes cannot be renamed over. */
const writeInPlace = async (parts: Iterable<string>, target: string): Promise<void> => {
  const handle = await open(target, "w");
  await fill(handle, parts);
};

const replace = async (parts: Iterable<string>, target: string, mode = 0o666): Promise<void> => {
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
  try {
    await fill(await open(temporary, "wx", mode), parts);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
};

const fill = async (handle: FileHandle, parts: Iterable<string>): Promise<void> => {
  try {
    for (const part of coalesce(parts)) await handle.appendFile(part);
  } finally {
    await handle.close();
  }
};

const outError = (file: string, detail: string, cause?: unknown): BorderError =>
  new BorderError(`cannot write ${file}: ${detail}`, { code: "unwritable-file", source: "user", cause });

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist",
  ENOTDIR: "a part of its path is not a folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left on the device",
};

/** Of the file system: what goes wrong while the text is made is no matter of the file. */
const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && (error as NodeJS.ErrnoException).syscall !== undefined;

const reasonOf = ({ code, message }: NodeJS.ErrnoException): string => REASONS[code ?? ""] ?? message;
