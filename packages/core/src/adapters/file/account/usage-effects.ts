import { COUNT_KEYS, type UsageEntry } from "../../../schema/usage.ts";
import type { Joined } from "../planned/joined.ts";
import { type HeldResource, isLink } from "../planned/planned.ts";
import { rowOf } from "./resource-table.ts";
import { USED } from "./used.ts";

type UsageKey = keyof UsageEntry;

const SIZE: readonly UsageKey[] = ["cpu", "memory", "arch", "os"];
const COUNT: readonly UsageKey[] = COUNT_KEYS;
const ALONG: readonly UsageKey[] = ["logs", "network", "storage", "images", "secrets"];
const SERVICE: readonly UsageKey[] = [...COUNT, ...SIZE, "interruptible", "minAvailableTasks", ...ALONG];
const BALANCER: readonly UsageKey[] = [
  ...([
    "newConnectionsPerSecond",
    "activeConnections",
    "processedGbPerHour",
    "ruleEvaluationsPerSecond",
    "azs",
  ] as const),
];

/** Keys of a usage file that have an effect, by the type that CloudFormation gives a resource. */
const EFFECTS: Readonly<Record<string, readonly UsageKey[]>> = {
  "AWS::EC2::NatGateway": ["gb", "azs"],
  "AWS::EC2::VPCEndpoint": ["gb", "azs"],
  "AWS::ECS::ExpressGatewayService": [...SERVICE, ...BALANCER],
  "AWS::ECS::Service": SERVICE,
  "AWS::ECS::TaskDefinition": [...COUNT, ...SIZE],
  "AWS::ElasticLoadBalancingV2::LoadBalancer": BALANCER,
  "AWS::Logs::LogGroup": ["logs", "gb"],
};

/** Keys that have an effect on a resource. */
export type UsageEffects = (held: HeldResource) => readonly UsageKey[];

/** What a usage file can say of each resource of the inputs. */
export const usageEffects = (joined: Joined): UsageEffects => {
  const used = new Set(
    joined.inputs.flatMap(({ services }) =>
      services.flatMap((service) => {
        const definition = joined.settle(service.taskDefinition);
        return isLink(definition) ? [definition.to] : [];
      }),
    ),
  );
  const zonal = new Set(
    joined.inputs.flatMap(({ natGateways }) => natGateways.flatMap(({ key, type }) => (type === "zonal" ? [key] : []))),
  );
  const free = new Set(
    joined.inputs.flatMap(({ endpoints }) => endpoints.flatMap(({ key, type }) => (type === "gateway" ? [key] : []))),
  );
  return ({ key, type }) => {
    const name = rowOf(type)?.[0] ?? "";
    if (used.has(key)) return SIZE;
    if (zonal.has(key)) return ["gb"];
    if (free.has(key)) return [];
    return EFFECTS[name] ?? (Object.hasOwn(USED, name) ? (USED[name]?.keys ?? []) : []);
  };
};
