/** Resource types that a template is read for. */
export const RESOURCE_TYPES: ReadonlySet<string> = new Set([
  "AWS::ECS::Cluster",
  "AWS::ECS::ClusterCapacityProviderAssociations",
  "AWS::ECS::CapacityProvider",
  "AWS::ECS::TaskDefinition",
  "AWS::ECS::Service",
  "AWS::ApplicationAutoScaling::ScalableTarget",
  "AWS::ApplicationAutoScaling::ScalingPolicy",
  "AWS::AutoScaling::AutoScalingGroup",
  "AWS::AutoScaling::LaunchConfiguration",
  "AWS::EC2::LaunchTemplate",
  "AWS::EC2::NatGateway",
  "AWS::EC2::VPCEndpoint",
  "AWS::ElasticLoadBalancingV2::Listener",
  "AWS::ElasticLoadBalancingV2::ListenerRule",
  "AWS::ElasticLoadBalancingV2::LoadBalancer",
  "AWS::Logs::LogGroup",
]);

/** Resource types that run tasks and are not read. */
export const UNREAD: ReadonlySet<string> = new Set([
  "AWS::ECS::Daemon",
  "AWS::ECS::DaemonTaskDefinition",
  "AWS::ECS::ExpressGatewayService",
  "AWS::ECS::TaskSet",
]);
