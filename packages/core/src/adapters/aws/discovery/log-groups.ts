import { allPages, inChunks } from "../client/paged.ts";
import { attempt, callOf, type RegionRun, recordsOf, sortedBy } from "./region-run.ts";

/** A log group that containers write to. */
export interface FoundLogGroup {
  readonly name: string;
  /** Days; undefined keeps them for ever. */
  readonly retentionDays?: number;
  readonly storedBytes: number;
  readonly infrequentAccess: boolean;
}

/** DescribeLogGroups takes fifty names at most (CloudWatch Logs API reference, checked 2026-11-20). */
const MOST_NAMES = 50;

/** The log groups with these names. Action: logs:DescribeLogGroups. */
export const readLogGroups = async (run: RegionRun, names: readonly string[]): Promise<readonly FoundLogGroup[]> => {
  if (names.length === 0) return [];
  const { aws, region } = run;
  const call = callOf(run, "logs:DescribeLogGroups");
  const found = await attempt(run, region, "retention and size of log groups are missing", async () => {
    const client = await aws.clients.logs(region);
    const { DescribeLogGroupsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
    return inChunks([...new Set(names)].sort(), MOST_NAMES, (chunk) =>
      allPages(aws, call, (nextToken) => async (abortSignal) => {
        const command = new DescribeLogGroupsCommand({ logGroupIdentifiers: [...chunk], nextToken });
        const page = await client.send(command, { abortSignal });
        return { items: recordsOf(call, page.logGroups, ["logGroupName"]), next: page.nextToken };
      }),
    );
  });
  const groups = (found ?? []).map(
    ({ logGroupName = "", retentionInDays, storedBytes, logGroupClass }): FoundLogGroup => ({
      name: logGroupName,
      ...(typeof retentionInDays === "number" ? { retentionDays: retentionInDays } : {}),
      storedBytes: typeof storedBytes === "number" ? storedBytes : 0,
      infrequentAccess: logGroupClass === "INFREQUENT_ACCESS",
    }),
  );
  return sortedBy(groups, ({ name }) => name);
};
