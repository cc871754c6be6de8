import type { Service } from "@ecs-cost/core";
import type { DiscoveredRegion, Discovery } from "@ecs-cost/core/aws";
import { writeWorkload } from "../account/write-workloads.ts";
import { keepServices } from "../aws/keep-services.ts";
import { matches } from "../aws/pattern.ts";
import { SERVICE_FIELDS } from "../aws/service-filter.ts";
import { openSession, regionsToRead, type Session } from "../aws/session.ts";
import { OutputCommand } from "../command/output-command.ts";
import { listOf, regionList } from "../flags/aws-flags.ts";
import { discoverFlags } from "../flags/discover-flags.ts";
import { valuesOf } from "../flags/report-flags.ts";
import { writeOut } from "../output/write-out.ts";
import { usageError } from "../program/usage-error.ts";
import { drawProgress } from "../render/document/progress.ts";
import { safeText } from "../render/document/safe-text.ts";
import { commented, discoverResult, foundText, issueWarnings } from "../render/report/account/discover.ts";
import { parseFilter } from "../select/filter.ts";

const TRAFFIC_DAYS = 14;

/** What is to be found. */
interface Wanted {
  readonly regions: readonly string[];
  readonly clusters: readonly string[];
  readonly passes: readonly ((service: Service) => boolean)[];
  readonly traffic: boolean;
}

const tagCondition = (text: string): ((service: Service) => boolean) => {
  const split = text.indexOf("=");
  if (split < 1) throw usageError(`--tag ${text}: expected KEY=VALUE`);
  const [key, value] = [text.slice(0, split), text.slice(split + 1)];
  return ({ tags }) => Object.hasOwn(tags, key) && tags[key] === value;
};

const find = async ({ core, aws }: Session, { regions, clusters, passes, traffic }: Wanted): Promise<Discovery> => {
  const options = clusters.length === 0 ? { regions } : { regions, cluster: matches(clusters) };
  const { regions: found, issues } = await core.discover(aws, options);
  const window = core.wholeDays(TRAFFIC_DAYS, aws.timing.now() / 1000);
  const measured = await Promise.all(
    found.map(async (each) =>
      traffic ? core.withTraffic(each, await core.readTraffic(aws, each.facts, window)) : each,
    ),
  );
  const kept = measured.map((each) =>
    passes.length === 0 ? each : keepServices(each, (service) => passes.every((pass) => pass(service))),
  );
  return { regions: kept, issues };
};

const isWorkloadFile = (out: string): boolean => out === "-" || /\.ya?ml$/i.test(out);

export default class Discover extends OutputCommand {
  static override summary = "A workload file from a live account.";
  static override description =
    "Finds clusters, services, task definitions, scaling, load balancers, NAT gateways, endpoints, log groups and container instances, and writes what estimate, rightsize and capacity read. It only reads; what was denied is told and left out.";
  static override examples = [
    "<%= config.bin %> discover --region eu-west-1 > workload.yaml",
    "<%= config.bin %> discover --region eu-west-1,us-east-1 --profile finops --out account",
    "<%= config.bin %> discover --cluster 'prod-*' --tag team=web --out workload.yaml",
    "<%= config.bin %> discover --region eu-west-1 | <%= config.bin %> estimate -",
  ];
  static override flags = discoverFlags;

  async run(): Promise<void> {
    const { flags, raw } = await this.parse(Discover);
    const { out, format, quiet, profile } = flags;
    const output = this.outputSettings({ ...flags, format: format === "yaml" ? "table" : format }, raw);
    const wantsFile = format === "yaml" && output.format === "table";
    const wanted = {
      regions: await regionsToRead(regionList(flags.region), profile),
      clusters: listOf(flags.cluster),
      passes: [
        ...valuesOf(flags.tag).map(tagCondition),
        ...(flags.filter === undefined ? [] : [parseFilter(flags.filter, SERVICE_FIELDS)]),
      ],
      traffic: flags.traffic,
    };
    if (wantsFile && wanted.regions.length > 1 && (out === undefined || isWorkloadFile(out))) {
      throw usageError("a workload file has one region", "Name a folder with --out, or ask for --json.");
    }
    const progress = drawProgress(process.stderr, quiet);
    const session = await openSession(profile, progress.observe);
    const discovery = await find(session, wanted).finally(progress.end);
    const textOf = (found: DiscoveredRegion): string => commented(found, session.core.workloadText(found));
    if (!wantsFile) await this.print(discoverResult(discovery, textOf), output);
    else if (out === undefined || isWorkloadFile(out)) await writeOut(discovery.regions.map(textOf), out);
    else await writeFolder(session, discovery, out, quiet);
    if (!quiet && (wantsFile || output.format === "csv")) tellIssues(discovery);
  }
}

const tell = (line: string): void => {
  process.stderr.write(`${safeText(line)}\n`);
};

const writeFolder = async (
  { core }: Session,
  { regions }: Discovery,
  folder: string,
  quiet: boolean,
): Promise<void> => {
  for (const found of regions) {
    const file = await writeWorkload(core, found, folder);
    if (!quiet) tell(`Wrote ${file}: ${foundText(found)}.`);
  }
};

const tellIssues = ({ regions, issues }: Discovery): void => {
  const all = [...issues, ...regions.flatMap(({ inventory }) => inventory.issues)];
  for (const line of issueWarnings(all, "in the workload file")) tell(line);
  for (const { region, inventory } of regions) {
    if (inventory.services.length === 0) tell(`Warning: no service was found in ${region}.`);
  }
};
