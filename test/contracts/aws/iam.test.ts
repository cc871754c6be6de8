import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  athenaBill,
  costExplorerBill,
  discover,
  lookbackWindow,
  probeAccess,
  readRecommendations,
  readTraffic,
  refreshPrices,
  scanMetrics,
  servicesToScan,
  wholeDays,
} from "@ecs-cost/core/aws";
import { describe, expect, it } from "vitest";
import { type AwsServer, startAwsServer } from "../../support/aws-server/server.ts";
import { openTestAws } from "../../support/aws-server/session.ts";
import { athenaTables, DATABASE, tableName } from "../../support/bill/athena-tables.ts";
import { canonicalBill } from "../../support/bill/canonical-bill.ts";
import { pinnedRegion } from "../../support/prices/pinned.ts";

const DOCUMENT = new URL("../../../docs/iam.md", import.meta.url);
const REGION = "eu-west-1";

interface Use {
  readonly title: string;
  readonly about: string;
  readonly run: (server: AwsServer) => Promise<unknown>;
  /** Actions that AWS itself takes on behalf of the caller. */
  readonly onBehalf?: readonly string[];
}

const REQUEST = { from: "2026-10-01", to: "2026-11-01", tagKeys: [] };

/** A reading, and one that is given up while its query runs. */
const queryAthena = async (server: AwsServer): Promise<void> => {
  const aws = openTestAws(server);
  const place = { region: REGION, database: DATABASE, table: tableName("cur-2.0"), workgroup: "finops" };
  await athenaBill(aws, place).read(REQUEST);
  const controller = new AbortController();
  const sleep = async (): Promise<void> => controller.abort();
  const givenUp = { ...aws, timing: { ...aws.timing, sleep } };
  await athenaBill(givenUp, { ...place, signal: controller.signal })
    .read(REQUEST)
    .catch(() => undefined);
};

/** Athena reads tables and parts of the bill, and writes results, as the caller. */
const ATHENA_ON_BEHALF = [
  "glue:GetPartitions",
  "glue:GetTable",
  "s3:GetBucketLocation",
  "s3:GetObject",
  "s3:ListBucket",
  "s3:PutObject",
];

const ATHENA_TITLE = "The bill in Athena (`review --bill athena://DATABASE.TABLE`)";

const scanAll = async (server: AwsServer): Promise<void> => {
  const aws = openTestAws(server);
  const { regions } = await discover(aws, { regions: [REGION] });
  server.log.clear();
  const services = regions.flatMap(servicesToScan);
  await scanMetrics(aws, { services, window: lookbackWindow(1, server.account.now) }, () => undefined);
};

const measureTraffic = async (server: AwsServer): Promise<void> => {
  const aws = openTestAws(server);
  const { regions } = await discover(aws, { regions: [REGION] });
  server.log.clear();
  for (const { facts } of regions) await readTraffic(aws, facts, wholeDays(7, server.account.now));
};

const USES: readonly Use[] = [
  {
    title: "Discovery (`discover`)",
    about:
      "What runs, and what comes along with it. `ecs:ListClusters` is the only one that it cannot do without: what another denied action would have told is missing, and an issue names the action.",
    run: (server) => discover(openTestAws(server), { regions: [REGION] }),
  },
  {
    title: "Traffic of what was discovered",
    about:
      "What NAT gateways, VPC endpoints, load balancers and log groups took in. Without it these figures are unknown, and an issue says so.",
    run: measureTraffic,
  },
  {
    title: "Utilization (`--metrics cloudwatch`)",
    about: "AWS bills $0.01 per 1,000 metrics requested.",
    run: scanAll,
  },
  {
    title: "Compute Optimizer (`rightsize --compute-optimizer aws`)",
    about: "Compute Optimizer looks at the services as the caller.",
    run: (server) => readRecommendations(openTestAws(server), REGION),
    onBehalf: ["ecs:ListClusters", "ecs:ListServices"],
  },
  {
    title: "Prices (`prices refresh`, `--prices live`)",
    about: "Neither the Savings Plans nor the Spot action is needed where those prices are left out.",
    run: (server) => refreshPrices(openTestAws(server), pinnedRegion(REGION)),
  },
  {
    title: "The bill (`review --bill cost-explorer`)",
    about: "AWS bills $0.01 for each page of an answer.",
    run: (server) => costExplorerBill(openTestAws(server)).read({ from: "2026-09-01", to: "2026-11-01", tagKeys: [] }),
  },
  {
    title: ATHENA_TITLE,
    about:
      "Starting a query writes its result to the workgroup's place in S3; nothing else is written. `s3:PutObject` is needed there alone, reading there and where the bill is: limit both to those buckets. AWS bills what a query scans. `athena:StopQueryExecution` ends a query when reading is given up.",
    run: queryAthena,
    onBehalf: ATHENA_ON_BEHALF,
  },
  {
    title: "Checks (`doctor`)",
    about: "One call of each service, to tell which of them are allowed.",
    run: (server) => probeAccess(openTestAws(server), REGION),
  },
];

const actionsOf = async ({ run, onBehalf = [] }: Use): Promise<readonly string[]> => {
  const rows = !onBehalf.includes("glue:GetTable") ? [] : canonicalBill("2026-10-01", "2026-10-02");
  const formats = rows.length === 0 ? [] : (["cur-2.0"] as const);
  const athena = await athenaTables(mkdtempSync(join(tmpdir(), "ecs-cost-iam-")), rows, formats);
  const size = { clusters: 2, services: 12, scheduled: true };
  const server = await startAwsServer({ ...size, books: [pinnedRegion(REGION)], bill: { athena } });
  try {
    await run(server);
    return [...server.log.actions(), ...onBehalf].sort();
  } finally {
    await server.close();
  }
};

const policy = (actions: readonly string[]): string => {
  const statement = { Effect: "Allow", Action: actions, Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, undefined, 2);
};

const section = ({ title, about }: Use, actions: readonly string[]): string =>
  `## ${title}\n\n${about}\n\n\`\`\`json\n${policy(actions)}\n\`\`\`\n`;

const INTRODUCTION = `# Permissions

The least policy for each use, taken from the calls that the tests record: a test compares this page with them. Every
action reads, but for queries of Athena, which write their results; nothing else is ever written to AWS. Most of these
actions cannot be limited to a resource, so \`Resource\` is \`*\`.

What works on files alone (\`estimate\`, \`compare\`, \`rightsize\` and \`capacity\` with metric files, \`diff\`) calls nothing.
`;

describe("docs/iam.md", () => {
  it("lists the actions that are called, and no other", async () => {
    const sections: string[] = [];
    const all = new Set<string>();
    for (const use of USES) {
      const actions = await actionsOf(use);
      if (use.title !== ATHENA_TITLE) for (const action of actions) all.add(action);
      sections.push(section(use, actions));
    }
    const everything = `## All of them, Athena apart\n\n\`\`\`json\n${policy([...all].sort())}\n\`\`\`\n`;
    const text = [INTRODUCTION, ...sections, everything].join("\n");
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(DOCUMENT, text);
    expect(readFileSync(DOCUMENT, "utf8")).toBe(text);
  }, 60_000);

  it("lists only actions that read, queries of Athena apart", () => {
    const document = readFileSync(DOCUMENT, "utf8");
    const [before = "", athena = ""] = document.split(`## ${ATHENA_TITLE}`);
    const after = athena.slice(athena.indexOf("\n## "));
    const actions = `${before}${after}`.match(/"[a-z0-9-]+:[A-Za-z]+"/g) ?? [];
    expect(actions.length).toBeGreaterThan(20);
    expect(actions.filter((action) => !/:(?:Describe|List|Get)/.test(action))).toEqual([]);
  });
});
