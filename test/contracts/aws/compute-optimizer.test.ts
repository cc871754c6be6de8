import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRecommendations } from "@ecs-cost/core/aws";
import { readComputeOptimizer } from "@ecs-cost/core/compute-optimizer";
import { afterEach, describe, expect, it } from "vitest";
import { type AwsServer, startAwsServer } from "../../support/aws-server/server.ts";
import { openTestAws } from "../../support/aws-server/session.ts";

const REGION = "eu-west-1";
let server: AwsServer | undefined;
afterEach(() => server?.close());

describe("recommendations of Compute Optimizer", () => {
  it("are read page by page, and are the same as those that the command of AWS prints", async () => {
    server = await startAwsServer({ clusters: 2, services: 12 });
    const live = await readRecommendations(openTestAws(server), REGION);
    expect(live.length).toBeGreaterThan(4);
    expect(server.log.count("compute-optimizer:GetECSServiceRecommendations")).toBe(Math.ceil(live.length / 4));
    expect(live[0]).toMatchObject({ region: REGION, recommended: { cpu: 256, memory: 512 }, lookbackDays: 14 });
    const folder = mkdtempSync(join(tmpdir(), "ecs-cost-optimizer-"));
    try {
      const records = live.map(({ service, account, current, refreshed }) => ({
        serviceArn: `arn:aws:ecs:${REGION}:${account}:service/${service}`,
        currentServiceConfiguration: current,
        lookbackPeriodInDays: 14,
        lastRefreshTimestamp: new Date((refreshed ?? 0) * 1000).toISOString(),
        finding: "Overprovisioned",
        findingReasonCodes: ["CPUOverprovisioned"],
        serviceRecommendationOptions: [{ cpu: 256, memory: 512 }],
      }));
      writeFileSync(join(folder, "r.json"), JSON.stringify({ ecsServiceRecommendations: records }));
      expect(await readComputeOptimizer([join(folder, "r.json")])).toEqual(live);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("that are denied fail with the action", async () => {
    const action = "compute-optimizer:GetECSServiceRecommendations";
    server = await startAwsServer({ clusters: 1, services: 2, faults: { denied: [`${action}@${REGION}`] } });
    await expect(readRecommendations(openTestAws(server), REGION)).rejects.toMatchObject({ code: "access-denied" });
  });
});
