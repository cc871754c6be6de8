/** What a service is matched by. */
export interface Named {
  readonly name: string;
  readonly cluster: string;
}

/** The two sides of a service; one of them is missing where it is added or removed. */
export interface Pair<T> {
  readonly before?: T;
  readonly after?: T;
}

/** Whether something is on both sides. */
export const isMatched = <T>(pair: Pair<T>): pair is Required<Pair<T>> =>
  pair.before !== undefined && pair.after !== undefined;

/**
 * Matches by cluster and name, then by the name alone where it stands once among what is left of each side. Those of the
 * side after come first in its order, then what is removed.
 */
export const pairServices = <T extends Named>(before: readonly T[], after: readonly T[]): readonly Pair<T>[] => {
  const partner = new Map<T, T>();
  const taken = new Set<T>();
  const match = (keyOf: (service: T) => string): void => {
    const left = alone(
      before.filter((service) => !taken.has(service)),
      keyOf,
    );
    const right = alone(
      after.filter((service) => !partner.has(service)),
      keyOf,
    );
    for (const [key, service] of right) {
      const found = left.get(key);
      if (found === undefined) continue;
      partner.set(service, found);
      taken.add(found);
    }
  };
  match(({ cluster, name }) => JSON.stringify([cluster, name]));
  match(({ name }) => name);
  return [
    ...after.map((service) => pairOf(partner.get(service), service)),
    ...before.filter((service) => !taken.has(service)).map((service) => ({ before: service })),
  ];
};

const pairOf = <T>(before: T | undefined, after: T): Pair<T> => (before === undefined ? { after } : { before, after });

/** Services whose key no other has. */
const alone = <T>(services: readonly T[], keyOf: (service: T) => string): ReadonlyMap<string, T> => {
  const groups = Map.groupBy(services, keyOf);
  return new Map([...groups].flatMap(([key, [first, ...more]]) => (first && more.length === 0 ? [[key, first]] : [])));
};
