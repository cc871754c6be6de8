import type { Octokit } from "@octokit/rest";
import { GITHUB_RULES } from "./body-rules.ts";
import {
  checkedComment,
  checkedComments,
  type Forge,
  type PostedComment,
  StrangeAnswerError,
  UnsureError,
} from "./forge.ts";
import { callsOf, unlessGone } from "./forge-call.ts";
import type { Advice } from "./forge-error.ts";
import { githubRefusal, isGraphqlFailure, isRequestFailure, openOctokit } from "./github-client.ts";
import { isPassing, PATIENCE, type Patience } from "./retry.ts";
import type { GithubTarget } from "./targets.ts";

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
  const call = callsOf({ forge: GITHUB_RULES.forge, target: name, advice: ADVICE, refusalOf: githubRefusal });
  const issue = { owner, repo, issue_number: number };
  return {
    ...GITHUB_RULES,
    target: name,
    list: () => call("read the comments of", async () => ownComments(octokit, issue)),
    create: (body) => call("comment on", async () => createComment(octokit, issue, body, patience)),
    update: (comment, body) =>
      call("update a comment of", async () => {
        const updating = octokit.rest.issues.updateComment({ owner, repo, comment_id: comment.id, body });
        const answer = await unlessGone(updating, isGone);
        return answer === undefined ? undefined : postedOf(checkedComment(answer.data));
      }),
    hide: (comments) => call("hide comments of", () => minimize(octokit, comments)),
    remove: (comment) =>
      call("delete a comment of", async () => {
        await unlessGone(octokit.rest.issues.deleteComment({ owner, repo, comment_id: comment.id }), isGone);
      }),
  };
};

const isGone = (error: unknown): boolean => isRequestFailure(error) && error.status === 404;

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
    .map(postedOf)
    .map((comment) => (login === undefined ? { ...comment, authorUnknown: true } : comment));
};

const viewerOf = async (octokit: Octokit): Promise<string | undefined> => {
  try {
    const answer = await octokit.graphql<{ viewer?: { login?: string } } | undefined>("query { viewer { login } }");
    return answer?.viewer?.login;
  } catch (error) {
    if (isGraphqlFailure(error) || (isRequestFailure(error) && (error.status === 403 || error.status === 404)))
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
    throw isRequestFailure(error) && isPassing(error.status) ? new UnsureError(error, secondMs) : error;
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
