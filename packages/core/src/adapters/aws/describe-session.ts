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

/** Tells which credentials and endpoint calls would use, without making one. */
export const describeSession = async (aws: Aws, region: string): Promise<AwsSession> => {
  const { config } = await aws.clients.ecs(region);
  const endpoint = await config.endpoint?.();
  const url =
    endpoint === undefined
      ? undefined
      : `${endpoint.protocol}//${endpoint.hostname}${endpoint.port ? `:${endpoint.port}` : ""}`;
  return { region, ...(url === undefined ? {} : { endpoint: url }), credentials: await credentialsOf(aws, region) };
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
