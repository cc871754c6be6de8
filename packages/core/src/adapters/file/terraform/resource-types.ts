/** Resource types of the Terraform provider for AWS that a plan is read for. */
export const RESOURCE_TYPES: ReadonlySet<string> = new Set([
  "aws_ecs_cluster",
  "aws_ecs_cluster_capacity_providers",
  "aws_ecs_capacity_provider",
  "aws_ecs_task_definition",
  "aws_ecs_service",
  "aws_appautoscaling_target",
  "aws_appautoscaling_policy",
  "aws_nat_gateway",
  "aws_vpc_endpoint",
  "aws_lb",
  "aws_alb",
  "aws_cloudwatch_log_group",
  "aws_subnet",
]);
