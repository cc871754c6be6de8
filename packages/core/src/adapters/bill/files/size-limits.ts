import { BorderError } from "../../../domain/issues/border-error.ts";
import { printable } from "../../../schema/problems.ts";

/** How much is read of a file that grows as it is read; bytes. */
export interface SizeLimits {
  /** Of all that a compressed part unpacks to. */
  readonly unpacked: number;
  /** Of one line of text. */
  readonly line: number;
}

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

export const SIZE_LIMITS: SizeLimits = { unpacked: 64 * GIB, line: 16 * MIB };

/** A part that unpacks to more than the limit. */
export const tooLarge = (path: string, { unpacked }: SizeLimits): BorderError =>
  new BorderError(`${printable(path)}: unpacks to more than ${(unpacked / GIB).toFixed(0)} GiB`, {
    code: "bill-too-large",
    source: "user",
    hint: "--max-bill-gib raises the limit, if this is a bill.",
    where: { file: path },
  });

/** A part with a line that is longer than the limit. */
export const lineTooLong = (path: string, { line }: SizeLimits): BorderError =>
  new BorderError(`${printable(path)}: line too long: one is longer than ${(line / MIB).toFixed(0)} MiB`, {
    code: "bill-too-large",
    source: "user",
    hint: "--max-line-mib raises the limit, if this is a bill.",
    where: { file: path },
  });
