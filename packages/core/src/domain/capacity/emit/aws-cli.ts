import { quoteJson, quoteShell } from "./quote.ts";
import type { ServiceStrategy } from "./service-strategy.ts";

const PLAIN_NAME = /^[A-Za-z0-9_][A-Za-z0-9_-]*$/;

/** Commands that change each service and start a deployment, without which running tasks stay where they are. */
export const emitAwsCli = (services: readonly ServiceStrategy[]): string =>
  services.map((service) => `${isPlain(service) ? plainCommand(service) : jsonCommand(service)}\n`).join("\n");

const isPlain = ({ name, cluster, strategy }: ServiceStrategy): boolean =>
  [name, cluster, ...strategy.map((item) => item.capacityProvider)].every((text) => PLAIN_NAME.test(text));

const plainCommand = ({ name, cluster, strategy }: ServiceStrategy): string => {
  const items = strategy.map(
    ({ capacityProvider, base, weight }) =>
      `capacityProvider=${capacityProvider}${base === 0 ? "" : `,base=${base}`},weight=${weight}`,
  );
  return command([
    `--cluster ${cluster}`,
    `--service ${name}`,
    `--capacity-provider-strategy ${items.join(" ")}`,
    "--force-new-deployment",
  ]);
};

/** Other names go in as JSON, where the CLI neither splits them nor reads `file://` or a leading dash into them. */
const jsonCommand = ({ name, cluster, strategy }: ServiceStrategy): string => {
  const items = strategy.map(
    ({ capacityProvider, base, weight }) =>
      `{"capacityProvider":${quoteJson(capacityProvider)}${base === 0 ? "" : `,"base":${base}`},"weight":${weight}}`,
  );
  const input = `{"cluster":${quoteJson(cluster)},"service":${quoteJson(name)},"capacityProviderStrategy":[${items.join(",")}],"forceNewDeployment":true}`;
  return command([`--cli-input-json ${quoteShell(input)}`]);
};

const command = (options: readonly string[]): string => ["aws ecs update-service", ...options].join(" \\\n  ");
