import { describe, expect, it } from "vitest";
import { priceMeter } from "./price-meter.ts";

const VIRGINIA = { region: "us-east-1", usageTypePrefix: "USE1" };
const IRELAND = { region: "eu-west-1", usageTypePrefix: "EU" };

describe("the usage type of a price key", () => {
  it.each([
    ["fargate/linux/x86_64/vcpu-hour", "USE1-Fargate-vCPU-Hours:perCPU", "EU-Fargate-vCPU-Hours:perCPU"],
    ["fargate/linux/arm64/gb-hour", "USE1-Fargate-ARM-GB-Hours", "EU-Fargate-ARM-GB-Hours"],
    [
      "fargate/windows/x86_64/os-vcpu-hour",
      "USE1-Fargate-Windows-OS-Hours:perCPU",
      "EU-Fargate-Windows-OS-Hours:perCPU",
    ],
    ["fargate/windows/x86_64/gb-hour", "USE1-Fargate-Windows-GB-Hours", "EU-Fargate-Windows-GB-Hours"],
    [
      "fargate-spot/linux/x86_64/vcpu-hour",
      "USE1-SpotUsage-Fargate-vCPU-Hours:perCPU",
      "EU-SpotUsage-Fargate-vCPU-Hours:perCPU",
    ],
    ["fargate-spot/linux/arm64/gb-hour", "USE1-SpotUsage-Fargate-ARM-GB-Hours", "EU-SpotUsage-Fargate-ARM-GB-Hours"],
    ["fargate/ephemeral-gb-hour", "USE1-Fargate-EphemeralStorage-GB-Hours", "EU-Fargate-EphemeralStorage-GB-Hours"],
    ["ec2/m5.large/on-demand/hour", "BoxUsage:m5.large", "EU-BoxUsage:m5.large"],
    ["ec2/m5.large/spot/hour", "SpotUsage:m5.large", "EU-SpotUsage:m5.large"],
    [
      "managed-instances/m7g.large/management-hour",
      "USE1-ECS-Managed-Instances:m7g.large-management-hours",
      "EU-ECS-Managed-Instances:m7g.large-management-hours",
    ],
    ["nat.gb", "NatGateway-Bytes", "EU-NatGateway-Bytes"],
    ["vpce.interface_hour", "USE1-VpcEndpoint-Hours", "EU-VpcEndpoint-Hours"],
    ["ebs.gp3_mbps_month", "EBS:VolumeP-Throughput.gp3", "EU-EBS:VolumeP-Throughput.gp3"],
    ["efs.standard_gb_month", "", "EU-TimedStorage-ByteHrs"],
    ["ssm.api_per_10000", "", ""],
  ])("of %s is %j in us-east-1 and %j in eu-west-1", (key, virginia, ireland) => {
    expect(priceMeter(key, VIRGINIA).usageType).toBe(virginia);
    expect(priceMeter(key, IRELAND).usageType).toBe(ireland);
  });

  it("is that of the covered usage under a commitment", () => {
    const covered = [
      ["fargate-compute-sp-1y-no-upfront/linux/arm64/vcpu-hour", "fargate/linux/arm64/vcpu-hour"],
      ["ec2/c7g.large/standard-ri-3y-all-upfront/hour", "ec2/c7g.large/on-demand/hour"],
      ["ec2/c7g.large/instance-sp-1y-no-upfront/hour", "ec2/c7g.large/on-demand/hour"],
    ] as const;
    for (const [commitment, usage] of covered)
      expect(priceMeter(commitment, IRELAND)).toEqual(priceMeter(usage, IRELAND));
  });

  it("is empty with its unit for what is no price key", () => {
    expect(priceMeter("nat.gbs", IRELAND)).toEqual({ unit: "", usageType: "", serviceCode: "" });
  });
});
