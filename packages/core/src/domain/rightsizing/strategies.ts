import { cloudfix } from "./strategies/cloudfix.ts";
import { computeOptimizer } from "./strategies/compute-optimizer.ts";
import { krrSimple } from "./strategies/krr-simple.ts";
import { percentile } from "./strategies/percentile.ts";
import { tailAware } from "./strategies/tail-aware.ts";
import { vpa } from "./strategies/vpa.ts";
import type { AnyStrategy } from "./strategy.ts";

/** Every strategy of the library, the default first. A strategy of one's own is put beside them: `[...STRATEGIES, mine]`. */
export const STRATEGIES: readonly AnyStrategy[] = [tailAware, percentile, computeOptimizer, krrSimple, vpa, cloudfix];

/** The strategy of that id; undefined where none has it. */
export const findStrategy = (id: string, strategies: readonly AnyStrategy[] = STRATEGIES): AnyStrategy | undefined =>
  strategies.find((strategy) => strategy.id === id);
