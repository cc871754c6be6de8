import type { Issue } from "@ecs-cost/core";
import { type BorderError, isBorderError } from "@ecs-cost/core/estimate";
import { listRegions } from "@ecs-cost/pricing-data";
import { pricesFolder } from "../../aws/folders.ts";
import { regionsToRead } from "../../aws/session.ts";
import { OutputCommand } from "../../command/output-command.ts";
import { regionList } from "../../flags/aws-flags.ts";
import { refreshArgs, refreshFlags } from "../../flags/refresh-flags.ts";
import { inputsOf } from "../../flags/report-flags.ts";
import { priceReader, type RefreshRequest } from "../../prices/price-readers.ts";
import { type RefreshedRegion, refreshRegion } from "../../prices/refresh-region.ts";
import { EXIT } from "../../program/exit-codes.ts";
import { knownRegion } from "../../program/region.ts";
import { usageError } from "../../program/usage-error.ts";
import { drawProgress } from "../../render/document/progress.ts";
import { type Refresh, refreshResult } from "../../render/report/prices/refresh.ts";

const isOfAws = (error: unknown): error is BorderError => isBorderError(error) && error.source === "aws";

const notRead = (region: string, { code, message }: BorderError): Issue => ({
  code: code === "access-denied" ? "access-denied" : "not-read",
  severity: "warning",
  subject: region,
  detail: `${message}; its prices stay as they are`,
});

/** One region after the other; one that fails costs only itself, unless there is nothing else. */
const refreshAll = async (regions: readonly string[], request: RefreshRequest): Promise<Refresh> => {
  const read = priceReader(request);
  const done: RefreshedRegion[] = [];
  const failures: BorderError[] = [];
  const issues: Issue[] = [];
  for (const region of regions) {
    try {
      done.push(await refreshRegion(read, region, request));
    } catch (error) {
      if (!isOfAws(error)) throw error;
      failures.push(error);
      issues.push(notRead(region, error));
    }
  }
  const [failure] = failures;
  if (done.length === 0 && failure !== undefined) throw failure;
  return { regions: done, issues };
};

const isIncomplete = ({ regions, issues }: Refresh): boolean =>
  issues.length > 0 || regions.some((region) => region.issues.length > 0);

const regionsOfInputs = async (inputs: readonly string[]): Promise<readonly string[]> => {
  const { loadInventory } = await import("@ecs-cost/core/inventory");
  const { region } = await loadInventory(inputs);
  if (region !== undefined) return [region];
  throw usageError(`${inputs.join(", ")}: no region is named`, "Give --region.");
};

interface RegionChoice {
  readonly named: readonly string[];
  readonly all: boolean;
  readonly inputs: readonly string[];
  readonly profile: string | undefined;
}

/** Those that are named, else those of the inputs, else the one of the environment. */
const chosenRegions = async ({ named, all, inputs, profile }: RegionChoice): Promise<readonly string[]> => {
  if (all) return listRegions().map(({ region }) => region);
  if (named.length > 0) return named;
  if (inputs.length > 0) return regionsOfInputs(inputs);
  const known = knownRegion(undefined);
  return known === undefined ? regionsToRead(named, profile) : [known];
};

const mirrorOf = (url: string | undefined): { readonly priceListUrl?: string } => {
  if (url === undefined) return {};
  if (/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : "")) return { priceListUrl: url };
  throw usageError(`--price-list-url ${url}: this is no URL`, "For example https://mirror.example.com/aws-prices.");
};

export default class PricesRefresh extends OutputCommand {
  static override summary = "Read the prices of regions anew from AWS, and show what changed.";
  static override description =
    "The price list is public: no account is needed. Each price has to be exactly one plausible item of it; otherwise the one in use stays. The book is written whole or not at all, the one before is kept, and reports use it from then on.";
  static override examples = [
    "<%= config.bin %> prices refresh --region eu-west-1",
    "<%= config.bin %> prices refresh workload.yaml",
    "<%= config.bin %> prices refresh --region eu-west-1,us-east-1 --source api --json",
  ];
  static override args = refreshArgs;
  static override flags = refreshFlags;

  async run(): Promise<void> {
    const { args, flags, raw } = await this.parse(PricesRefresh);
    const output = this.outputSettings(flags, raw);
    const source = flags.source === "api" ? "api" : "public";
    const { profile } = flags;
    const regions = await chosenRegions({
      named: regionList(flags.region),
      all: flags["all-regions"],
      inputs: args.input === undefined ? [] : inputsOf(args.input),
      profile,
    });
    const progress = drawProgress(process.stderr, output.quiet);
    const refresh = await refreshAll(regions, {
      source,
      folder: pricesFolder(flags["data-dir"]),
      ...mirrorOf(flags["price-list-url"]),
      ...(profile === undefined ? {} : { profile }),
      savingsPlans: flags["savings-plans"],
      spot: flags.spot ?? source === "api",
      fargateSpotFeed: flags["fargate-spot-feed"],
      observe: progress.observe,
    }).finally(progress.end);
    await this.print(refreshResult(refresh, output.verbose), output);
    if (flags.strict && isIncomplete(refresh)) {
      process.stderr.write("Error: --strict: not every price was read.\n");
      process.exitCode = EXIT.incomplete;
    }
  }
}
