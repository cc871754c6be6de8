/** Resource types of the Terraform provider for AWS that a plan is read for. */
export const RESOURCE_TYPES: ReadonlySet<string> = new Set([
  "aws_ecs_cluster",
  "aws_ecs_cluster_capacity_providers",
  "aws_ecs_capacity_provider",
  "aws_autoscaling_group",
  "aws_launch_template",
  "aws_launch_configuration",
  "aws_ecs_task_definition",
  "aws_ecs_service",
  "aws_appautoscaling_target",
  "aws_appautoscaling_policy",
  "aws_nat_gateway",
  "aws_vpc_endpoint",
  "aws_lb",
  "aws_alb",
  "aws_lb_listener",
  "aws_alb_listener",
  "aws_lb_listener_rule",
  "aws_alb_listener_rule",
  "aws_lb_target_group",
  "aws_alb_target_group",
  "aws_cloudwatch_log_group",
  "aws_subnet",
]);

/** Resource types that run tasks and are not read. */
export const UNREAD: readonly string[] = ["aws_ecs_express_gateway_service", "aws_ecs_task_set"];
