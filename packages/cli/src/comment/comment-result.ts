import { counted } from "../render/document/figures.ts";
import type { Result } from "../render/document/result.ts";
import type { Published } from "./publish.ts";

/** What the command did, or would do. */
export interface CommentOutcome {
  readonly forge: string;
  /** `acme/shop#7`; null where a dry run found none. */
  readonly target: string | null;
  readonly tag: string;
  readonly behavior: string;
  readonly dryRun: boolean;
  readonly action: Published["action"] | null;
  readonly url: string | null;
  readonly hidden: number;
  readonly deleted: number;
  readonly truncated: boolean;
  /** UTF-16 code units of the comment. */
  readonly characters: number;
  /** The text itself, in a dry run. */
  readonly body?: string;
}

const ACTIONS = {
  created: "Comment created",
  updated: "Comment updated",
  unchanged: "Comment left as it is, it says the same",
  skipped: "No comment: nothing changes, and there is none from before",
} as const;

/** The outcome in each format. */
export const commentResult = (outcome: CommentOutcome): Result => ({
  json: () => ({ schemaVersion: 1, command: "comment", ...outcome }),
  document: () => ({ title: titleOf(outcome), blocks: [{ kind: "lines", lines: linesOf(outcome) }] }),
  sheet: () => ({
    header: ["forge", "target", "tag", "action", "url", "hidden", "deleted", "truncated"],
    rows: [
      [
        ...[outcome.forge, outcome.target ?? "", outcome.tag, outcome.action ?? "", outcome.url ?? ""],
        ...[outcome.hidden, outcome.deleted, outcome.truncated].map(String),
      ],
    ],
  }),
});

const titleOf = ({ action, target }: CommentOutcome): string =>
  `${action === null ? "Nothing was sent" : ACTIONS[action]}${target === null ? "" : ` (${target})`}`;

const linesOf = ({ url, hidden, deleted, truncated }: CommentOutcome): readonly string[] => [
  ...(url === null ? [] : [url]),
  ...(hidden === 0 ? [] : [`${counted(hidden, "earlier comment")} hidden.`]),
  ...(deleted === 0 ? [] : [`${counted(deleted, "earlier comment")} deleted.`]),
  ...(truncated ? ["The report was cut to what fits in a comment."] : []),
];

/** What a dry run leaves undone, in a sentence. */
export const intentOf = (
  { forge, target, tag, behavior, characters }: CommentOutcome,
  onlyIfEarlier: boolean,
): string => {
  const where = `${target ?? `${forge}, no request given`}, tag ${tag}, ${characters.toLocaleString("en")} characters`;
  const earlier = onlyIfEarlier ? "if there is a comment from before, since nothing changes: " : "";
  return `Dry run, nothing is sent. It would ${earlier}${INTENTS[behavior] ?? behavior} (${where}).`;
};

const INTENTS: Readonly<Record<string, string>> = {
  update: "update the comment from before, or post the first",
  new: "post a new comment",
  "hide-and-new": "post a new comment and hide those from before",
  "delete-and-new": "post a new comment and delete those from before",
};
