import { identifiersFor, logicalId } from "./identifiers.ts";
import { quoteYaml } from "./quote.ts";
import type { ServiceStrategy } from "./service-strategy.ts";

/**
 * YAML to merge into the template's services: no other property is named, because changing a service's name or cluster
 * would replace it.
 */
export const emitCloudFormation = (services: readonly ServiceStrategy[]): string => {
  const ids = identifiersFor(
    services.map(({ name }) => name),
    logicalId,
  );
  const head = `# Merge into your template under your own logical ids, and remove LaunchType where it is set.
# Running tasks move with the service's next deployment.
`;
  if (services.length === 0) return `${head}Resources: {}\n`;
  return `${head}Resources:\n${services.map((service, i) => resource(ids[i] ?? "", service)).join("")}`;
};

const resource = (id: string, { name, cluster, strategy }: ServiceStrategy): string =>
  [
    `  # service ${quoteYaml(name)} in cluster ${quoteYaml(cluster)}`,
    `  ${id}:`,
    "    Type: AWS::ECS::Service",
    "    Properties:",
    "      CapacityProviderStrategy:",
    ...strategy.flatMap(({ capacityProvider, base, weight }) => [
      `        - CapacityProvider: ${quoteYaml(capacityProvider)}`,
      ...(base === 0 ? [] : [`          Base: ${base}`]),
      `          Weight: ${weight}`,
    ]),
    "",
  ].join("\n");
