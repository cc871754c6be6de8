import type { Dated } from "./facts.ts";

/** Dictionary of the dates and documents that the rows of one file refer to by index. */
export interface Origins {
  readonly list: readonly Dated[];
  /** Index of this date and document, added where it is new. */
  place(origin: Dated): number;
}

export const createOrigins = (): Origins => {
  const list: Dated[] = [];
  const places = new Map<string, number>();
  return {
    list,
    place: ({ asOf, source }) => {
      const id = `${asOf}\n${source}`;
      const known = places.get(id);
      if (known !== undefined) return known;
      places.set(id, list.length);
      list.push({ asOf, source });
      return list.length - 1;
    },
  };
};
