import { realpathSync } from "node:fs";
import { Command } from "@oclif/core/command";
import { reportSettings } from "../command/report-settings.ts";
import { mcpFlags } from "../flags/mcp-flags.ts";
import { usageError } from "../program/usage-error.ts";

const KIB = 1024;

const rootOf = (folder: string): string => {
  try {
    return realpathSync(folder);
  } catch {
    throw usageError(`--root ${folder}: there is no such folder`);
  }
};

const NO_SELECTION = {
  ...{ fields: undefined, filter: undefined, top: undefined, "group-by": undefined },
  ...{ strict: false, "fail-on": undefined },
};

export default class Mcp extends Command {
  static override summary = "The same for agents: an MCP server over standard input and output.";
  static override description =
    "Offers estimate, compare, rightsize, plan, review, explain and prices as tools of the Model Context Protocol. It writes no file, reads below one folder only, and asks AWS nothing unless --allow-aws is given.";
  static override examples = [
    "<%= config.bin %> mcp",
    "<%= config.bin %> mcp --root infrastructure --region eu-west-1",
    "<%= config.bin %> mcp --allow-aws --profile finops",
  ];
  static override flags = mcpFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(Mcp);
    const { serve } = await import("../mcp/server/server.ts");
    await serve({
      report: reportSettings({ ...flags, ...NO_SELECTION }),
      root: rootOf(flags.root ?? process.cwd()),
      allowAws: flags["allow-aws"],
      ...(flags.profile === undefined ? {} : { profile: flags.profile }),
      maxInputBytes: flags["max-input-mib"] * KIB * KIB,
      maxOutputBytes: flags["max-output-kib"] * KIB,
    });
  }
}
