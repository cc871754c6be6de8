import { schemaProblems } from "../../../schema/problems.ts";
import { type TerraformPlan, terraformPlanSchema } from "../../../schema/terraform-plan.ts";
import { type Draft, EMPTY_DRAFT } from "../planned/draft.ts";
import type { PlannedResources } from "../planned/planned.ts";
import { refuseProblems } from "../text/checked.ts";
import type { InputDocument } from "../text/document.ts";
import { planCapacityProviders, planClusterProviders, planClusters, planServices } from "./ecs-resources.ts";
import { planEndpoints, planLoadBalancers, planLogGroups, planNatGateways } from "./network-resources.ts";
import type { PlanContext } from "./plan-context.ts";
import { planRegions } from "./plan-regions.ts";
import { planContents } from "./plan-resources.ts";
import { type PlanSide, planState } from "./plan-states.ts";
import { planReferences } from "./references.ts";
import { RESOURCE_TYPES, UNREAD } from "./resource-types.ts";
import { planScalableTargets, planScalingPolicies } from "./scaling-resources.ts";
import { planTaskDefinitions } from "./task-definitions.ts";

const contextOf = (document: InputDocument, plan: TerraformPlan, side: PlanSide): PlanContext => {
  const state = planState(plan, side);
  const contents = planContents(document, state, new Set([...RESOURCE_TYPES, ...UNREAD]));
  const byType = Map.groupBy(contents.resources, ({ type }) => type);
  return {
    file: document.file,
    references: planReferences(plan.configuration, contents),
    ...{ isState: state.isState, moved: state.moved },
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
  context: PlanContext,
  side: PlanSide,
): PlannedResources["notes"] => {
  const unread = context.ofType(...UNREAD).map(({ address, type }) => ({
    severity: "warning" as const,
    subject: address,
    detail: `${type} is not priced; it is not included`,
  }));
  if (side === "before" || unread.length > 0 || context.ofType(...RESOURCE_TYPES).length > 0) return unread;
  const detail = destroys(plan)
    ? "the plan deletes everything that it holds: nothing is left to price"
    : "the plan holds no resource that ECS workloads cost by";
  return [{ severity: "info", subject: file, detail }];
};

/** Whether a document of Terraform holds what was before and what comes after, as a plan does and a state does not. */
export const hasBothSides = (document: InputDocument): boolean =>
  (document.data as TerraformPlan).planned_values != null || (document.data as TerraformPlan).resource_changes != null;

/** Reads one side of a Terraform plan, or a state, as `terraform show -json` prints it. */
export const readTerraformPlan = (document: InputDocument, side: PlanSide = "after"): Draft => {
  refuseProblems(document, schemaProblems(terraformPlanSchema, document.data));
  const plan = document.data as TerraformPlan;
  const context = contextOf(document, plan, side);
  const planned: PlannedResources = {
    file: document.file,
    knownAfter: "apply",
    defaultCount: { tasks: 0, detail: "desired_count is not set, so the provider creates it with 0 tasks" },
    regions: planRegions(plan, context),
    clusters: planClusters(context),
    clusterProviders: planClusterProviders(context),
    capacityProviders: planCapacityProviders(context),
    taskDefinitions: planTaskDefinitions(context),
    services: planServices(context),
    scalableTargets: planScalableTargets(context),
    scalingPolicies: planScalingPolicies(context),
    natGateways: planNatGateways(context),
    endpoints: planEndpoints(context),
    loadBalancers: planLoadBalancers(context),
    logGroups: planLogGroups(context),
    exports: new Map(),
    nested: [],
    notes: notesOf(plan, document.file, context, side),
  };
  return { ...EMPTY_DRAFT, planned: [planned] };
};
