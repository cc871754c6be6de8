import { retry } from "@octokit/plugin-retry";
import { Octokit } from "@octokit/rest";
import { GITHUB_RULES } from "./body-rules.ts";
import {
  checkedComment,
  checkedComments,
  type Forge,
  type PostedComment,
  StrangeAnswerError,
  UnsureError,
} from "./forge.ts";
import { type Advice, forgeError } from "./forge-error.ts";
import { isPassing, LONGEST_WAIT, limitOf, PATIENCE, type Patience } from "./retry.ts";
import type { GithubTarget } from "./targets.ts";

const FORGE = GITHUB_RULES.forge;
const TIMEOUT_MS = 30_000;
const PAGE = 100;

const ADVICE: Advice = {
  token: "Give a token that is valid in GITHUB_TOKEN.",
  permission:
    "The token needs permission to write pull requests (in a workflow: permissions: pull-requests: write); for a pull request from a fork, GITHUB_TOKEN only reads.",
  target: "Check --repo, --pull-request and that the token may read the repository; GitHub says 404 for what it hides.",
  address: "Check --github-api-url: it ends in /api/v3 for GitHub Enterprise Server, and must not be redirected.",
};

/** Comments of a pull request on GitHub. */
export const githubForge = (target: GithubTarget, token: string, patience: Patience = PATIENCE): Forge => {
  const { owner, repo, number } = target;
  const name = `${owner}/${repo}#${number}`;
  const octokit = openOctokit(target.apiUrl, token, patience);
  const call = calling(name);
  const issue = { owner, repo, issue_number: number };
  return {
    ...GITHUB_RULES,
    target: name,
    list: () => call("read the comments of", async () => ownComments(octokit, issue)),
    create: (body) => call("comment on", async () => createComment(octokit, issue, body, patience)),
    update: (comment, body) =>
      call("update a comment of", async () => {
        const updating = octokit.rest.issues.updateComment({ owner, repo, comment_id: comment.id, body });
        const answer = await unlessGone(updating);
        return answer === undefined ? undefined : postedOf(checkedComment(answer.data));
      }),
    hide: (comments) => call("hide comments of", () => minimize(octokit, comments)),
    remove: (comment) =>
      call("delete a comment of", async () => {
        await unlessGone(octokit.rest.issues.deleteComment({ owner, repo, comment_id: comment.id }));
      }),
  };
};

const silent = (): void => {};

const openOctokit = (baseUrl: string, token: string, { retries, secondMs }: Patience): Octokit =>
  new (Octokit.plugin(knowingAnswers(retries), retry))({
    ...{ baseUrl, auth: token, userAgent: "ecs-cost" },
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: {
      fetch: (url: string, init?: RequestInit) => fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) }),
    },
    retry: { retries, retryAfterBaseValue: secondMs, doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451] },
  });

interface RequestFailure extends Error {
  readonly status: number;
  readonly request: { request?: object };
  readonly response?: { readonly headers: Readonly<Record<string, string | number | undefined>> };
}

/** Refuses pages, which no call asks for, and waits as long as limits say, which the plugin for retries does not read. */
const knowingAnswers =
  (retries: number) =>
  ({ hook }: Pick<Octokit, "hook">): void => {
    hook.after("request", ({ data }) => {
      if (typeof data === "string" && data !== "") throw new StrangeAnswerError();
    });
    hook.error("request", (error) => {
      const wait = isFailure(error) ? waitOf(error) : undefined;
      if (isFailure(error) && wait !== undefined && wait <= LONGEST_WAIT) {
        error.request.request = { ...error.request.request, retries, retryAfter: wait };
      }
      throw error;
    });
  };

const isFailure = (error: unknown): error is RequestFailure =>
  error instanceof Error && typeof (error as Partial<RequestFailure>).status === "number" && "request" in error;

const waitOf = ({ status, response, message }: RequestFailure): number | undefined =>
  response === undefined
    ? undefined
    : limitOf({ status, text: message, header: (name) => response.headers[name]?.toString() });

/** Runs calls and tells what goes wrong in terms of what was to be done. */
const calling =
  (name: string) =>
  async <T>(action: string, run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      if (error instanceof UnsureError)
        throw new UnsureError(failureOf(error.failure, `${action} ${name}`), error.waitMs);
      throw failureOf(error, `${action} ${name}`);
    }
  };

const failureOf = (error: unknown, action: string): Error => {
  if (isFailure(error)) {
    const status = error.response === undefined ? undefined : error.status;
    return forgeError({ forge: FORGE, action, status, text: error.message, wait: waitOf(error) }, ADVICE);
  }
  if (isGraphqlFailure(error)) {
    return forgeError({ forge: FORGE, action, status: 403, text: error.message }, ADVICE);
  }
  if (error instanceof StrangeAnswerError) return forgeError({ forge: FORGE, action, status: 200, text: "" }, ADVICE);
  return error instanceof Error ? error : new Error(String(error));
};

/** GraphQL refuses with status 200. */
const isGraphqlFailure = (error: unknown): error is Error =>
  error instanceof Error && error.name === "GraphqlResponseError";

const unlessGone = async <T>(calls: Promise<T>): Promise<T | undefined> => {
  try {
    return await calls;
  } catch (error) {
    if (isFailure(error) && error.status === 404) return undefined;
    throw error;
  }
};

interface Issue {
  readonly owner: string;
  readonly repo: string;
  readonly issue_number: number;
}

interface IssueComment {
  readonly id: number;
  readonly node_id: string;
  readonly body?: string | undefined;
  readonly html_url: string;
  readonly user?: { readonly login: string } | null;
}

interface GithubComment extends PostedComment {
  readonly nodeId: string;
}

const postedOf = ({ id, node_id, body = "", html_url }: IssueComment): GithubComment => ({
  ...{ id, body },
  ...{ nodeId: node_id, url: html_url },
});

/** Whose comments are one's own is asked of GraphQL, which answers a workflow's token too. */
const ownComments = async (octokit: Octokit, issue: Issue): Promise<readonly GithubComment[]> => {
  const listing = { ...issue, per_page: PAGE };
  const comments = checkedComments<IssueComment>(await octokit.paginate(octokit.rest.issues.listComments, listing));
  const login = comments.length === 0 ? undefined : await viewerOf(octokit);
  return comments
    .filter(({ user }) => login === undefined || user?.login === login || user?.login === `${login}[bot]`)
    .toSorted((a, b) => a.id - b.id)
    .map(postedOf);
};

const viewerOf = async (octokit: Octokit): Promise<string | undefined> => {
  try {
    const answer = await octokit.graphql<{ viewer?: { login?: string } } | undefined>("query { viewer { login } }");
    return answer?.viewer?.login;
  } catch (error) {
    if (isGraphqlFailure(error) || (isFailure(error) && (error.status === 403 || error.status === 404)))
      return undefined;
    throw error;
  }
};

/** Never sent twice by the client: whether a comment is there is looked up first. */
const createComment = async (
  octokit: Octokit,
  issue: Issue,
  body: string,
  { secondMs }: Patience,
): Promise<PostedComment> => {
  try {
    const { status, data } = await octokit.rest.issues.createComment({ ...issue, body, request: { retries: 0 } });
    if (status === 201) return postedOf(checkedComment(data));
    throw new StrangeAnswerError();
  } catch (error) {
    throw isFailure(error) && isPassing(error.status) ? new UnsureError(error, secondMs) : error;
  }
};

const MINIMIZED = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on IssueComment { id isMinimized } } }";
const MINIMIZE =
  "mutation ($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized } } }";

/** Only those that are not hidden yet. */
const minimize = async (octokit: Octokit, comments: readonly PostedComment[]): Promise<void> => {
  const ids = comments.map((comment) => (comment as GithubComment).nodeId);
  for (let at = 0; at < ids.length; at += PAGE) {
    const { nodes } = await octokit.graphql<{ nodes: readonly ({ id?: string; isMinimized?: boolean } | null)[] }>(
      MINIMIZED,
      { ids: ids.slice(at, at + PAGE) },
    );
    for (const node of nodes) {
      if (node?.id !== undefined && node.isMinimized === false) await octokit.graphql(MINIMIZE, { id: node.id });
    }
  }
};
