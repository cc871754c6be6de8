import { type Aws, type AwsSettings, openAws, type Timing } from "@ecs-cost/core/aws";
import { mix } from "./noise.ts";

/** Credentials of nobody; a test looks for them in everything that is written. */
export const TEST_CREDENTIALS = {
  accessKeyId: "AKIAECSCOSTTESTKEY01",
  secretAccessKey: "wJalrXUtnFEMIecscostSECRETKEYforTESTS000",
  sessionToken: "FwoGZXIvYXdzEcscostSESSIONTOKENforTESTS",
};

/** A clock that stands at a time and moves only by waiting; chance comes from a seed. */
export const testTiming = (nowSeconds: number, seed = 1): Timing => {
  let now = nowSeconds * 1000;
  let draws = 0;
  return {
    now: () => now,
    sleep: async (milliseconds) => {
      now += milliseconds;
    },
    random: () => {
      draws += 1;
      return mix(seed * 1000 + draws) / 2 ** 32;
    },
  };
};

/** AWS opened on a loopback server. */
export const openTestAws = (
  server: { readonly endpoint: string; readonly account: { readonly now: number } },
  settings: AwsSettings = {},
): Aws =>
  openAws({
    endpoint: server.endpoint,
    credentials: TEST_CREDENTIALS,
    timing: testTiming(server.account.now),
    timeout: 10_000,
    ...settings,
  });
