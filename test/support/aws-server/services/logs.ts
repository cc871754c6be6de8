import { hashText } from "../noise.ts";
import { pageOf } from "../paging.ts";
import { fewTextsOf, type JsonHandlers, regionOf, sizeOf, textOf } from "../request.ts";

/** Operations of CloudWatch Logs that describe. */
export const logsHandlers: JsonHandlers = {
  DescribeLogGroups: (input, context) => {
    const asked = fewTextsOf(input, "logGroupIdentifiers", 50);
    const names = [...regionOf(context).taskDefinitions.values()].map(({ logGroup }) => logGroup);
    const wanted = asked.length === 0 ? names : names.filter((name) => asked.includes(name));
    const { items, next } = pageOf(wanted, sizeOf(input, "limit", 50, 50), textOf(input, "nextToken"));
    return {
      logGroups: items.map((name) => ({
        logGroupName: name,
        arn: `arn:aws:logs:${context.region}:123456789012:log-group:${name}:*`,
        ...(hashText(name) % 3 === 0 ? {} : { retentionInDays: 30 }),
        storedBytes: hashText(name, 2) * 10,
        logGroupClass: "STANDARD",
        creationTime: (context.account.now - 86_400) * 1000,
      })),
      nextToken: next,
    };
  },
};
