import { BorderError } from "../../../domain/issues/border-error.ts";
import type { Issue } from "../../../domain/issues/issue.ts";
import { sum } from "../../../domain/units/decimal.ts";
import { printable } from "../../../schema/problems.ts";
import type { AnswerMetrics, AnswerPeriod, CostAnswer } from "./answer.ts";
import type { Dimension, GroupedAmount, Grouping } from "./grouping.ts";
import { withGuessedGrouping } from "./guessed-grouping.ts";
import { isDays, withoutRedundantMonths } from "./redundant-months.ts";

/** An answer with the file that it is from. */
export interface SavedAnswer {
  readonly file: string;
  readonly answer: CostAnswer;
}

/** What files say together, by what it is grouped by. */
export interface SavedGroupings {
  readonly groupings: readonly Grouping[];
  readonly isMonthly: boolean;
  readonly currency: string;
  readonly metrics: AnswerMetrics;
  /** ISO dates: first day, and the day after the last one. */
  readonly from: string;
  readonly to: string;
  readonly estimatedFrom: string | undefined;
  readonly issues: readonly Issue[];
}

const KNOWN = new Set(["SERVICE", "USAGE_TYPE", "RECORD_TYPE", "LINKED_ACCOUNT", "OPERATION"]);

const isDimension = (name: string): name is Dimension => KNOWN.has(name) || name.startsWith("TAG:");

const ignored = (file: string, detail: string): Issue => ({
  code: "ignored-input",
  severity: "warning",
  subject: file,
  detail,
});

const unusable = ({ file, answer }: SavedAnswer): Issue | undefined => {
  const { dimensions } = answer;
  if (dimensions === null || dimensions.length === 0) {
    return ignored(file, "an answer that is not grouped tells nothing that a review needs");
  }
  const other = dimensions.find((name) => !isDimension(name));
  return other === undefined ? undefined : ignored(file, `groups by ${other} are not used in a review`);
};

const keyOf = ({ answer }: SavedAnswer): string => JSON.stringify([...(answer.dimensions ?? [])].sort());

const startOf = (start: string, isMonthly: boolean): string =>
  isMonthly ? `${start.slice(0, 7)}-01` : start.slice(0, 10);

const equalAmounts = (a: GroupedAmount, b: GroupedAmount): boolean =>
  a.cost.eq(b.cost) && a.effectiveCost.eq(b.effectiveCost) && a.quantity.eq(b.quantity) && a.unit === b.unit;

/** The amount of each group of each time; one that stands in two documents must be the same in both. */
const onceEach = (answers: readonly SavedAnswer[], dimensions: readonly string[]): readonly GroupedAmount[] => {
  const found = new Map<string, GroupedAmount>();
  for (const { file, answer } of answers) {
    const order = dimensions.map((name) => answer.dimensions?.indexOf(name) ?? 0);
    for (const amount of answer.periods.flatMap((period) => period.amounts)) {
      const keys = order.map((at) => amount.keys[at] ?? "");
      const key = JSON.stringify([amount.start, ...keys]);
      const known = found.get(key);
      if (known !== undefined && !equalAmounts(known, amount)) {
        throw new BorderError(
          `${printable(file)}: gives ${printable(keys.join(", "))} on ${amount.start} another amount than before`,
          {
            code: "contradicting-bill",
            source: "user",
            hint: "Give the answers about one account or organization, without filters, and each only once.",
            where: { file },
          },
        );
      }
      found.set(key, { ...amount, keys });
    }
  }
  return [...found.values()];
};

/** Amounts of the same group over a day or month, added up. */
const perStart = (amounts: readonly GroupedAmount[], isMonthly: boolean): readonly GroupedAmount[] =>
  [
    ...Map.groupBy(amounts, ({ start, keys, unit }) =>
      JSON.stringify([startOf(start, isMonthly), unit, ...keys]),
    ).values(),
  ].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const total = (name: "cost" | "effectiveCost" | "quantity") => sum(alike.map((each) => each[name]));
    const start = startOf(first.start, isMonthly);
    return [
      { ...first, start, cost: total("cost"), effectiveCost: total("effectiveCost"), quantity: total("quantity") },
    ];
  });

/** Of the pages of an answer the last one names no further page. */
const pageIssues = (answers: readonly SavedAnswer[]): readonly Issue[] => {
  const last = answers.at(-1);
  if (last === undefined || answers.some(({ answer }) => answer.next === undefined)) return [];
  const by = (last.answer.dimensions ?? []).join(" and ");
  return [
    {
      code: "bill-detail",
      severity: "warning",
      subject: last.file,
      detail: `pages of the groups by ${by} are missing: run the command again with --next-page-token and append what it prints`,
    },
  ];
};

const currencyOf = (answers: readonly SavedAnswer[]): string => {
  const currencies = [...new Set(answers.flatMap(({ answer }) => answer.currencies))].sort();
  if (currencies.length < 2) return currencies[0] ?? "USD";
  throw new BorderError(`the amounts are in ${currencies.map(printable).join(" and ")}`, {
    code: "several-currencies",
    source: "user",
    hint: "Give answers in one currency.",
  });
};

const metricsOf = (answers: readonly SavedAnswer[]): AnswerMetrics => {
  const all = answers.flatMap(({ answer }) => answer.metrics ?? []);
  return {
    unblended: all.every(({ unblended }) => unblended),
    amortized: all.every(({ amortized }) => amortized),
    quantity: all.every(({ quantity }) => quantity),
  };
};

/** The end of the last time that something is told of: days to come are in an answer too, estimated and empty. */
const endOf = (periods: readonly AnswerPeriod[]): string => {
  const told = periods.filter(({ estimated, amounts }) => !estimated || amounts.length > 0);
  const ends = (told.length === 0 ? periods : told).map(({ end }) => end.slice(0, 10)).sort();
  return ends.at(-1) ?? "";
};

/** Puts answers together: pages of the same question into one grouping, days into months where one knows months only. */
export const savedGroupings = (given: readonly SavedAnswer[], from: string, to: string): SavedGroupings => {
  const { answers: all, issues } = withGuessedGrouping(given);
  const refused = all.flatMap((saved) => unusable(saved) ?? []);
  const usable = all.filter((saved) => unusable(saved) === undefined);
  const kept = [...Map.groupBy(usable, keyOf).values()].map(withoutRedundantMonths);
  const answers = kept.flatMap((group) => group.answers);
  const periods = answers.flatMap(({ answer }) => answer.periods);
  const isMonthly = periods.some((period) => !isDays(period));
  const asked = (start: string): boolean => start >= startOf(from, isMonthly) && start < to;
  const byDimensions = [...Map.groupBy(answers, keyOf).values()];
  const groupings = byDimensions.map((group): Grouping => {
    const dimensions = (group[0]?.answer.dimensions ?? []).filter(isDimension);
    const amounts = perStart(onceEach(group, dimensions), isMonthly).filter(({ start }) => asked(start));
    return { dimensions, within: {}, amounts };
  });
  return {
    groupings,
    isMonthly,
    currency: currencyOf(answers),
    metrics: metricsOf(answers),
    from: periods.map(({ start }) => start.slice(0, 10)).sort()[0] ?? "",
    to: endOf(periods),
    estimatedFrom: periods.flatMap(({ estimated, start }) => (estimated ? [start.slice(0, 10)] : [])).sort()[0],
    issues: [...issues, ...refused, ...kept.flatMap((group) => group.issues), ...byDimensions.flatMap(pageIssues)],
  };
};
