import type { Assumption } from "../issues/issue.ts";
import type { Interruptible } from "../workload/service.ts";

/** Tasks that must stay up: a number, or a share of the desired count (0 to 1, rounded up to whole tasks). */
export type RequiredTasks =
  | { readonly kind: "tasks"; readonly tasks: number }
  | { readonly kind: "share"; readonly share: number };

/** Required tasks at a desired count; never more than the count itself, which is all that ECS would run. */
export const requiredAt = (required: RequiredTasks, count: number): number =>
  required.kind === "tasks" ? Math.min(required.tasks, count) : Math.max(0, Math.ceil(required.share * count - 1e-9));

/** Throws a RangeError for a number of tasks that is not whole or a share that is not one. */
export const assertRequired = (required: RequiredTasks): void => {
  const value = required.kind === "tasks" ? required.tasks : required.share;
  const valid = required.kind === "tasks" ? Number.isSafeInteger(value) && value >= 0 : value >= 0 && value <= 1;
  if (!valid) throw new RangeError(`the required ${required.kind} cannot be ${value}`);
};

/** What a service's own words allow. */
export interface SpotPermission {
  readonly required: RequiredTasks;
  readonly spotAllowed: boolean;
  readonly assumptions: readonly Assumption[];
}

/** Required tasks and whether Spot may be used at all, from `interruptible` and `minAvailableTasks`. */
export const spotPermission = (interruptible: Interruptible, minAvailableTasks?: number): SpotPermission => {
  if (interruptible === "no") return { required: ALL, spotAllowed: false, assumptions: [] };
  if (minAvailableTasks !== undefined) {
    return { required: { kind: "tasks", tasks: minAvailableTasks }, spotAllowed: true, assumptions: [] };
  }
  switch (interruptible) {
    case "yes":
      return { required: { kind: "tasks", tasks: 0 }, spotAllowed: true, assumptions: [NONE_REQUIRED] };
    case "partly":
      return { required: { kind: "share", share: 0.5 }, spotAllowed: true, assumptions: [HALF_REQUIRED] };
    case "unspecified":
      return { required: ALL, spotAllowed: false, assumptions: [NOT_STATED] };
  }
};

const ALL: RequiredTasks = { kind: "share", share: 1 };

const NONE_REQUIRED: Assumption = {
  code: "required-tasks-none",
  detail: "A service that may be interrupted and names no minAvailableTasks is taken to need no task up at all times.",
};
const HALF_REQUIRED: Assumption = {
  code: "required-tasks-half",
  detail: "A service that is partly interruptible and names no minAvailableTasks is taken to need half of its tasks.",
};
const NOT_STATED: Assumption = {
  code: "interruptible-not-stated",
  detail: "A service that says neither interruptible nor minAvailableTasks is kept off Spot.",
};
