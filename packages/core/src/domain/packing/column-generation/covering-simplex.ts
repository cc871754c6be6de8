/** A way to fill an instance, as a column of the configuration programme: tasks by row and its cost. */
export interface Column {
  /** Pairs: row, amount. */
  readonly entries: readonly number[];
  readonly cost: number;
}

/**
 * The linear programme min cost . x with, for each row, at least `demand` tasks covered, x >= 0: revised simplex method
 * with an explicit inverse. Columns are offered one by one; the basis survives a change of costs.
 */
export interface CoveringProgram {
  /** Value of one task of each row. */
  readonly prices: Float64Array;
  /** Pivots the column in if it lowers the cost; tells whether it did. */
  readonly offer: (column: Column) => boolean;
  /** Gives every column of the basis a new cost. */
  readonly reprice: (costOf: (column: Column) => number) => void;
  /** Columns in use and how many instances of each, fractional. */
  readonly solution: () => readonly { readonly column: Column; readonly amount: number }[];
}

const TINY = 1e-9;

const worthOf = (column: Column, prices: Float64Array): number => {
  let value = 0;
  for (let i = 0; i < column.entries.length; i += 2) {
    value += (prices[column.entries[i] as number] as number) * (column.entries[i + 1] as number);
  }
  return value;
};

/** Starts from one column per row, which must cover that row alone. */
export const startCovering = (demand: ArrayLike<number>, start: readonly Column[]): CoveringProgram => {
  const rows = demand.length;
  const basis: Column[] = [...start];
  const inverse = new Float64Array(rows * rows);
  const level = new Float64Array(rows);
  const prices = new Float64Array(rows);
  const direction = new Float64Array(rows);
  basis.forEach((column, r) => {
    const amount = column.entries[1] ?? 1;
    inverse[r * rows + r] = 1 / amount;
    level[r] = (demand[r] ?? 0) / amount;
    prices[r] = column.cost / amount;
  });

  const pivot = (column: Column, reduced: number): boolean => {
    let leave = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let r = 0; r < rows; r++) {
      let u = 0;
      for (let i = 0; i < column.entries.length; i += 2) {
        u += (inverse[r * rows + (column.entries[i] as number)] as number) * (column.entries[i + 1] as number);
      }
      direction[r] = u;
      if (u > TINY && (level[r] as number) / u < least) {
        least = (level[r] as number) / u;
        leave = r;
      }
    }
    if (leave < 0) return false;
    const scale = 1 / (direction[leave] as number);
    const from = leave * rows;
    for (let k = 0; k < rows; k++) {
      const value = (inverse[from + k] as number) * scale;
      inverse[from + k] = value;
      prices[k] = (prices[k] as number) + reduced * value;
    }
    for (let r = 0; r < rows; r++) {
      const factor = direction[r] as number;
      if (r === leave || Math.abs(factor) < 1e-14) continue;
      level[r] = Math.max(0, (level[r] as number) - factor * least);
      for (let k = 0; k < rows; k++) {
        inverse[r * rows + k] = (inverse[r * rows + k] as number) - factor * (inverse[from + k] as number);
      }
    }
    level[leave] = least;
    basis[leave] = column;
    return true;
  };

  return {
    prices,
    offer: (column) => {
      const reduced = column.cost - worthOf(column, prices);
      return reduced < -TINY * Math.max(1, column.cost) && pivot(column, reduced);
    },
    reprice: (costOf) => {
      prices.fill(0);
      basis.forEach((column, r) => {
        const cost = costOf(column);
        basis[r] = { ...column, cost };
        for (let k = 0; k < rows; k++) prices[k] = (prices[k] as number) + cost * (inverse[r * rows + k] as number);
      });
    },
    solution: () => basis.map((column, r) => ({ column, amount: level[r] as number })),
  };
};

/** The column that covers more of one row than is asked for, at no gain. */
export const surplus = (row: number): Column => ({ entries: [row, -1], cost: 0 });
