/** Smallest whole number from `low` to `high` that holds, for a predicate that stays true; `high` where none does. */
export const firstWhere = (low: number, high: number, holds: (value: number) => boolean): number => {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
};
