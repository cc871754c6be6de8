import { GITLAB_RULES } from "../../comment/body-rules.ts";
import { CommentCommand } from "../../comment/comment-command.ts";
import { commentFlags, gitlabFlags, reportArgs } from "../../comment/comment-flags.ts";
import { gitlabTarget } from "../../comment/targets.ts";

export default class CommentGitlab extends CommentCommand {
  static override summary = "Put a report on a merge request of GitLab.";
  static override description =
    "Posts a saved report as a note and keeps it up to date: one for each --tag, found again by a hidden marker in its first line. In a merge request pipeline everything but the token is known; it is read from GITLAB_TOKEN, a token with the scope api. GitLab cannot hide a note: hide-and-new folds it.";
  static override usage = "comment gitlab REPORT... [--project ID|PATH --merge-request N]";
  static override examples = [
    "<%= config.bin %> diff base.yaml head.yaml --json | <%= config.bin %> comment gitlab -",
    "<%= config.bin %> comment gitlab diff.json --project acme/shop --merge-request 7",
    "<%= config.bin %> comment gitlab diff.json --dry-run",
  ];
  static override args = reportArgs;
  static override flags = { ...commentFlags, ...gitlabFlags };

  async run(): Promise<void> {
    const { args, flags, raw } = await this.parse(CommentGitlab);
    const { project, "merge-request": number, "gitlab-url": apiUrl } = flags;
    await this.runComment(
      {
        rules: GITLAB_RULES,
        tokens: ["GITLAB_TOKEN"],
        target: () => gitlabTarget({ project, number, apiUrl }, process.env),
        targetName: (target) => `${target.project}!${target.number}`,
        open: async (target, token) => (await import("../../comment/gitlab.ts")).gitlabForge(target, token),
      },
      args.report,
      flags,
      raw,
    );
  }
}
