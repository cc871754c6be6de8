import type { Expression, GroupDefinition } from "@aws-sdk/client-cost-explorer";
import { readAnswer, WrongAnswer } from "../../bill/cost-explorer/answer.ts";
import type { Dimension, GroupedAmount, Grouping, Within } from "../../bill/cost-explorer/grouping.ts";
import { type AwsCall, malformedAnswer } from "../client/aws-error.ts";
import type { Aws } from "../client/open-aws.ts";
import { allPages } from "../client/paged.ts";

/** Cost Explorer answers in one region only. */
export const COST_EXPLORER_CALL: AwsCall = { action: "ce:GetCostAndUsage", region: "us-east-1" };

/** A question that one request (and the pages after it) answers. */
export interface Question extends Omit<Grouping, "amounts"> {
  /** ISO date, inclusive. */
  readonly from: string;
  /** ISO date, exclusive. */
  readonly to: string;
}

export interface Answered {
  readonly grouping: Grouping;
  readonly currencies: readonly string[];
  /** First day of which AWS may still change the amounts. */
  readonly estimatedFrom: string | undefined;
}

const TAG = "TAG:";
const isTag = (dimension: string): boolean => dimension.startsWith(TAG);

const groupBy = (dimension: Dimension): GroupDefinition =>
  isTag(dimension) ? { Type: "TAG", Key: dimension.slice(TAG.length) } : { Type: "DIMENSION", Key: dimension };

const only = (dimension: string, values: readonly string[]): Expression => {
  if (!isTag(dimension)) return { Dimensions: { Key: dimension as "SERVICE", Values: [...values] } };
  const key = dimension.slice(TAG.length);
  const isAbsent = values.length === 1 && values[0] === "";
  return { Tags: isAbsent ? { Key: key, MatchOptions: ["ABSENT"] } : { Key: key, Values: [...values] } };
};

/** Groups of what has none of a tag are left out: they are what remains, and there are many. */
const tagged = ({ dimensions, rest, within }: Question): readonly Expression[] => {
  if (rest === undefined) return [];
  const present = dimensions
    .filter((dimension) => isTag(dimension) && within[dimension] === undefined)
    .map((dimension) => ({ Not: { Tags: { Key: dimension.slice(TAG.length), MatchOptions: ["ABSENT" as const] } } }));
  return present.length > 1 ? [{ Or: present }] : present;
};

const filterOf = (question: Question): Expression | undefined => {
  const parts = [
    ...Object.entries(question.within).map(([dimension, values]) => only(dimension, values ?? [])),
    ...tagged(question),
  ];
  return parts.length > 1 ? { And: parts } : parts[0];
};

const checkTwice = (amounts: readonly GroupedAmount[]): void => {
  const seen = new Set<string>();
  for (const { start, keys } of amounts) {
    const key = JSON.stringify([start, ...keys]);
    if (seen.has(key)) throw malformedAnswer(COST_EXPLORER_CALL, `a group of ${start} comes twice`);
    seen.add(key);
  }
};

/** Asks one question, page by page; `paid` is told of each page that came. */
export const ask = async (aws: Aws, question: Question, paid: () => void): Promise<Answered> => {
  const client = await aws.clients.costExplorer(COST_EXPLORER_CALL.region);
  const { GetCostAndUsageCommand } = await import("@aws-sdk/client-cost-explorer");
  const filter = filterOf(question);
  const pages = await allPages(aws, COST_EXPLORER_CALL, (NextPageToken) => async (abortSignal) => {
    const command = new GetCostAndUsageCommand({
      TimePeriod: { Start: question.from, End: question.to },
      Granularity: "DAILY",
      Metrics: ["UnblendedCost", "AmortizedCost", "UsageQuantity"],
      GroupBy: question.dimensions.map(groupBy),
      ...(filter === undefined ? {} : { Filter: filter }),
      NextPageToken,
    });
    const page = await client.send(command, { abortSignal });
    paid();
    try {
      const answer = readAnswer(page, question.dimensions);
      if (answer.metrics !== null && !Object.values(answer.metrics).every(Boolean)) {
        throw new WrongAnswer("a group has not all metrics");
      }
      return { items: [answer], next: page.NextPageToken };
    } catch (error) {
      throw error instanceof WrongAnswer ? malformedAnswer(COST_EXPLORER_CALL, error.message) : error;
    }
  });
  const periods = pages.flatMap((page) => page.periods);
  const amounts = periods.flatMap((period) => period.amounts);
  checkTwice(amounts);
  const { from: _from, to: _to, ...grouping } = question;
  return {
    grouping: { ...grouping, amounts },
    currencies: [...new Set(pages.flatMap(({ currencies }) => currencies))].sort(),
    estimatedFrom: periods.flatMap(({ estimated, start }) => (estimated ? [start] : [])).sort()[0],
  };
};

/** A question about a part of the bill; filters of an empty part are never sent. */
export const question = (
  period: Pick<Question, "from" | "to">,
  dimensions: readonly Dimension[],
  within: Within = {},
  rest?: string,
): Question => ({ from: period.from, to: period.to, dimensions, within, ...(rest === undefined ? {} : { rest }) });
