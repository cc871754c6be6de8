import type { Reason } from "../issues/issue.ts";
import type { TaskSize } from "../sizing/fargate-sizes.ts";
import { describeSize } from "../sizing/size-fit.ts";
import { holds, type SizeGrid } from "../sizing/size-grid.ts";

/** A size that a service could change to. */
export interface SizeChange {
  readonly grid: SizeGrid;
  readonly current: TaskSize;
  readonly size: TaskSize;
  readonly needed: TaskSize;
  /** Cost of all tasks, in one unit. */
  readonly costNow: number;
  readonly costThen: number;
  /** Whether target tracking makes up for a task that is too small. */
  readonly tracked: boolean;
  /** Share of the cost, 0 to 1, below which a change is not worth it. */
  readonly minSaving: number;
}

/** Whether to change to that size, and why. */
export interface Verdict {
  readonly resize: boolean;
  readonly reason: Reason;
}

/** A change is advised where the current size is too small, not allowed, or costs more. */
export const judgeSize = (change: SizeChange): Verdict => {
  const { grid, current, size, needed, costNow, costThen } = change;
  const now = describeSize(current);
  const then = describeSize(size);
  const asks = `The demand is ${describeSize(needed)}`;
  if (isSame(current, size)) return keep("right-size", `${asks}; ${now} is the cheapest size that holds it.`);
  if (!change.tracked && !holds(current, needed)) return resize("under-provisioned", `${asks}, more than ${now}.`);
  if (grid.kind === "list" && !grid.sizes.some((allowed) => isSame(allowed, current))) {
    return resize("size-not-allowed", `${now} is not among the sizes that are allowed.`);
  }
  const saving = costNow > 0 ? 1 - costThen / costNow : 0;
  const percent = `${(100 * Math.max(0, saving)).toFixed(1)} %`;
  if (saving <= 0 || saving < change.minSaving) return keep("saving-too-small", `${then} would save ${percent}.`);
  const less = grid.kind === "steps" ? `with ${percent} less CPU and memory at 9 : 1` : `for ${percent} less`;
  return resize("over-provisioned", `${asks}; ${then} holds it ${less}.`);
};

const isSame = (a: TaskSize, b: TaskSize): boolean => a.cpu === b.cpu && a.memory === b.memory;

const keep = (code: string, detail: string): Verdict => ({ resize: false, reason: { code, detail } });

const resize = (code: string, detail: string): Verdict => ({ resize: true, reason: { code, detail } });
