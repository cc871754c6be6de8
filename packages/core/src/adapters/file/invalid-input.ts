import { BorderError, type Problem, placeText } from "../../domain/issues/border-error.ts";
import { printable } from "../../schema/problems.ts";

const MOST_PROBLEMS = 20;

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

/** A file that cannot be taken, for each of the reasons given: one line each, 20 at most. */
export const invalidDocument = (file: string, problems: readonly Problem[], hint?: string): BorderError => {
  const ordered = [...problems].sort((a, b) => (a.where.line ?? 0) - (b.where.line ?? 0));
  const lines = ordered.slice(0, MOST_PROBLEMS).map(line);
  const left = ordered.length - lines.length;
  const first = ordered[0];
  const message =
    ordered.length === 1
      ? (lines[0] ?? file)
      : [`${printable(file)}: ${ordered.length} problems`, ...lines, ...(left > 0 ? [`and ${left} more`] : [])].join(
          "\n",
        );
  return new BorderError(message, {
    code: "invalid-input",
    source: "user",
    ...(first === undefined ? {} : { where: first.where }),
    ...(hint === undefined ? {} : { hint }),
    problems: ordered,
  });
};
