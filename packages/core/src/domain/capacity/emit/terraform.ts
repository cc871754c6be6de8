import { identifiersFor, terraformName } from "./identifiers.ts";
import { quoteHcl } from "./quote.ts";
import type { ServiceStrategy } from "./service-strategy.ts";

/** HCL of each service with its strategy, to merge into the resources that exist. */
export const emitTerraform = (services: readonly ServiceStrategy[]): string => {
  const names = identifiersFor(
    services.map(({ name }) => name),
    terraformName,
  );
  const head = "# Merge the blocks into your own resources, and remove launch_type where it is set.\n";
  return `${head}${services.map((service, i) => `\n${resource(names[i] ?? "", service)}`).join("")}`;
};

const resource = (label: string, { name, cluster, strategy }: ServiceStrategy): string =>
  [
    `resource "aws_ecs_service" "${label}" {`,
    `  name    = ${quoteHcl(name)}`,
    `  cluster = ${quoteHcl(cluster)}`,
    "",
    "  # ECS moves running tasks only with a deployment.",
    "  force_new_deployment = true",
    ...strategy.flatMap(({ capacityProvider, base, weight }) => [
      "",
      "  capacity_provider_strategy {",
      `    capacity_provider = ${quoteHcl(capacityProvider)}`,
      ...(base === 0 ? [] : [`    base              = ${base}`]),
      `    weight            = ${weight}`,
      "  }",
    ]),
    "}",
    "",
  ].join("\n");
