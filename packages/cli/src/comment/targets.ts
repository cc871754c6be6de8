import { readFileSync } from "node:fs";
import { BorderError, isBorderError } from "@ecs-cost/core/estimate";
import { usageError } from "../program/usage-error.ts";
import { type Environment, variable } from "./environment.ts";

/** A pull request of GitHub. */
export interface GithubTarget {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  readonly apiUrl: string;
}

/** A merge request of GitLab. */
export interface GitlabTarget {
  /** Number or path. */
  readonly project: string;
  readonly number: number;
  /** Without `/api/v4`. */
  readonly serverUrl: string;
  /** Of the project, where the variables of a pipeline say it. */
  readonly projectUrl: string | undefined;
}

/** What the flags say of a target; what they leave out is found in the variables of a CI job. */
export interface TargetFlags {
  readonly repo?: string | undefined;
  readonly project?: string | undefined;
  readonly number?: number | undefined;
  readonly apiUrl?: string | undefined;
}

const MISSING = "missing-target";

const missing = (message: string, hint: string): BorderError =>
  new BorderError(message, { code: MISSING, source: "user", hint });

/** Whether nothing says where to comment, as opposed to something that cannot be. */
export const isMissingTarget = (error: unknown): boolean => isBorderError(error) && error.code === MISSING;

const REPO = /^(?<owner>[A-Za-z0-9_.-]{1,100})\/(?<repo>[A-Za-z0-9_.-]{1,100})$/;

/** The pull request that the flags name, or that a workflow of GitHub Actions runs for. */
export const githubTarget = (flags: TargetFlags, environment: Environment): GithubTarget => {
  const name = flags.repo ?? variable(environment, "GITHUB_REPOSITORY");
  if (name === undefined) throw missing("the repository is not known", "Give --repo OWNER/NAME.");
  const { owner, repo } = REPO.exec(name)?.groups ?? {};
  if (owner === undefined || repo === undefined || /^\.+$/.test(owner) || /^\.+$/.test(repo)) {
    throw usageError(`--repo ${name}: expected OWNER/NAME`);
  }
  const number = flags.number ?? numberOfEvent(environment) ?? numberOfRef(environment);
  if (number === undefined) {
    throw missing(
      "the pull request is not known",
      "Give --pull-request N; in GitHub Actions, run on the event pull_request.",
    );
  }
  const apiUrl = flags.apiUrl ?? variable(environment, "GITHUB_API_URL") ?? "https://api.github.com";
  return { owner, repo, number, apiUrl: checkedUrl("--github-api-url", apiUrl) };
};

const numberOfEvent = (environment: Environment): number | undefined => {
  const file = variable(environment, "GITHUB_EVENT_PATH");
  if (file === undefined) return undefined;
  try {
    const event: unknown = JSON.parse(readFileSync(file, "utf8"));
    const issue = part(event, "issue");
    return (
      wholeNumber(part(part(event, "pull_request"), "number")) ??
      (part(issue, "pull_request") === undefined ? undefined : wholeNumber(part(issue, "number"))) ??
      wholeNumber(part(part(part(part(event, "workflow_run"), "pull_requests"), "0"), "number"))
    );
  } catch {
    return undefined;
  }
};

const part = (value: unknown, key: string): unknown =>
  value !== null && typeof value === "object" && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;

const wholeNumber = (value: unknown): number | undefined => {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number > 0 ? number : undefined;
};

const numberOfRef = (environment: Environment): number | undefined =>
  wholeNumber(/^refs\/pull\/(?<number>\d+)\//.exec(variable(environment, "GITHUB_REF") ?? "")?.groups?.["number"]);

/** The merge request that the flags name, or that a pipeline of GitLab runs for. */
export const gitlabTarget = (flags: TargetFlags, environment: Environment): GitlabTarget => {
  const project = flags.project ?? variable(environment, "CI_MERGE_REQUEST_PROJECT_ID", "CI_PROJECT_ID");
  if (project === undefined) throw missing("the project is not known", "Give --project with its number or path.");
  if (!/^[\p{L}\p{N}_.\-/]{1,500}$/u.test(project))
    throw usageError(`--project ${project}: expected a number or a path`);
  const number = flags.number ?? wholeNumber(variable(environment, "CI_MERGE_REQUEST_IID"));
  if (number === undefined) {
    throw missing(
      "the merge request is not known",
      "Give --merge-request N; in GitLab CI, run the job in merge request pipelines.",
    );
  }
  const api = flags.apiUrl ?? variable(environment, "CI_API_V4_URL", "CI_SERVER_URL") ?? "https://gitlab.com";
  const serverUrl = checkedUrl("--gitlab-url", api).replace(/\/api\/v4$/, "");
  const projectUrl = flags.project === undefined ? variable(environment, "CI_MERGE_REQUEST_PROJECT_URL") : undefined;
  return { project, number, serverUrl, projectUrl };
};

/** An address that calls can go to; one with a password in it would end up in messages. */
const checkedUrl = (flag: string, text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw usageError(`${flag}: expected an address that begins with https://`);
  }
  if (url.username !== "" || url.password !== "") {
    throw usageError(`${flag}: the address must not have a user or a password in it`);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
};
