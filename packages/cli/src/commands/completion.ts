import * as Args from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import { bashCompletion } from "../completion/bash.ts";
import { placesOf } from "../completion/command-tree.ts";
import { fishCompletion } from "../completion/fish.ts";
import { zshCompletion } from "../completion/zsh.ts";
import { writeOut } from "../output/write-out.ts";
import { readCommands } from "../program/manifest.ts";

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

export default class Completion extends Command {
  static override summary = "A completion script for bash, zsh or fish.";
  static override examples = [
    "source <(<%= config.bin %> completion bash)",
    "<%= config.bin %> completion zsh > ~/.zfunc/_<%= config.bin %>",
    "<%= config.bin %> completion fish > ~/.config/fish/completions/<%= config.bin %>.fish",
  ];
  static override args = {
    shell: Args.string({
      required: true,
      ignoreStdin: true,
      options: Object.keys(SHELLS),
      description: "The shell that reads the script.",
    }),
  };

  async run(): Promise<void> {
    const { args } = await this.parse(Completion);
    const script = SHELLS[args.shell as keyof typeof SHELLS];
    await writeOut([script(this.config.bin, placesOf(readCommands()))]);
  }
}
