import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createAccount } from "../aws-server/account.ts";
import type { BilledLine } from "../aws-server/billed-lines.ts";
import { costExplorerHandlers } from "../aws-server/services/cost-explorer.ts";

const dimension = (key: string) => ({ Type: "DIMENSION", Key: key });
const tag = (key: string) => ({ Type: "TAG", Key: key });

const USAGE_ONLY = { Dimensions: { Key: "RECORD_TYPE", Values: ["Usage"] } };

/** Groups of the commands whose answers a review takes. */
const QUESTIONS = [
  { GroupBy: [dimension("SERVICE"), dimension("USAGE_TYPE")] },
  { GroupBy: [dimension("RECORD_TYPE"), dimension("USAGE_TYPE")] },
  { GroupBy: [tag("aws:ecs:serviceName"), dimension("USAGE_TYPE")], Filter: USAGE_ONLY },
  { GroupBy: [tag("aws:ecs:clusterName"), tag("aws:ecs:serviceName")], Filter: USAGE_ONLY },
];

/** What GetCostAndUsage answers, page by page. */
export const answerPages = (
  lines: readonly BilledLine[],
  input: Readonly<Record<string, unknown>>,
  pageGroups = 100_000,
): readonly unknown[] => {
  const handler = costExplorerHandlers(lines, pageGroups)["GetCostAndUsage"];
  const context = { account: createAccount(), region: "us-east-1" };
  const pages: unknown[] = [];
  let token: string | undefined;
  do {
    const page = handler?.({ ...input, ...(token === undefined ? {} : { NextPageToken: token }) }, context);
    pages.push(page);
    token = (page as { readonly NextPageToken?: string }).NextPageToken;
  } while (token !== undefined);
  return pages;
};

/** Writes what the aws command prints for each of the questions; returns the files. */
export const saveAnswers = (
  folder: string,
  lines: readonly BilledLine[],
  { from, to }: { readonly from: string; readonly to: string },
): readonly string[] => {
  mkdirSync(folder, { recursive: true });
  return QUESTIONS.map((question, at) => {
    const file = join(folder, `answer-${at}.json`);
    const pages = answerPages(lines, {
      TimePeriod: { Start: from, End: to },
      Granularity: "DAILY",
      Metrics: ["UnblendedCost", "AmortizedCost", "UsageQuantity"],
      ...question,
    });
    writeFileSync(file, pages.map((page) => JSON.stringify(page, undefined, 4)).join("\n"));
    return file;
  });
};
