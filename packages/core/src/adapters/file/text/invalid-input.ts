import { BorderError, type Problem, placeText } from "../../../domain/issues/border-error.ts";
import { printable } from "../../../schema/problems.ts";

/** Problems of one file that are reported; finding the line of each takes time. */
export const MOST_PROBLEMS = 20;

const line = ({ where, detail }: Problem): string => `${printable(placeText(where))}: ${detail}`;

/** A file that cannot be taken, for one reason. */
export const invalidInput = (
  code: string,
  where: Problem["where"],
  detail: string,
  more: { readonly hint?: string; readonly cause?: unknown } = {},
): BorderError =>
  new BorderError(line({ where, detail }), {
    code,
    source: "user",
    where,
    problems: [{ where, detail }],
    ...more,
  });

/** A file that cannot be taken, for each of the reasons given, a line each; `more` of them are not given. */
export const invalidDocument = (file: string, problems: readonly Problem[], more = 0): BorderError => {
  const ordered = [...problems].sort((a, b) => (a.where.line ?? 0) - (b.where.line ?? 0));
  const lines = ordered.map(line);
  const [first] = ordered;
  const message =
    lines.length === 1 && more === 0
      ? (lines[0] ?? file)
      : [
          `${printable(file)}: ${lines.length + more} problems`,
          ...lines,
          ...(more > 0 ? [`and ${more} more`] : []),
        ].join("\n");
  return new BorderError(message, {
    code: "invalid-input",
    source: "user",
    ...(first === undefined ? {} : { where: first.where }),
    problems: ordered,
  });
};
