import { createCatalogue, type PriceCatalogue } from "@ecs-cost/core";
import { describe, expect, it } from "vitest";
import { loadInstanceTypes, loadRegion } from "../src/index.ts";

const catalogue = (region: string): PriceCatalogue => {
  const loaded = loadRegion(region);
  if (!loaded.found) throw new Error(region);
  return createCatalogue(loaded.book, loadInstanceTypes());
};

/** Facts read one by one from the published documents, as `region key: rate usage-type as-of`. */
const FACTS = `
us-east-1 fargate/linux/x86_64/vcpu-hour: 0.04048 USE1-Fargate-vCPU-Hours:perCPU 2026-09-29
us-east-1 fargate/linux/x86_64/gb-hour: 0.004445 USE1-Fargate-GB-Hours 2026-09-29
us-east-1 fargate/windows/x86_64/vcpu-hour: 0.046552 USE1-Fargate-Windows-vCPU-Hours:perCPU 2026-09-11
us-east-1 fargate/windows/x86_64/os-vcpu-hour: 0.046 USE1-Fargate-Windows-OS-Hours:perCPU 2026-09-11
us-east-1 fargate-spot/linux/arm64/vcpu-hour: 0.01030969 USE1-SpotUsage-Fargate-ARM-vCPU-Hours:perCPU 2026-09-28
us-east-1 fargate/ephemeral-gb-hour: 0.000111 USE1-Fargate-EphemeralStorage-GB-Hours 2026-09-11
us-east-1 fargate-compute-sp-1y-no-upfront/linux/x86_64/vcpu-hour: 0.032384 USE1-Fargate-vCPU-Hours:perCPU 2026-09-25
us-east-1 fargate-compute-sp-3y-all-upfront/linux/arm64/vcpu-hour: 0.01587 USE1-Fargate-ARM-vCPU-Hours:perCPU 2026-09-25
us-west-2 fargate-compute-sp-3y-all-upfront/linux/x86_64/gb-hour: 0.0021336 USW2-Fargate-GB-Hours 2026-07-27
us-west-2 fargate/ephemeral-gb-hour: 0.000111 USW2-Fargate-EphemeralStorage-GB-Hours undated
eu-west-1 fargate/linux/arm64/vcpu-hour: 0.03238 EU-Fargate-ARM-vCPU-Hours:perCPU 2026-09-11
eu-west-1 fargate-spot/linux/x86_64/gb-hour: 0.00134573 EU-SpotUsage-Fargate-GB-Hours 2026-09-29
eu-west-1 fargate/ephemeral-gb-hour: 0.000122 EU-Fargate-EphemeralStorage-GB-Hours 2022-01
eu-west-2 fargate/windows/x86_64/vcpu-hour: 0.053544 EUW2-Fargate-Windows-vCPU-Hours:perCPU 2026-09-05
eu-central-1 fargate/linux/arm64/gb-hour: 0.00409 EUC1-Fargate-ARM-GB-Hours 2026-09-11
ap-northeast-1 fargate/windows/x86_64/os-vcpu-hour: 0.046 APN1-Fargate-Windows-OS-Hours:perCPU undated
ap-south-1 fargate/linux/x86_64/gb-hour: 0.004655 APS3-Fargate-GB-Hours 2026-09-29
ca-central-1 fargate/linux/arm64/vcpu-hour: 0.03565 CAN1-Fargate-ARM-vCPU-Hours:perCPU 2026-10-09
sa-east-1 fargate/linux/x86_64/vcpu-hour: 0.0696 SAE1-Fargate-vCPU-Hours:perCPU 2026-09-29
us-gov-west-1 fargate-spot/linux/x86_64/vcpu-hour: 0.01458 UGW1-SpotUsage-Fargate-vCPU-Hours:perCPU 2026-09-29
us-east-1 ec2/a1.large/on-demand/hour: 0.051000 BoxUsage:a1.large 2026-07-20
us-east-1 ec2/m5.large/on-demand/hour: 0.096000 BoxUsage:m5.large 2026-07-20
us-east-1 ec2/p5.48xlarge/on-demand/hour: 55.040000 BoxUsage:p5.48xlarge 2026-07-20
us-east-2 ec2/c5.xlarge/on-demand/hour: 0.17 USE2-BoxUsage:c5.xlarge 2026-02-07
us-east-2 ec2/c5a.2xlarge/on-demand/hour: 0.308 USE2-BoxUsage:c5a.2xlarge 2026-02-07
eu-south-2 ec2/c7a.large/on-demand/hour: 0.1101 EUS2-BoxUsage:c7a.large 2026-02-07
us-east-1 ec2/m5.large/convertible-ri-1y-partial-upfront/hour: 0.0675616 BoxUsage:m5.large 2020-07-09
us-east-1 ec2/m5.large/standard-ri-3y-all-upfront/hour: 0.0361111 BoxUsage:m5.large 2020-07-09
us-east-1 ec2/t3.micro/standard-ri-3y-all-upfront/hour: 0.003919 BoxUsage:t3.micro undated
us-east-1 ec2/m6a.xlarge/compute-sp-1y-no-upfront/hour: 0.13965 BoxUsage:m6a.xlarge 2026-10-01
us-east-1 ec2/c5.large/convertible-ri-3y-no-upfront/hour: 0.041 BoxUsage:c5.large 2025-04-05
af-south-1 ec2/c5.12xlarge/standard-ri-1y-no-upfront/hour: 1.724 AFS1-BoxUsage:c5.12xlarge 2025-04-05
af-south-1 ec2/c5.24xlarge/convertible-ri-3y-no-upfront/hour: 3.014 AFS1-BoxUsage:c5.24xlarge 2025-04-05
us-east-1 alb.hour: 0.0225 LoadBalancerUsage 2026-09-11
us-east-1 alb.lcu_hour: 0.008 LCUUsage 2026-09-11
us-east-1 cw.container_insights_enhanced_ecs_metric_month: 0.07 CW:MetricsUsage 2026-08-12
us-east-1 ebs.gp3_iops_month: 0.005 EBS:VolumeP-IOPS.gp3 2026-10-05
us-east-1 xfer.interregion_us_east_gb: 0.01 USE1-USE2-AWS-Out-Bytes 2024-09-25
eu-west-1 alb.hour: 0.0252 EU-LoadBalancerUsage 2026-07
eu-west-2 xfer.interregion_gb: 0.02 EUW2-EU-AWS-Out-Bytes 2026-10-06
ap-south-1 alb.hour: 0.0239 APS3-LoadBalancerUsage 2026-10-03
ap-south-1 xfer.interregion_gb: 0.086 APS3-APN1-AWS-Out-Bytes 2026-10-06
ap-southeast-5 nat.hour: 0.05015 APS7-NatGateway-Hours 2026-09-25
ap-southeast-2 nat.gb: 0.059 APS2-NatGateway-Bytes undated
af-south-1 ebs.gp3_gb_month: 0.1047 AFS1-EBS:VolumeUsage.gp3 2026-09
il-central-1 fargate/linux/arm64/vcpu-hour: 0.04145152 ILC1-Fargate-ARM-vCPU-Hours:perCPU 2026-09-11
ap-northeast-3 fargate/linux/arm64/gb-hour: 0.00442 APN3-Fargate-ARM-GB-Hours 2026-09-28
ap-south-1 fargate-compute-sp-3y-no-upfront/linux/arm64/vcpu-hour: 0.012874 APS3-Fargate-ARM-vCPU-Hours:perCPU 2026-05
eu-central-2 vpce.interface_hour: 0.0132 EUC2-VpcEndpoint-Hours 2026-08-21
us-gov-west-1 ec2/p5.48xlarge/on-demand/hour: 66.048 UGW1-BoxUsage:p5.48xlarge 2026-07-20
ap-east-2 ec2/r7g.2xlarge/instance-sp-3y-partial-upfront/hour: 0.1954 APE2-BoxUsage:r7g.2xlarge 2025-09-11
eu-west-1 ec2/x2iedn.32xlarge/standard-ri-3y-all-upfront/hour: 8.9371 EU-BoxUsage:x2iedn.32xlarge 2026-07-20
`;

describe("the price book against the published documents", () => {
  it.each(FACTS.trim().split("\n"))("%s", (fact) => {
    const [region = "", key = "", rate, usageType, asOf] = fact.split(/:? /);
    const lookup = catalogue(region).find(key);
    if (!lookup.found) throw new Error(`${key} is missing in ${region}`);
    expect(lookup.price.tiers).toEqual([{ from: "0", to: null, rate }]);
    expect([lookup.price.usageType, lookup.price.asOf]).toEqual([usageType, asOf]);
    expect(lookup.price.assumption).toBeUndefined();
  });

  it("has the tiers as published, one left closed where the next rate was not read", () => {
    const tiers = (region: string, key: string) => {
      const lookup = catalogue(region).find(key);
      return lookup.found ? lookup.price.tiers : [];
    };
    expect(tiers("us-east-1", "logs.vended_gb").map(({ from, rate }) => [from, rate])).toEqual([
      ["0", "0.50"],
      ["10240", "0.25"],
      ["30720", "0.10"],
      ["51200", "0.05"],
    ]);
    expect(tiers("eu-west-1", "cw.metric_month")).toEqual([{ from: "0", to: "10000", rate: "0.30" }]);
    expect(tiers("eu-north-1", "xfer.internet_free_gb_month")).toEqual([{ from: "0", to: "100", rate: "0" }]);
    expect(tiers("us-east-1", "ecs_anywhere.instance_hour")).toEqual([
      { from: "0", to: "2200", rate: "0" },
      { from: "2200", to: null, rate: "0.01025" },
    ]);
  });

  it.each([
    ["eu-south-1", "nat.hour"],
    ["eu-west-1", "fargate-compute-sp-1y-no-upfront/linux/x86_64/vcpu-hour"],
    ["us-east-1", "fargate-compute-sp-1y-all-upfront/linux/x86_64/gb-hour"],
    ["us-east-1", "fargate-compute-sp-1y-partial-upfront/linux/x86_64/vcpu-hour"],
    ["eu-west-2", "fargate/windows/x86_64/gb-hour"],
    ["eu-north-1", "fargate/linux/arm64/vcpu-hour"],
    ["ap-east-2", "fargate/linux/x86_64/vcpu-hour"],
    ["ap-southeast-6", "ec2/m5.large/on-demand/hour"],
    ["ap-southeast-7", "fargate/linux/x86_64/gb-hour"],
    ["eu-central-2", "fargate/linux/x86_64/vcpu-hour"],
    ["us-gov-west-1", "ec2/m5.large/spot/hour"],
  ])("keeps missing in %s: %s", (region, key) => {
    expect(catalogue(region).find(key)).toEqual({ found: false, key });
  });

  it("takes the savings and the interruption band from the Spot Advisor", () => {
    const lookup = catalogue("af-south-1").find("ec2/c5.12xlarge/spot/hour");
    // 2.736 x (1 - 0.87)
    expect(lookup.found && lookup.price.tiers[0]?.rate).toBe("0.35568");
    expect(catalogue("af-south-1").spotInterruptionBand("c5.24xlarge")).toBe(3);
  });

  it("charges the Managed Instances fee of the series", () => {
    const fee = (type: string) => {
      const lookup = catalogue("us-east-1").find(`managed-instances/${type}/management-hour`);
      return lookup.found ? lookup.price.tiers[0]?.rate : undefined;
    };
    // 0.096 x 0.12, 30.13118 x 0.12 x 0.65, 55.04 x 0.12 x 0.40
    expect(fee("m5.large")).toBe("0.01152");
    expect(fee("g6e.48xlarge")).toBe("2.35023204");
    expect(fee("p5.48xlarge")).toBe("2.64192");
  });

  it("scales a Reserved Instance rate by the on-demand rate that changed since", () => {
    const lookup = catalogue("eu-south-2").find("ec2/c7a.large/standard-ri-1y-no-upfront/hour");
    expect(lookup.found && lookup.price.assumption?.code).toBe("ri-discount-carried-over");
  });
});

describe("the specifications of instance types", () => {
  const type = (name: string) => loadInstanceTypes().find((each) => each.name === name);

  it("are those of the published table", () => {
    expect(type("m7g.large")).toEqual({
      name: "m7g.large",
      family: "m7g",
      generation: 7,
      vcpu: 2,
      memoryMiB: 8192,
      architecture: "arm64",
      gpuCount: 0,
      gpuName: "",
      burstable: false,
      flex: false,
      bareMetal: false,
      previousGeneration: false,
      maxEnis: 3,
      trunking: true,
      branchEnis: 9,
    });
  });

  it("mark burstable, flex, bare-metal and previous-generation types", () => {
    expect(type("t4g.small")).toMatchObject({ burstable: true, previousGeneration: false, trunking: false });
    expect(type("trn1.2xlarge")).toMatchObject({ burstable: false });
    expect(type("m7i-flex.large")).toMatchObject({ flex: true, burstable: false });
    expect(type("m7g.metal")).toMatchObject({ bareMetal: true, previousGeneration: false });
    for (const name of ["a1.large", "m4.large", "t2.micro", "i3.large"]) {
      expect(type(name)).toMatchObject({ previousGeneration: true });
    }
    expect(type("g6.xlarge")).toMatchObject({ gpuCount: 1, gpuName: "l4" });
  });

  it("leave out the types whose network interface limits are not published", () => {
    expect(type("hpc7a.96xlarge")).toBeUndefined();
  });
});
