import { schemaProblems } from "../../../schema/problems.ts";
import { type TerraformPlan, terraformPlanSchema } from "../../../schema/terraform-plan.ts";
import type { StackParts } from "../cloudformation/planned-stack.ts";
import { type Draft, EMPTY_DRAFT } from "../planned/draft.ts";
import { expressParts } from "../planned/express.ts";
import type { PlannedResources } from "../planned/planned.ts";
import { refuseProblems, whereOf } from "../text/checked.ts";
import type { InputDocument } from "../text/document.ts";
import { CLOUD_CONTROL_TYPES, cloudControlParts, joinParts } from "./cloud-control.ts";
import { planCapacityProviders, planClusterProviders, planClusters, planServices } from "./ecs-resources.ts";
import { embeddedStacks } from "./embedded-stacks.ts";
import { planExpressServices } from "./express-services.ts";
import { planInstanceGroups } from "./instance-groups.ts";
import { planEndpoints, planLoadBalancers, planLogGroups, planNatGateways } from "./network-resources.ts";
import { keyOf, type PlanContext } from "./plan-context.ts";
import { planPlaces, planRegions } from "./plan-regions.ts";
import { type PlanContents, planContents } from "./plan-resources.ts";
import { type PlanSide, planState } from "./plan-states.ts";
import { planReferences, type References } from "./references.ts";
import { RESOURCE_TYPES } from "./resource-types.ts";
import { planScalableTargets, planScalingPolicies, planScheduledActions } from "./scaling-resources.ts";
import { planTaskDefinitions } from "./task-definitions.ts";
import { planTaskSchedules } from "./task-schedules.ts";

const heldOf = (
  file: string,
  references: References,
  all: PlanContents["all"],
  placeOf: PlanContext["placeOf"],
): PlanContext["held"] =>
  all.map((resource) => ({
    key: keyOf({ file }, resource),
    address: resource.address,
    type: resource.type,
    settings: resource.data,
    region: () => placeOf({ ...resource, data: resource.data() }).region,
    names: () => references.named(resource).map((named) => keyOf({ file }, named)),
    place: () => whereOf(resource.document, resource.path.slice(0, -1)),
  }));

const contextOf = (document: InputDocument, plan: TerraformPlan, side: PlanSide): PlanContext => {
  const state = planState(plan, side);
  const contents = planContents(document, state, new Set([...RESOURCE_TYPES, ...CLOUD_CONTROL_TYPES]));
  const byType = Map.groupBy(contents.resources, ({ type }) => type);
  const references = planReferences(plan.configuration, contents);
  const { file } = document;
  const placeOf = planPlaces(plan, references);
  return {
    ...{ file, references, placeOf, isState: state.isState, moved: state.moved },
    held: heldOf(file, references, contents.all, placeOf),
    ofType: (...types) => types.flatMap((type) => byType.get(type) ?? []),
  };
};

const destroys = (plan: TerraformPlan): boolean => {
  const changes = plan.resource_changes ?? [];
  return changes.length > 0 && changes.every(({ change }) => change?.actions?.join() === "delete");
};

const notesOf = (
  plan: TerraformPlan,
  file: string,
  { held }: PlanContext,
  side: PlanSide,
): PlannedResources["notes"] => {
  if (side === "before" || held.length > 0) return [];
  const detail = destroys(plan)
    ? "the plan deletes everything that it holds: nothing is left to price"
    : "the plan holds no resource that ECS workloads cost by";
  return [{ severity: "info", subject: file, detail }];
};

/** Whether a document of Terraform holds what was before and what comes after, as a plan does and a state does not. */
export const hasBothSides = (document: InputDocument): boolean =>
  (document.data as TerraformPlan).planned_values != null || (document.data as TerraformPlan).resource_changes != null;

const onlyRegion = (regions: PlannedResources["regions"]): string | undefined =>
  regions.length === 1 ? regions[0]?.region : undefined;

const planParts = (context: PlanContext): StackParts => {
  const express = expressParts(planExpressServices(context));
  return {
    clusters: planClusters(context),
    clusterProviders: planClusterProviders(context),
    capacityProviders: planCapacityProviders(context),
    instanceGroups: planInstanceGroups(context),
    taskDefinitions: [...planTaskDefinitions(context), ...express.taskDefinitions],
    services: [...planServices(context), ...express.services],
    scalableTargets: [...planScalableTargets(context), ...express.scalableTargets],
    scalingPolicies: [...planScalingPolicies(context), ...express.scalingPolicies],
    scheduledActions: planScheduledActions(context),
    taskSchedules: planTaskSchedules(context),
    natGateways: planNatGateways(context),
    endpoints: planEndpoints(context),
    loadBalancers: [...planLoadBalancers(context), ...express.loadBalancers],
    logGroups: planLogGroups(context),
  };
};

/** Reads one side of a Terraform plan, or a state, as `terraform show -json` prints it. */
export const readTerraformPlan = (document: InputDocument, side: PlanSide = "after"): Draft => {
  refuseProblems(document, schemaProblems(terraformPlanSchema, document.data));
  const plan = document.data as TerraformPlan;
  const context = contextOf(document, plan, side);
  const regions = planRegions(plan, context);
  const planned: PlannedResources = {
    file: document.file,
    knownAfter: "apply",
    defaultCount: { tasks: 0, detail: "desired_count is not set, so the provider creates it with 0 tasks" },
    regions,
    ...joinParts(planParts(context), cloudControlParts(context)),
    held: context.held,
    exports: new Map(),
    nested: [],
    notes: notesOf(plan, document.file, context, side),
  };
  return { ...EMPTY_DRAFT, planned: [planned, ...embeddedStacks(context, onlyRegion(regions))] };
};
