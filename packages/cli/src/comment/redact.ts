import { isBorderError } from "@ecs-cost/core";
import { BorderError } from "@ecs-cost/core/estimate";

/** Tokens of GitHub and GitLab as they issue them, wherever they come from. */
const TOKENS =
  /\b(?:gh[pousr]_[A-Za-z0-9]{10,}|github_pat_\w{10,}|(?:glpat|gldt|glrt|glcbt|glptt|glft|glsoat|gloas)-[\w.-]{10,})/g;

const SHORTEST_SECRET = 4;
const HIDDEN = "[hidden]";

/** A text without the secrets, also where they are encoded for a URL or a header, and without anything like a token. */
export const redact = (text: string, secrets: readonly string[]): string => {
  const forms = secrets
    .map((secret) => secret.trim())
    .filter(({ length }) => length >= SHORTEST_SECRET)
    .flatMap((secret) => [secret, encodeURIComponent(secret), ...base64Forms(secret)]);
  return forms
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, form) => left.replaceAll(form, HIDDEN), text)
    .replace(TOKENS, HIDDEN);
};

const base64Forms = (secret: string): readonly string[] =>
  [secret, `x-access-token:${secret}`, `oauth2:${secret}`].map((text) =>
    Buffer.from(text, "utf8").toString("base64").replace(/=+$/, ""),
  );

/** The same failure without the secrets in anything that is told of it. */
export const redactError = (error: unknown, secrets: readonly string[]): unknown => {
  if (!(error instanceof Error)) return redact(String(error), secrets);
  if (isBorderError(error)) return redactBorderError(error, secrets);
  error.message = redact(error.message, secrets);
  if (error.stack !== undefined) error.stack = redact(error.stack, secrets);
  return error;
};

const redactBorderError = (error: BorderError, secrets: readonly string[]): BorderError =>
  new BorderError(redact(error.message, secrets), {
    ...{ code: error.code, source: error.source },
    ...(error.hint === undefined ? {} : { hint: redact(error.hint, secrets) }),
    ...(error.where === undefined ? {} : { where: error.where }),
    problems: error.problems.map(({ where, detail }) => ({ where, detail: redact(detail, secrets) })),
  });
