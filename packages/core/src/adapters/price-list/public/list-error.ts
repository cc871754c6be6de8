import { BorderError } from "../../../domain/issues/border-error.ts";

/** Codes of the failures of a file of the price list. */
export type ListErrorCode =
  | "not-reached"
  | "aws-refused"
  | "not-offered"
  | "throttled"
  | "aws-failure"
  | "malformed-answer";

const MIRROR = "--price-list-url names a mirror, --source api asks the Price List API with credentials.";

const HINTS: Readonly<Record<ListErrorCode, string>> = {
  "not-reached": `Check the network and HTTPS_PROXY. ${MIRROR}`,
  "aws-refused": `Check the region, and proxies on the way. ${MIRROR}`,
  "not-offered": "The price list names the regions that it has for a service.",
  throttled: "Repeat the command a little later: it goes on where it stopped.",
  "aws-failure": "AWS failed on its side; repeat the command: it goes on where it stopped.",
  "malformed-answer": `Repeat the command, and check proxies on the way. ${MIRROR}`,
};

/** A URL as messages show it: without user, password and query. */
export const urlText = (url: string): string => {
  if (!URL.canParse(url)) return url;
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
};

/** A file of the price list that was not given or makes no sense. */
export const listError = (url: string, code: ListErrorCode, detail: string, cause?: unknown): BorderError =>
  new BorderError(`${urlText(url)}: ${detail}`, { code, source: "aws", hint: HINTS[code], cause });
