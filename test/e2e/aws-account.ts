import { join } from "node:path";
import { afterAll } from "vitest";
import { type AwsServer, type AwsServerOptions, startAwsServer } from "../support/aws-server/server.ts";
import { TEST_CREDENTIALS } from "../support/aws-server/session.ts";
import { type Outcome, runCli, temporaryFolder } from "./run-cli.ts";

/** An account on loopback, and the command line as a process that has credentials for it. */
export interface LiveAccount {
  readonly server: AwsServer;
  /** Home of the user: caches and data go below it. */
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: (...args: readonly string[]) => Promise<Outcome>;
}

const open: AwsServer[] = [];

afterAll(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** Nothing but what is given: neither files nor the metadata service of the machine. */
export const awsEnvironment = (home: string): Readonly<Record<string, string>> => ({
  HOME: home,
  XDG_CACHE_HOME: join(home, "cache"),
  XDG_DATA_HOME: join(home, "data"),
  AWS_CONFIG_FILE: join(home, "none"),
  AWS_SHARED_CREDENTIALS_FILE: join(home, "none"),
  AWS_EC2_METADATA_DISABLED: "true",
});

/** Starts an account of one cluster with four services, at today's time, unless the options say otherwise. */
export const startAccount = async (options: AwsServerOptions = {}): Promise<LiveAccount> => {
  const now = Math.floor(Date.now() / 1000);
  const server = await startAwsServer({ clusters: 1, services: 4, now, ...options });
  open.push(server);
  const home = temporaryFolder();
  const env = {
    ...awsEnvironment(home),
    AWS_ENDPOINT_URL: server.endpoint,
    AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
    AWS_SESSION_TOKEN: TEST_CREDENTIALS.sessionToken,
  };
  return { server, home, env, run: (...args) => runCli(args, { env }) };
};

/** Parts of the credentials that stand in a text: none should. */
export const secretsIn = (text: string): readonly string[] =>
  Object.values(TEST_CREDENTIALS).filter((secret) => text.includes(secret));
