import { type AwsCall, malformedAnswer } from "./aws-error.ts";
import type { Aws, Send } from "./open-aws.ts";

/** A page of an answer. */
export interface AwsPage<T> {
  readonly items: readonly T[] | undefined;
  readonly next: string | undefined;
}

/** How often a page is asked for again where its token leads nowhere new. */
const MOST_REPEATS = 3;

/**
 * Every item of a list that comes in pages. A token that was there before would lead in a circle: the page is asked
 * for again, and the list is refused where that does not help.
 */
export const allPages = async <T>(
  aws: Aws,
  call: AwsCall,
  page: (token: string | undefined) => (signal: AbortSignal) => Promise<AwsPage<T>>,
): Promise<readonly T[]> => {
  const items: T[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  let repeats = 0;
  for (;;) {
    const send: Send<AwsPage<T>> = page(token);
    const answer = await aws.call(call, send);
    const next = answer.next === "" ? undefined : answer.next;
    if (next !== undefined && (typeof next !== "string" || seen.has(next))) {
      repeats += 1;
      if (repeats > MOST_REPEATS) throw malformedAnswer(call, "its pages repeat");
      continue;
    }
    if (answer.items !== undefined && !Array.isArray(answer.items))
      throw malformedAnswer(call, "its items are no list");
    items.push(...(answer.items ?? []));
    if (next === undefined) return items;
    seen.add(next);
    token = next;
  }
};

/** Calls `work` for chunks of a list, at the same time as far as the limits allow; results in order. */
export const inChunks = async <T, R>(
  list: readonly T[],
  size: number,
  work: (chunk: readonly T[]) => Promise<readonly R[]>,
): Promise<readonly R[]> => {
  const chunks = Array.from({ length: Math.ceil(list.length / size) }, (_, at) =>
    list.slice(at * size, at * size + size),
  );
  return (await Promise.all(chunks.map(work))).flat();
};
