import { awsError } from "./aws-error.ts";
import type { ClientSettings } from "./clients.ts";
import type { Aws } from "./open-aws.ts";

/** What calls would be made with; holds no part of a credential. */
export interface AwsSession {
  readonly region: string;
  /** Undefined where the SDK goes to the endpoints of AWS. */
  readonly endpoint?: string;
  readonly credentials:
    | { readonly found: true; readonly account?: string; readonly expires?: string }
    | { readonly found: false; readonly code: string; readonly detail: string; readonly hint?: string };
}

const credentialsOf = async (aws: Aws, region: string): Promise<AwsSession["credentials"]> => {
  try {
    const { config } = await aws.clients.ecs(region);
    const { accountId, expiration } = await config.credentials();
    return {
      found: true,
      ...(accountId === undefined ? {} : { account: accountId }),
      ...(expiration === undefined ? {} : { expires: expiration.toISOString() }),
    };
  } catch (error) {
    const { code, message, hint } = awsError(error, { action: "any action", region });
    return { found: false, code, detail: message, ...(hint === undefined ? {} : { hint }) };
  }
};

interface EndpointConfig {
  readonly endpoint?:
    | (() => Promise<{ readonly protocol: string; readonly hostname: string; readonly port?: number }>)
    | undefined;
  /** What variables and profile say; the SDK settles on it when it first sends something. */
  readonly serviceConfiguredEndpoint?: () => Promise<string | undefined>;
}

const configured = async ({ serviceConfiguredEndpoint }: EndpointConfig): Promise<string | undefined> => {
  try {
    const address = await serviceConfiguredEndpoint?.();
    return address !== undefined && URL.canParse(address) ? new URL(address).origin : undefined;
  } catch {
    return undefined;
  }
};

const endpointOf = async (config: EndpointConfig): Promise<string | undefined> => {
  const endpoint = await config.endpoint?.();
  if (endpoint === undefined) return configured(config);
  return `${endpoint.protocol}//${endpoint.hostname}${endpoint.port ? `:${endpoint.port}` : ""}`;
};

/**
 * Where calls of a service go instead of the endpoints of AWS, by setting, variable or profile; undefined where they go
 * there. Holds no path, user or password of it.
 */
export const customEndpoint = async (
  { clients }: Aws,
  service: "ecs" | "cloudwatch",
  region: string,
): Promise<string | undefined> => endpointOf((await clients[service](region)).config as EndpointConfig);

/** Tells which credentials and endpoint calls would use, without making one. */
export const describeSession = async (aws: Aws, region: string): Promise<AwsSession> => {
  const endpoint = await customEndpoint(aws, "ecs", region);
  return { region, ...(endpoint === undefined ? {} : { endpoint }), credentials: await credentialsOf(aws, region) };
};

/** The region that the environment or the profile names, or undefined. */
export const configuredRegion = async ({ profile }: ClientSettings = {}): Promise<string | undefined> => {
  const { ECSClient } = await import("@aws-sdk/client-ecs");
  const client = new ECSClient(profile === undefined ? {} : { profile });
  try {
    return await client.config.region();
  } catch {
    return undefined;
  } finally {
    client.destroy();
  }
};
