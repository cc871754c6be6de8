import { BorderError } from "../../../domain/issues/border-error.ts";
import { boundedFile } from "./bounded-bytes.ts";
import { invalidInput } from "./invalid-input.ts";

const MIB = 1024 * 1024;
/** Largest file that is read. */
const LARGEST_FILE_MIB = 64;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "is a folder",
  ENOTDIR: "a part of its path is not a folder",
  ELOOP: "its symbolic links go round in a circle",
  ENAMETOOLONG: "the name is too long",
};

/** The border failure of a path that cannot be read. */
export const unreadable = (file: string, cause: unknown) => {
  const code = (cause as { readonly code?: unknown } | null)?.code;
  const reason = (typeof code === "string" ? REASONS[code] : undefined) ?? "it cannot be read";
  return invalidInput("unreadable-file", { file }, reason, { cause });
};

const tooLarge = (file: string) =>
  invalidInput("file-too-large", { file }, `has more than ${LARGEST_FILE_MIB} MiB, too much for an input`, {
    hint: "Split it, or give only the services that matter.",
  });

const encodingOf = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return "utf-8";
};

/** Saved plans of Terraform are archives. */
const isArchive = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

const refuseArchive = (file: string): void => {
  throw invalidInput("not-text", { file }, "is a binary file (an archive), not text", {
    hint: "Of a saved Terraform plan, give what `terraform show -json FILE` prints.",
  });
};

/** Text of a file's bytes without its byte order mark; refuses what is no text. */
export const decodeText = (bytes: Uint8Array, file: string): string => {
  if (bytes.length > LARGEST_FILE_MIB * MIB) throw tooLarge(file);
  if (isArchive(bytes) && bytes.includes(0)) refuseArchive(file);
  try {
    const text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
    if (!text.includes("\u0000")) return text;
  } catch (cause) {
    throw invalidInput("not-text", { file }, "is not text in UTF-8", { cause });
  }
  throw invalidInput("not-text", { file }, "is a binary file, not text");
};

/** Text of what `read` gives of at most so many bytes; undefined means that there are more. */
export const textWithin = (file: string, read: (most: number) => Uint8Array | undefined): string => {
  let bytes: Uint8Array | undefined;
  try {
    bytes = read(LARGEST_FILE_MIB * MIB);
  } catch (error) {
    throw error instanceof BorderError ? error : unreadable(file, error);
  }
  if (bytes === undefined) throw tooLarge(file);
  return decodeText(bytes, file);
};

/** Text of a file, pipe or device; the limit holds while it is read. */
export const readText = (path: string, file: string): string => textWithin(file, (most) => boundedFile(path, most));
