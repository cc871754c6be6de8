import { describe, expect, it } from "vitest";
import { fixedPriceKeys, parsePriceKey } from "../pricing/parsed-key.ts";
import { ec2Key, fargateKey, managedInstancesFeeKey } from "../pricing/price-key.ts";
import { priceMeter } from "../pricing/price-meter.ts";
import { billedMeter } from "./billed-meter.ts";
import { splitUsageType } from "./region-codes.ts";

const REGIONS = [
  { region: "us-east-1", usageTypePrefix: "USE1" },
  { region: "eu-west-1", usageTypePrefix: "EU" },
  { region: "eu-central-1", usageTypePrefix: "EUC1" },
  { region: "ap-southeast-3", usageTypePrefix: "APS4" },
];

const OPERATIONS: Readonly<Record<string, string>> = { alb: "LoadBalancing:Application", nlb: "LoadBalancing:Network" };

/** Services whose usage has nothing to do with ECS. */
const UNRELATED = new Set(["AWSAppRunner", "AWSLambda", "AmazonEKS"]);

/** The key under which the bill has usage of a key: plans have no usage type of their own. */
const billed = (key: string): string => {
  const parsed = parsePriceKey(key);
  if (parsed?.kind !== "fargate" || parsed.purchase === "spot") return key;
  return fargateKey(parsed.os, parsed.architecture, "on-demand", parsed.meter);
};

describe("billedMeter", () => {
  it("finds every price key again from what the price list spells, in every region", () => {
    const instances = ["m7g.large", "c6i.12xlarge"].flatMap((type) => [
      ec2Key(type, "on-demand"),
      ec2Key(type, "spot"),
      managedInstancesFeeKey(type),
    ]);
    for (const region of REGIONS) {
      for (const key of [...fixedPriceKeys(), ...instances]) {
        const { serviceCode, usageType } = priceMeter(key, region);
        if (usageType === "" || serviceCode === "" || UNRELATED.has(serviceCode)) continue;
        if (parsePriceKey(key)?.kind === "fargate" && key.startsWith("fargate-spot/windows")) continue;
        const meter = billedMeter(serviceCode, usageType, OPERATIONS[key.split(".")[0] ?? ""] ?? "");
        expect([key, meter.region, meter.key]).toEqual([key, region.region, billed(key)]);
      }
    }
  });

  it("tells the same usage type of different services apart", () => {
    const keyOf = (service: string, operation = "") => billedMeter(service, "EU-TimedStorage-ByteHrs", operation).key;
    expect([keyOf("AmazonECR"), keyOf("AmazonCloudWatch"), keyOf("AmazonEFS"), keyOf("AmazonS3")]).toEqual([
      "ecr.private_gb_month",
      "logs.store_gb_month",
      "efs.standard_gb_month",
      null,
    ]);
    expect(billedMeter("AmazonCloudWatch", "EU-DataProcessing-Bytes", "").key).toBe("logs.ingest_gb");
    expect(billedMeter("AWSELB", "EU-DataProcessing-Bytes", "LoadBalancing")).toMatchObject({
      kind: "overhead",
      key: null,
    });
  });

  it("knows transfer whoever bills it, and what of EC2 and VPC never comes along", () => {
    const kindOf = (service: string, usageType: string) => billedMeter(service, usageType, "").kind;
    for (const usageType of [
      "EU-DataTransfer-In-Bytes",
      "EU-USE1-AWS-Out-Bytes",
      "EU-CloudFront-Out-Bytes",
      "EU-DataTransfer-xAZ-Out-Bytes",
    ]) {
      expect(kindOf("AmazonEC2", usageType)).toBe("overhead");
      expect(kindOf("AmazonECS", usageType)).toBe("overhead");
    }
    expect(kindOf("AmazonEC2", "EU-UnusedBox:m7g.large")).toBe("unrelated");
    expect(kindOf("AmazonVPC", "EU-TransitGateway-Hours")).toBe("unrelated");
    expect(kindOf("AmazonVPC", "EU-Odd")).toBe("unknown");
  });

  it("has a price key for Linux instances only, told by the operation", () => {
    const keyOf = (operation: string) => billedMeter("AmazonEC2", "EU-BoxUsage:m7i.large", operation).key;
    expect(["", "RunInstances", "RunInstances:0000", "RunInstances:0800"].map(keyOf)).toEqual(
      Array.from({ length: 4 }, () => "ec2/m7i.large/on-demand/hour"),
    );
    expect(["RunInstances:0002", "RunInstances:0010", "RunInstances:000g"].map(keyOf)).toEqual([null, null, null]);
    const spot = (operation: string) => billedMeter("AmazonEC2", "EU-SpotUsage:m7i.large", operation).key;
    expect([spot("RunInstances:SV001"), spot("RunInstances:0002:SV001")]).toEqual(["ec2/m7i.large/spot/hour", null]);
  });

  it("matches whole usage types, never a part of one", () => {
    for (const usageType of [
      "EU-GB-Hours",
      "EU-Fargate-GB-Hours-New",
      "EU-Fargate-OS-Hours:perCPU",
      "XX9-Fargate-GB-Hours",
    ]) {
      expect(billedMeter("AmazonECS", usageType, "").kind).toBe("unknown");
    }
    expect(billedMeter("AmazonECS", "USE1-ECS-EC2-vCPU-Hours", "").kind).toBe("metering");
  });

  it("reads the region from the longest known prefix, from KMS's full one, and us-east-1 from none", () => {
    expect(splitUsageType("EUC1-NatGateway-Hours")).toEqual({ region: "eu-central-1", rest: "NatGateway-Hours" });
    expect(splitUsageType("CNW1-NatGateway-Hours").region).toBe("cn-northwest-1");
    expect(splitUsageType("EUSCDE1-NatGateway-Hours")).toEqual({
      region: "eusc-de-east-1",
      rest: "NatGateway-Hours",
    });
    expect(splitUsageType("EU-NatGateway-Hours")).toEqual({ region: "eu-west-1", rest: "NatGateway-Hours" });
    expect(splitUsageType("eu-west-2-KMS-Keys")).toEqual({ region: "eu-west-2", rest: "KMS-Keys" });
    expect(splitUsageType("EBS:VolumeUsage.gp3")).toEqual({ region: "us-east-1", rest: "EBS:VolumeUsage.gp3" });
  });
});
