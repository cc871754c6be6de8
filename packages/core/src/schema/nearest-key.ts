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

/** The known key that a mistyped one most likely means, or undefined where none is near. */
export const nearestKey = (key: string, known: readonly string[]): string | undefined => {
  if (key.length > 64) return undefined;
  const scored = known
    .map((candidate) => ({ candidate, score: distance(plain(key), plain(candidate)) }))
    .filter(
      ({ candidate, score }) =>
        score <= Math.max(2, Math.floor(candidate.length / 3)) && score < plain(candidate).length,
    )
    .sort((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : 1));
  return scored[0]?.candidate;
};
