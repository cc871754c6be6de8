import type { Where } from "../../../domain/issues/border-error.ts";
import type { Assumption, Issue } from "../../../domain/issues/issue.ts";
import type { AccountedResource } from "../../../domain/workload/resource-account.ts";
import type { Demand, Placement, Service } from "../../../domain/workload/service.ts";
import type { SharedInfrastructure } from "../../../domain/workload/shared.ts";
import type { TaskDefinition } from "../../../domain/workload/task-definition.ts";
import type { PlannedResources } from "./planned.ts";
import type { NamedUsage } from "./usage-file.ts";

/** A task definition that an input holds. */
export interface HeldTaskDefinition {
  readonly definition: TaskDefinition;
  readonly revision?: number;
  readonly tags: Readonly<Record<string, string>>;
  /** File and, where known, line. */
  readonly origin: string;
  readonly place: () => Where;
  /** As its ARN or its plan tells them. */
  readonly region?: string;
  readonly account?: string;
  /** Real path of its file; undefined for stdin. */
  readonly path?: string;
  /** Address in a plan or template that is yet to be deployed. */
  readonly planned?: string;
  /** How often it runs where no service of a plan uses it, as far as a usage file says. */
  readonly demand?: Demand;
  /** Tasks of it that schedules start in a month, and what starts them, in words. */
  readonly runsPerMonth?: string;
  readonly starts?: string;
  /** Where what starts it places it. */
  readonly placement?: Placement;
  /** Why its size is not known although it has one. */
  readonly unknownSize?: string;
}

/** A service whose task definition is still to be found. */
export interface DraftService {
  readonly service: Service;
  /** Names a task definition; absent where the task is described in place or could not be read. */
  readonly reference?: TaskReference;
  /** File and line, found out only where a message needs it. */
  readonly place: () => Where;
}

export type TaskReference =
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "path"; readonly text: string; readonly path: string }
  | { readonly kind: "held"; readonly held: HeldTaskDefinition }
  | { readonly kind: "unknown"; readonly detail: string }
  /** There is no task definition, and its size is not given either. */
  | { readonly kind: "unsized"; readonly detail: string }
  /** None is named: the only one of the inputs is meant. */
  | { readonly kind: "only" };

/** Region that an input names, and where. */
export interface NamedRegion {
  readonly region: string;
  readonly place: () => Where;
}

/** What a file names as shared, key by key. */
export interface NamedShared {
  readonly shared: SharedInfrastructure;
  readonly given: readonly ("natGateways" | "containerInsights" | "ec2")[];
  readonly region?: string;
  /** Other regions of services that the file speaks of: its settings hold for them too. */
  readonly regions?: readonly string[];
  /** Deployed by a plan or template: what a workload file says stands above it. */
  readonly planned?: true;
  readonly place: () => Where;
}

/** What one input holds, before the inputs are put together. */
export interface Draft {
  readonly services: readonly DraftService[];
  readonly taskDefinitions: readonly HeldTaskDefinition[];
  readonly regions: readonly NamedRegion[];
  readonly shared: readonly NamedShared[];
  readonly issues: readonly Issue[];
  readonly assumptions: readonly Assumption[];
  /** Resources of plans and templates, which refer to each other across inputs. */
  readonly planned: readonly PlannedResources[];
  readonly usage: readonly NamedUsage[];
  /** What becomes of every resource of plans and templates. */
  readonly resources: readonly AccountedResource[];
  /** Real paths of files that this one has read, which are not inputs beside it. */
  readonly consumed?: readonly string[];
}

export const EMPTY_DRAFT: Draft = {
  services: [],
  taskDefinitions: [],
  regions: [],
  shared: [],
  issues: [],
  assumptions: [],
  planned: [],
  usage: [],
  resources: [],
};

/** Everything that several inputs hold. */
export const joinDrafts = (drafts: readonly Draft[]): Draft => ({
  services: drafts.flatMap((draft) => draft.services),
  taskDefinitions: drafts.flatMap((draft) => draft.taskDefinitions),
  regions: drafts.flatMap((draft) => draft.regions),
  shared: drafts.flatMap((draft) => draft.shared),
  issues: drafts.flatMap((draft) => draft.issues),
  assumptions: drafts.flatMap((draft) => draft.assumptions),
  planned: drafts.flatMap((draft) => draft.planned),
  usage: drafts.flatMap((draft) => draft.usage),
  resources: drafts.flatMap((draft) => draft.resources),
});
