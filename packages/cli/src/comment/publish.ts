import type { Behavior } from "./behaviors.ts";
import type { CommentBody } from "./comment-body.ts";
import { type Forge, type PostedComment, UnsureError } from "./forge.ts";
import { readMarker, sameBody } from "./marker.ts";
import { pause } from "./retry.ts";

/** What is to be said, and how it meets what was said before. */
export interface Publication {
  readonly body: CommentBody;
  readonly tag: string;
  readonly behavior: Behavior;
  /** Nothing is posted unless there is an earlier comment, which is then brought up to date. */
  readonly onlyIfEarlier: boolean;
}

/** What was done. */
export interface Published {
  readonly action: "created" | "updated" | "unchanged" | "skipped";
  readonly url: string | undefined;
  /** Earlier comments that were hidden or deleted. */
  readonly hidden: number;
  readonly deleted: number;
}

/** Puts a comment on the forge. Comments that are not of this tag and this author are never touched. */
export const publish = async (forge: Forge, publication: Publication): Promise<Published> => {
  const { body, tag, behavior, onlyIfEarlier } = publication;
  const earlier = commentsOf(await forge.list(), tag);
  const latest = earlier.at(-1);
  if (onlyIfEarlier && latest === undefined) return done("skipped", undefined);
  if (behavior !== "new" && latest !== undefined && sameBody(latest.body, body.text)) {
    return clear(forge, publication, done("unchanged", latest.url), earlier.slice(0, -1));
  }
  if (behavior === "update" && latest !== undefined) {
    const updated = await forge.update(latest, body.text);
    if (updated !== undefined) return done("updated", updated.url);
  }
  const { url } = await createOnce(forge, publication, new Set(earlier.map(({ id }) => id)));
  return clear(forge, publication, done("created", url), earlier);
};

const done = (action: Published["action"], url: string | undefined): Published => ({
  ...{ action, url },
  ...{ hidden: 0, deleted: 0 },
});

/** Hides or deletes what should not stand beside the newest comment, only after that is there. */
const clear = async (
  forge: Forge,
  { behavior, tag }: Publication,
  published: Published,
  old: readonly PostedComment[],
): Promise<Published> => {
  if (behavior === "hide-and-new") {
    await forge.hide(old, tag);
    return { ...published, hidden: old.length };
  }
  if (behavior !== "delete-and-new") return published;
  const own = old.filter(({ authorUnknown }) => authorUnknown !== true);
  for (const comment of own) await forge.remove(comment);
  return { ...published, deleted: own.length };
};

const commentsOf = (comments: readonly PostedComment[], tag: string): readonly PostedComment[] =>
  comments.filter(({ body }) => {
    const marker = readMarker(body);
    return marker?.tag === tag && !marker.replaced;
  });

const MOST_POSTS = 4;

/** Posts a comment once, also where an answer is lost: then it is looked for before it is posted again. */
const createOnce = async (
  forge: Forge,
  { body, tag }: Publication,
  known: ReadonlySet<number>,
): Promise<PostedComment> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await forge.create(body.text);
    } catch (error) {
      if (!(error instanceof UnsureError)) throw error;
      await pause(error.waitMs * 2 ** (attempt - 1));
      const posted = commentsOf(await forge.list(), tag).find(
        (comment) => !known.has(comment.id) && sameBody(comment.body, body.text),
      );
      if (posted !== undefined) return posted;
      if (attempt === MOST_POSTS) throw error.failure;
    }
  }
};
