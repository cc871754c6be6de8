import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { outputFlags } from "../flags/output-flags.ts";
import { BEHAVIORS } from "./behaviors.ts";

/** Reports that were saved; also named by `--report`. */
export const reportArgs = {
  report: Args.string({
    multiple: true,
    required: false,
    ignoreStdin: true,
    description: "Report that --json saved, Markdown, or - for standard input; several become one comment.",
  }),
};

const COMMENT = "COMMENT";
const TARGET = "TARGET";

/** What is said and how it meets what was said before. */
export const commentFlags = {
  report: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    env: "ECS_COST_REPORT",
    helpGroup: COMMENT,
    helpValue: "FILE",
    summary: "The same as REPORT; may be repeated. In the variable: separated by semicolons.",
  }),
  behavior: Flags.option({
    options: BEHAVIORS,
    default: "update",
    env: "ECS_COST_BEHAVIOR",
    helpGroup: COMMENT,
    helpValue: BEHAVIORS.join("|"),
    summary: "What becomes of the comment from before.",
  })(),
  tag: Flags.string({
    default: "default",
    env: "ECS_COST_TAG",
    helpGroup: COMMENT,
    helpValue: "TAG",
    summary: "Keeps comments of several runs on one request apart.",
  }),
  title: Flags.string({
    default: "ECS cost",
    env: "ECS_COST_TITLE",
    helpGroup: COMMENT,
    helpValue: "TEXT",
    summary: "What the heading begins with.",
  }),
  "post-unchanged": Flags.boolean({
    env: "ECS_COST_POST_UNCHANGED",
    helpGroup: COMMENT,
    summary: "Post also where a difference has no change and there is no comment from before.",
  }),
  "any-file": Flags.boolean({
    env: "ECS_COST_ANY_FILE",
    helpGroup: COMMENT,
    summary: "Take text that is neither a report nor Markdown as it is. Everybody who sees the request can read it.",
  }),
  "dry-run": Flags.boolean({
    env: "ECS_COST_DRY_RUN",
    helpGroup: COMMENT,
    summary: "Print the comment and tell what would be done, without any call.",
  }),
  token: Flags.string({
    env: "ECS_COST_TOKEN",
    helpGroup: TARGET,
    helpValue: "TOKEN",
    summary: "Token, better in the variable of the forge: what is typed can be seen in the list of processes.",
  }),
  ...outputFlags,
};

/** The pull request. */
export const githubFlags = {
  repo: Flags.string({
    env: "ECS_COST_REPO",
    helpGroup: TARGET,
    helpValue: "OWNER/NAME",
    summary: "Repository; else GITHUB_REPOSITORY.",
  }),
  "pull-request": Flags.integer({
    min: 1,
    env: "ECS_COST_PULL_REQUEST",
    helpGroup: TARGET,
    helpValue: "N",
    summary: "Pull request; else that of the event that a workflow runs for.",
  }),
  "github-api-url": Flags.string({
    env: "ECS_COST_GITHUB_API_URL",
    helpGroup: TARGET,
    helpValue: "URL",
    summary: "API of GitHub Enterprise Server; else GITHUB_API_URL.",
  }),
};

/** The merge request. */
export const gitlabFlags = {
  project: Flags.string({
    env: "ECS_COST_PROJECT",
    helpGroup: TARGET,
    helpValue: "ID|PATH",
    summary: "Project; else CI_MERGE_REQUEST_PROJECT_ID or CI_PROJECT_ID.",
  }),
  "merge-request": Flags.integer({
    min: 1,
    env: "ECS_COST_MERGE_REQUEST",
    helpGroup: TARGET,
    helpValue: "N",
    summary: "Merge request, its number in the project; else CI_MERGE_REQUEST_IID.",
  }),
  "gitlab-url": Flags.string({
    env: "ECS_COST_GITLAB_URL",
    helpGroup: TARGET,
    helpValue: "URL",
    summary: "GitLab; else CI_API_V4_URL or CI_SERVER_URL, else https://gitlab.com.",
  }),
};
