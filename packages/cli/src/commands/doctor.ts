import { type AwsCheck, checkAws, checkLocally, isRefused, isWhole } from "../aws/check-up.ts";
import { openSession, regionsToRead } from "../aws/session.ts";
import { OutputCommand } from "../command/output-command.ts";
import { regionList } from "../flags/aws-flags.ts";
import { doctorFlags } from "../flags/doctor-flags.ts";
import { EXIT } from "../program/exit-codes.ts";
import { drawProgress } from "../render/document/progress.ts";
import { doctorResult } from "../render/report/account/doctor.ts";

const askAws = async (region: string | undefined, profile: string | undefined, quiet: boolean): Promise<AwsCheck> => {
  const [first] = await regionsToRead(regionList(region), profile);
  const progress = drawProgress(process.stderr, quiet);
  return checkAws(await openSession(profile, progress.observe), first).finally(progress.end);
};

export default class Doctor extends OutputCommand {
  static override summary = "Whether everything is there that the commands need.";
  static override description =
    "Node.js, the age of the prices, folders; with --aws the region, the endpoint, the credentials and which permissions they have. Exits with 3 where AWS was asked and gave nothing; the report is printed all the same.";
  static override examples = ["<%= config.bin %> doctor", "<%= config.bin %> doctor --aws --profile finops --json"];
  static override flags = doctorFlags;

  async run(): Promise<void> {
    const { flags, raw } = await this.parse(Doctor);
    const output = this.outputSettings(flags, raw);
    const local = await checkLocally(flags["data-dir"], flags["cache-dir"], Date.now());
    const aws = flags.aws ? await askAws(flags.region, flags.profile, output.quiet) : undefined;
    const ok = isWhole(local, aws);
    await this.print(doctorResult({ version: this.config.version, local, aws, ok }), output);
    if (aws !== undefined && isRefused(aws)) process.exitCode = EXIT.aws;
    else if (flags.strict && !ok) process.exitCode = EXIT.incomplete;
  }
}
