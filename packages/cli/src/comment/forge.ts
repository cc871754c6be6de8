import type { BodyRules } from "./comment-body.ts";

/** A comment as the forge knows it. */
export interface PostedComment {
  readonly id: number;
  readonly body: string;
  /** Where a reader finds it; undefined where the forge does not say. */
  readonly url: string | undefined;
  /** Whose token this is could not be found out, so that the comment may be of someone else. */
  readonly authorUnknown?: true;
}

/** What has to be known of a forge to keep comments on one pull or merge request. */
export interface Forge extends BodyRules {
  /** `acme/shop#7`. */
  readonly target: string;
  /** Comments whose author is the owner of the token, where that can be found out, the oldest first. */
  readonly list: () => Promise<readonly PostedComment[]>;
  /** Throws `UnsureError` where it is not known whether the comment is there. */
  readonly create: (body: string) => Promise<PostedComment>;
  /** Undefined where the comment is gone. */
  readonly update: (comment: PostedComment, body: string) => Promise<PostedComment | undefined>;
  /** Folds comments that a newer one has replaced, each with the tag it was posted under. */
  readonly hide: (comments: readonly PostedComment[], tag: string) => Promise<void>;
  /** Also where it is gone already. */
  readonly remove: (comment: PostedComment) => Promise<void>;
}

/** An answer with a status of success that is not what the API of the forge says. */
export class StrangeAnswerError extends Error {
  override readonly name = "StrangeAnswerError";
}

/** A comment of an answer; throws a `StrangeAnswerError` where it is none. */
export const checkedComment = <T extends { readonly id: number }>(comment: T): T => {
  const { id, body } = (comment ?? {}) as { readonly id?: unknown; readonly body?: unknown };
  if (typeof id === "number" && typeof (body ?? "") === "string") return comment;
  throw new StrangeAnswerError();
};

/** Comments of an answer; throws a `StrangeAnswerError` where they are none. */
export const checkedComments = <T extends { readonly id: number }>(comments: readonly T[]): readonly T[] => {
  if (!Array.isArray(comments)) throw new StrangeAnswerError();
  return comments.map(checkedComment);
};

/** A comment may or may not have been posted: the answer was lost or is no answer. */
export class UnsureError extends Error {
  override readonly name = "UnsureError";
  readonly failure: Error;
  /** Milliseconds to wait before anything is tried again. */
  readonly waitMs: number;

  constructor(failure: Error, waitMs: number) {
    super(failure.message);
    this.failure = failure;
    this.waitMs = waitMs;
  }
}
