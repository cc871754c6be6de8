/** What a service is matched by. */
export interface Named {
  readonly name: string;
  readonly cluster: string;
  readonly address?: string;
  readonly previousAddress?: string;
}

/** The two sides of a service; one of them is missing where it is added or removed. */
export interface Pair<T> {
  readonly before?: T;
  readonly after?: T;
}

/** Whether something is on both sides. */
export const isMatched = <T>(pair: Pair<T>): pair is Required<Pair<T>> =>
  pair.before !== undefined && pair.after !== undefined;

type KeysOf<T> = (service: T) => readonly string[];

/** What one service is matched by, the surest first. Each is a pair of keys, of the side before and of the side after. */
const KEYS: readonly (readonly [KeysOf<Named>, KeysOf<Named>])[] = [
  [({ address }) => keys(address), ({ address }) => keys(address)],
  [({ address }) => keys(address), ({ previousAddress }) => keys(previousAddress)],
  [({ previousAddress }) => keys(previousAddress), ({ address }) => keys(address)],
  [({ cluster, name }) => keys(cluster, name), ({ cluster, name }) => keys(cluster, name)],
  [({ name }) => keys(name), ({ name }) => keys(name)],
];

const keys = (...parts: readonly (string | undefined)[]): readonly string[] =>
  parts.includes(undefined) ? [] : [JSON.stringify(parts)];

/** The steps that are taken together: a move may be told by either side. */
const STEPS = [[0], [1, 2], [3], [4]] as const;

/**
 * Matches by address, then by the address before a move, then by cluster and name, then by the name alone, each where it
 * stands once among what is left of each side. Those of the side after come first in its order, then what is removed.
 */
export const pairServices = <T extends Named>(before: readonly T[], after: readonly T[]): readonly Pair<T>[] => {
  const partner = new Map<T, T>();
  const taken = new Set<T>();
  for (const step of STEPS) {
    const left = before.filter((service) => !taken.has(service));
    const right = after.filter((service) => !partner.has(service));
    const found = step.flatMap((place) => candidates(left, right, place));
    const ofBefore = Map.groupBy(found, ([service]) => service);
    const ofAfter = Map.groupBy(found, ([, service]) => service);
    for (const [was, is] of found) {
      if (new Set(ofBefore.get(was)?.map(([, each]) => each)).size > 1) continue;
      if (new Set(ofAfter.get(is)?.map(([each]) => each)).size > 1) continue;
      partner.set(is, was);
      taken.add(was);
    }
  }
  return [
    ...after.map((service) => pairOf(partner.get(service), service)),
    ...before.filter((service) => !taken.has(service)).map((service) => ({ before: service })),
  ];
};

const pairOf = <T>(before: T | undefined, after: T): Pair<T> => (before === undefined ? { after } : { before, after });

/** Services of both sides whose keys are the same and no other's. */
const candidates = <T extends Named>(
  before: readonly T[],
  after: readonly T[],
  place: number,
): readonly (readonly [T, T])[] => {
  const [ofBefore, ofAfter] = KEYS[place] ?? [];
  if (ofBefore === undefined || ofAfter === undefined) return [];
  const left = alone(before, ofBefore);
  return [...alone(after, ofAfter)].flatMap(([key, service]) => {
    const found = left.get(key);
    return found === undefined ? [] : [[found, service] as const];
  });
};

/** Services whose key no other has. */
const alone = <T extends Named>(services: readonly T[], keysOf: KeysOf<Named>): ReadonlyMap<string, T> => {
  const keyed = services.flatMap((service) => keysOf(service).map((key) => ({ key, service })));
  const groups = Map.groupBy(keyed, ({ key }) => key);
  return new Map(
    [...groups].flatMap(([key, [first, ...more]]) => (first && more.length === 0 ? [[key, first.service]] : [])),
  );
};
