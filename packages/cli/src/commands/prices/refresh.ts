import type { Issue } from "@ecs-cost/core";
import type { RefreshOptions } from "@ecs-cost/core/aws";
import { type BorderError, isBorderError } from "@ecs-cost/core/estimate";
import { pricesFolder } from "../../aws/folders.ts";
import { openSession, regionsToRead, type Session } from "../../aws/session.ts";
import { OutputCommand } from "../../command/output-command.ts";
import { regionList } from "../../flags/aws-flags.ts";
import { refreshFlags } from "../../flags/refresh-flags.ts";
import { type RefreshedRegion, refreshRegion } from "../../prices/refresh-region.ts";
import { EXIT } from "../../program/exit-codes.ts";
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
const refreshAll = async (
  session: Session,
  regions: readonly string[],
  folder: string,
  options: RefreshOptions,
): Promise<Refresh> => {
  const done: RefreshedRegion[] = [];
  const failures: BorderError[] = [];
  const issues: Issue[] = [];
  for (const region of regions) {
    try {
      done.push(await refreshRegion(session, region, folder, options));
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

export default class PricesRefresh extends OutputCommand {
  static override summary = "Read the prices of regions anew from AWS, and show what changed.";
  static override description =
    "Each price has to be exactly one item of the price list; otherwise the one in use stays. The book is written whole or not at all, the one before is kept, and --prices live uses it.";
  static override examples = [
    "<%= config.bin %> prices refresh --region eu-west-1",
    "<%= config.bin %> prices refresh --region eu-west-1,us-east-1 --no-fargate-spot-feed --json",
  ];
  static override flags = refreshFlags;

  async run(): Promise<void> {
    const { flags, raw } = await this.parse(PricesRefresh);
    const output = this.outputSettings(flags, raw);
    const regions = await regionsToRead(regionList(flags.region), flags.profile);
    const progress = drawProgress(process.stderr, output.quiet);
    const session = await openSession(flags.profile, progress.observe);
    const refresh = await refreshAll(session, regions, pricesFolder(flags["data-dir"]), {
      savingsPlans: flags["savings-plans"],
      spot: flags.spot,
      fargateSpotFeed: flags["fargate-spot-feed"] ? session.core.FARGATE_SPOT_FEED : false,
    }).finally(progress.end);
    await this.print(refreshResult(refresh, output.verbose), output);
    if (flags.strict && isIncomplete(refresh)) {
      process.stderr.write("Error: --strict: not every price was read.\n");
      process.exitCode = EXIT.incomplete;
    }
  }
}
