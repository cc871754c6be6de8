const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next[j] = Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

const plain = (key: string): string => key.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Changes from one to the other; a part of a name, such as `count` of `desiredCount`, is near it. */
const farness = (key: string, candidate: string): number => {
  const [a, b] = [plain(key), plain(candidate)];
  return Math.min(distance(a, b), a.length >= 3 && b.includes(a) ? 2 : Number.POSITIVE_INFINITY);
};

/** The known key that a mistyped one most likely means, or undefined where none is near. */
export const nearestKey = (key: string, known: readonly string[]): string | undefined => {
  if (key.length > 64) return undefined;
  const near = known
    .map((candidate) => ({ candidate, far: farness(key, candidate), length: plain(candidate).length }))
    .filter(({ far, length }) => far <= Math.max(2, Math.floor(length / 3)) && far < length)
    .sort((a, b) => a.far - b.far || (a.candidate < b.candidate ? -1 : 1));
  return near[0]?.candidate;
};
