import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readComputeOptimizer } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "ecs-cost-optimizer-"));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (name: string, text: string) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return readComputeOptimizer([file]);
};

const ARN = "arn:aws:ecs:eu-west-1:123456789012:service/prod/web";
const API = {
  serviceArn: ARN,
  currentServiceConfiguration: { cpu: 1024, memory: 2048, autoScalingConfiguration: "TARGET_TRACKING_SCALING_CPU" },
  lookbackPeriodInDays: 14,
  lastRefreshTimestamp: "2026-11-15T03:00:00+00:00",
  finding: "Overprovisioned",
  findingReasonCodes: ["CPUOverprovisioned"],
  serviceRecommendationOptions: [
    { cpu: 256, memory: 1024, savingsOpportunity: { estimatedMonthlySavings: { currency: "USD", value: 60.5 } } },
  ],
};
const CSV = `accountId,serviceArn,lookBackPeriodInDays,lastRefreshTimestamp_UTC,currentServiceConfiguration_cpu,currentServiceConfiguration_memory,currentServiceConfiguration_autoScalingConfiguration,findings,findingReasonCodes_isCpuOverprovisioned,findingReasonCodes_isMemoryOverprovisioned,recommendationOptions_1_cpu,recommendationOptions_1_memory,recommendationOptions_1_estimatedMonthlySavings_currency,recommendationOptions_1_estimatedMonthlySavings_value
123456789012,${ARN},14,2026-11-15 03:00:00,1024,2048,TARGET_TRACKING_SCALING_CPU,Overprovisioned,true,false,256,1024,USD,60.5
`;

describe("recommendations of Compute Optimizer", () => {
  it("are the same from the API and from the export", async () => {
    const fromApi = await read("a.json", JSON.stringify({ ecsServiceRecommendations: [API], errors: [] }));
    expect(fromApi).toEqual([
      {
        service: "prod/web",
        account: "123456789012",
        region: "eu-west-1",
        finding: "Overprovisioned",
        reasonCodes: ["CPUOverprovisioned"],
        current: { cpu: 1024, memory: 2048 },
        recommended: { cpu: 256, memory: 1024 },
        monthlySaving: "60.5",
        currency: "USD",
        lookbackDays: 14,
        refreshed: Date.UTC(2026, 10, 15, 3) / 1000,
        scaling: "TARGET_TRACKING_SCALING_CPU",
      },
    ]);
    expect(await read("a.csv", CSV)).toEqual(fromApi);
  });

  it("may be none for a service that is as it should be", async () => {
    const optimized = { ...API, finding: "Optimized", serviceRecommendationOptions: [] };
    const [advice] = await read("b.json", JSON.stringify({ ecsServiceRecommendations: [optimized] }));
    expect(advice).toMatchObject({ finding: "Optimized", recommended: null, monthlySaving: null });
  });

  it.each([
    ["{}", /no ecsServiceRecommendations/],
    ["serviceArn,finding\n", /no column recommendationoptions1cpu/],
    ["{", /is not JSON/],
  ])("refuses %j", async (text, message) => {
    await expect(read("bad", text)).rejects.toThrow(message);
  });
});
