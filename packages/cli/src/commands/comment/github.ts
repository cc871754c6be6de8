import { GITHUB_RULES } from "../../comment/body-rules.ts";
import { CommentCommand } from "../../comment/comment-command.ts";
import { commentFlags, githubFlags, reportArgs } from "../../comment/comment-flags.ts";
import { githubTarget } from "../../comment/targets.ts";

export default class CommentGithub extends CommentCommand {
  static override summary = "Put a report on a pull request of GitHub.";
  static override description =
    "Posts a saved report as a comment and keeps it up to date: one comment for each --tag, found again by a hidden marker in its first line. In GitHub Actions everything but the token is known; it is read from GITHUB_TOKEN (or GH_TOKEN) and needs permission to write pull requests.";
  static override usage = "comment github REPORT... [--repo OWNER/NAME --pull-request N]";
  static override examples = [
    "<%= config.bin %> diff base.yaml head.yaml --json | <%= config.bin %> comment github -",
    "<%= config.bin %> comment github diff.json --repo acme/shop --pull-request 7 --behavior hide-and-new",
    "<%= config.bin %> comment github diff.json --dry-run",
  ];
  static override args = reportArgs;
  static override flags = { ...commentFlags, ...githubFlags };

  async run(): Promise<void> {
    const { args, flags, raw } = await this.parse(CommentGithub);
    const { repo, "pull-request": number, "github-api-url": apiUrl } = flags;
    await this.runComment(
      {
        rules: GITHUB_RULES,
        tokens: ["GITHUB_TOKEN", "GH_TOKEN"],
        target: () => githubTarget({ repo, number, apiUrl }, process.env),
        targetName: (target) => `${target.owner}/${target.repo}#${target.number}`,
        open: async (target, token) => (await import("../../comment/github.ts")).githubForge(target, token),
      },
      args.report,
      flags,
      raw,
    );
  }
}
