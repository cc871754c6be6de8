/**
 * Weight vectors for `options` providers with weights 0 to `maxWeight`: each ratio once in its smallest numbers,
 * never all 0; in ascending order.
 */
export const weightVectors = (options: number, maxWeight: number): readonly (readonly number[])[] => {
  let vectors: number[][] = [[]];
  for (let i = 0; i < options; i += 1) {
    vectors = vectors.flatMap((vector) => Array.from({ length: maxWeight + 1 }, (_, weight) => [...vector, weight]));
  }
  return vectors.filter((vector) => vector.reduce(greatestDivisor, 0) === 1);
};

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));
