import { realpathSync } from "node:fs";
import { basename } from "node:path";

const MARKDOWN_NAME = /\.(?:md|markdown)$/i;
/** What `--format markdown` prints begins so. */
const OWN_HEADING = /^\s*## \S/;
const ASSIGNMENT = /^\s*(?:export\s+)?[A-Za-z_][A-Za-z0-9_.]*\s*=/m;
const SECRETS: readonly RegExp[] = [
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/,
  /aws_secret_access_key/i,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_[A-Za-z0-9_]{30,}|\bglpat-[A-Za-z0-9_-]{20,}/,
];

/** A link may have a harmless name. */
const realName = (file: string): string => {
  try {
    return basename(realpathSync(file));
  } catch {
    return basename(file);
  }
};

/** Why a text that is no report should not be put where everybody reads it; undefined where it is Markdown for that. */
export const unfitForComment = (file: string, text: string): string | undefined => {
  if (SECRETS.some((secret) => secret.test(text))) return "holds what looks like a key or token";
  const name = realName(file);
  if (name.startsWith(".")) return "is a hidden file";
  if (MARKDOWN_NAME.test(name) || (OWN_HEADING.test(text) && !ASSIGNMENT.test(text))) return undefined;
  return "is neither a report of ecs-cost nor Markdown";
};
