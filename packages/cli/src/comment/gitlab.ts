import { MergeRequestNotes, Users } from "@gitbeaker/rest";
import { GITLAB_RULES } from "./body-rules.ts";
import { replacedBody } from "./comment-body.ts";
import { checkedComment, checkedComments, type Forge, type PostedComment, UnsureError } from "./forge.ts";
import { callsOf, unlessGone } from "./forge-call.ts";
import type { Advice, Refusal } from "./forge-error.ts";
import { GitlabFailure, patientRequester } from "./gitlab-requester.ts";
import { isPassing, PATIENCE, type Patience } from "./retry.ts";
import type { GitlabTarget } from "./targets.ts";

const ADVICE: Advice = {
  token:
    "Give a project, group or personal access token with the scope api in GITLAB_TOKEN; a CI_JOB_TOKEN cannot comment.",
  permission: "The token needs the scope api and at least the role Reporter in the project.",
  target:
    "Check --project, --merge-request and that the token may read the project; GitLab says 404 for what it hides.",
  address: "Check --gitlab-url.",
};

/** Comments of a merge request on GitLab. */
export const gitlabForge = (target: GitlabTarget, token: string, patience: Patience = PATIENCE): Forge => {
  const { project, number } = target;
  const name = `${project}!${number}`;
  const options = { host: target.serverUrl, token, requesterFn: patientRequester(patience), queryTimeout: null };
  const notes = new MergeRequestNotes(options);
  const users = new Users(options);
  const postedOf = ({ id, body }: Note): PostedComment => ({
    ...{ id, body },
    url: target.projectUrl === undefined ? undefined : `${target.projectUrl}/-/merge_requests/${number}#note_${id}`,
  });
  const update = async (comment: PostedComment, body: string): Promise<PostedComment | undefined> => {
    const note = await unlessGone(notes.edit(project, number, comment.id, { body }), isGone);
    return note === undefined ? undefined : postedOf(checkedComment<Note>(note));
  };
  const call = callsOf({ forge: GITLAB_RULES.forge, target: name, advice: ADVICE, refusalOf });
  return {
    ...GITLAB_RULES,
    target: name,
    list: () =>
      call("read the comments of", async () => {
        const { own, author } = await ownNotes(notes, users, target);
        return own.map(postedOf).map((note) => (author === undefined ? { ...note, authorUnknown: true } : note));
      }),
    create: (body) =>
      call("comment on", async () => postedOf(await createNote(notes.create(project, number, body), patience))),
    update: (comment, body) => call("update a comment of", () => update(comment, body)),
    hide: (comments, tag) =>
      call("fold comments of", async () => {
        for (const comment of comments) await update(comment, replacedBody(comment.body, tag, GITLAB_RULES));
      }),
    remove: (comment) =>
      call("delete a comment of", async () => {
        await unlessGone(notes.remove(project, number, comment.id), isGone);
      }),
  };
};

interface Note {
  readonly id: number;
  readonly body: string;
  readonly system?: boolean;
  readonly author?: { readonly id?: unknown };
}

const ownNotes = async (
  notes: MergeRequestNotes,
  users: Users,
  { project, number }: GitlabTarget,
): Promise<{ readonly own: readonly Note[]; readonly author: number | undefined }> => {
  const listing = { sort: "asc", orderBy: "created_at", perPage: 100 } as const;
  const all = checkedComments<Note>(await notes.all(project, number, listing));
  const author = all.length === 0 ? undefined : await authorOf(users);
  const own = all
    .filter((note) => note.system !== true && (author === undefined || note.author?.id === author))
    .toSorted((a, b) => a.id - b.id);
  return { own, author };
};

/** Number of the token's user; undefined where the token may not ask. */
const authorOf = async (users: Users): Promise<number | undefined> => {
  try {
    return (await users.showCurrentUser()).id;
  } catch (error) {
    if (error instanceof GitlabFailure && (error.status === 403 || error.status === 404)) return undefined;
    throw error;
  }
};

const createNote = async (creating: Promise<Note>, { secondMs }: Patience): Promise<Note> => {
  try {
    return checkedComment(await creating);
  } catch (error) {
    const unsure = error instanceof GitlabFailure && (error.status === undefined || isPassing(error.status));
    throw unsure ? new UnsureError(error, secondMs) : error;
  }
};

const refusalOf = (error: unknown): Omit<Refusal, "forge" | "action"> | undefined =>
  error instanceof GitlabFailure ? { status: error.status, text: error.message, wait: error.wait } : undefined;

const isGone = (error: unknown): boolean => error instanceof GitlabFailure && error.status === 404;
