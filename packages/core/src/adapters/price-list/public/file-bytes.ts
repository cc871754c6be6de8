import type { Readable } from "node:stream";
import type { Http, HttpAnswer } from "./http.ts";
import { listError } from "./list-error.ts";

/** A file of the price list while it comes. */
export interface ListFile {
  readonly url: string;
  readonly etag: string | undefined;
  /** Bytes as they are sent, undefined where the server does not say. */
  readonly length: number | undefined;
  /** The bytes as they are sent; a connection that breaks is taken up again where it broke. */
  readonly bytes: AsyncIterable<Buffer>;
}

const MOST_RESUMES = 5;

const lengthOf = ({ headers }: HttpAnswer): number | undefined => {
  const length = Number(headers["content-length"] ?? Number.NaN);
  return Number.isSafeInteger(length) ? length : undefined;
};

/** Only a strong validator says that the bytes are the same. */
const strongEtag = ({ headers }: HttpAnswer): string | undefined => {
  const etag = headers["etag"];
  return etag === undefined || etag.startsWith("W/") ? undefined : etag;
};

const startOf = ({ headers }: HttpAnswer): number =>
  Number(/^bytes (?<start>\d+)-/.exec(headers["content-range"] ?? "")?.groups?.["start"] ?? Number.NaN);

/** The rest of a file from a place on; throws where it is another file by now. */
const resume = async (http: Http, url: string, etag: string, from: number): Promise<Readable> => {
  const answer = await http.get(url, {
    "accept-encoding": "gzip",
    range: `bytes=${from}-`,
    "if-range": etag,
  });
  if (answer.status === 206 && startOf(answer) === from && (strongEtag(answer) ?? etag) === etag) return answer.body;
  answer.body.on("error", () => {}).destroy();
  throw listError(url, "malformed-answer", "it changed while it was read");
};

const cutShort = (url: string, got: number, length: number | undefined, cause?: unknown) =>
  listError(
    url,
    "not-reached",
    `it was cut short after ${got}${length === undefined ? "" : ` of ${length}`} bytes`,
    cause,
  );

async function* bytesOf(http: Http, url: string, first: HttpAnswer): AsyncGenerator<Buffer> {
  const length = lengthOf(first);
  const etag = strongEtag(first);
  let body = first.body;
  let got = 0;
  let resumes = 0;
  for (;;) {
    let failure: unknown;
    try {
      for await (const chunk of body) {
        got += (chunk as Buffer).length;
        yield chunk as Buffer;
      }
    } catch (error) {
      failure = error;
    }
    const isWhole = length === undefined ? failure === undefined : got === length;
    if (isWhole) return;
    resumes += 1;
    if (etag === undefined || resumes > MOST_RESUMES || got > (length ?? got))
      throw cutShort(url, got, length, failure);
    body = await resume(http, url, etag, got);
  }
}

/** Opens a file, or undefined where it is still the one with this validator. */
export const openFile = async (http: Http, url: string, knownEtag?: string): Promise<ListFile | undefined> => {
  const answer = await http.get(url, {
    "accept-encoding": "gzip",
    ...(knownEtag === undefined ? {} : { "if-none-match": knownEtag }),
  });
  if (answer.status === 304) {
    answer.body.resume();
    if (knownEtag !== undefined) return undefined;
  }
  if (answer.status !== 200) {
    answer.body.on("error", () => {}).destroy();
    throw listError(url, "malformed-answer", `the answer makes no sense (HTTP ${answer.status})`);
  }
  return {
    url,
    etag: answer.headers["etag"],
    length: lengthOf(answer),
    bytes: bytesOf(http, url, answer),
  };
};
