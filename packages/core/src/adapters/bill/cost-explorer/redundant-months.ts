import { BorderError } from "../../../domain/issues/border-error.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import { printable } from "../../../schema/problems.ts";
import type { AnswerPeriod } from "./answer.ts";
import type { SavedAnswer } from "./saved-groupings.ts";

const DAY_MS = 86_400_000;

/** Whether a stretch of time is a day or less. */
export const isDays = ({ start, end }: Pick<AnswerPeriod, "start" | "end">): boolean =>
  Date.parse(end) - Date.parse(start) <= DAY_MS;

const daysOf = ({ start, end }: AnswerPeriod): readonly string[] => {
  const [from, to] = [Date.parse(start.slice(0, 10)), Date.parse(end.slice(0, 10))];
  return Array.from({ length: Math.max(1, (to - from) / DAY_MS) }, (_, day) =>
    new Date(from + day * DAY_MS).toISOString().slice(0, 10),
  );
};

const refuse = (file: string, { start, end }: AnswerPeriod): never => {
  throw new BorderError(
    `${printable(file)}: tells ${start} to ${end} as a whole, and another answer a part of it by day`,
    {
      code: "contradicting-bill",
      source: "user",
      hint: "Give the days of the whole time, or the answer by month alone.",
      where: { file },
    },
  );
};

/**
 * Answers about the same groups, without the months that their days tell already.
 *
 * @throws {BorderError} `contradicting-bill` where days tell a part of a month that is given as a whole.
 */
export const withoutRedundantMonths = (
  answers: readonly SavedAnswer[],
): { readonly answers: readonly SavedAnswer[]; readonly issues: readonly Issue[] } => {
  const periods = answers.flatMap(({ answer }) => answer.periods);
  const days = new Set(periods.filter(isDays).flatMap(daysOf));
  const issues: Issue[] = [];
  const kept = answers.map(({ file, answer }): SavedAnswer => {
    const left = answer.periods.filter((period) => {
      const told = isDays(period) ? [] : daysOf(period).filter((day) => days.has(day));
      if (told.length === 0) return true;
      if (told.length < daysOf(period).length) return refuse(file, period);
      const detail = `${period.start} to ${period.end} is told by day in another answer, and counted once`;
      issues.push({ code: "ignored-input", severity: "info", subject: file, detail });
      return false;
    });
    return { file, answer: { ...answer, periods: left } };
  });
  return { answers: kept, issues };
};
