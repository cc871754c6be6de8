import type { AnyStrategy } from "../strategy.ts";
import { cloudfix } from "./cloudfix.ts";
import { computeOptimizer } from "./compute-optimizer.ts";
import { krrSimple } from "./krr-simple.ts";
import { percentile } from "./percentile.ts";
import { riskAware } from "./risk-aware.ts";
import { tailAware } from "./tail-aware.ts";
import { vpa } from "./vpa.ts";

/** Every strategy of the library, the default first. A strategy of one's own is put beside them: `[...STRATEGIES, mine]`. */
export const STRATEGIES: readonly AnyStrategy[] = [
  riskAware,
  tailAware,
  percentile,
  computeOptimizer,
  krrSimple,
  vpa,
  cloudfix,
];

/** The strategy of that id; undefined where none has it. */
export const findStrategy = (id: string, strategies: readonly AnyStrategy[] = STRATEGIES): AnyStrategy | undefined =>
  strategies.find((strategy) => strategy.id === id);
