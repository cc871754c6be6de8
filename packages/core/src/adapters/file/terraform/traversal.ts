/** A step of a reference: a name, or the key of an instance. */
export interface Step {
  readonly name?: string;
  readonly key?: string | number;
}

const STEP = /(?:^|\.)([^.[\]"]+)|\[(?:"((?:[^"\\]|\\.)*)"|(\d{1,9}))\]/g;

const unquote = (text: string): string => text.replace(/\\(.)/g, "$1");

/** Steps of a reference or address: `module.api["a"].x[0]` has five. */
export const traversal = (text: string): readonly Step[] =>
  [...text.matchAll(STEP)].map(([, name, quoted, number]): Step => {
    if (name !== undefined) return { name };
    return { key: quoted === undefined ? Number(number) : unquote(quoted) };
  });

/** References without those that another one goes on from: of `a.b`, `a.b[0]` and `a.b[0].arn` the last. */
export const mostSpecific = (references: readonly string[]): readonly string[] => {
  const beginnings = new Set(
    references.flatMap((reference) => [...reference.matchAll(/[.[]/g)].map(({ index }) => reference.slice(0, index))),
  );
  return [...new Set(references)].filter((reference) => !beginnings.has(reference));
};
