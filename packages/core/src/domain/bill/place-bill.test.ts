import { describe, expect, it } from "vitest";
import type { Charge } from "./charge.ts";
import { billRegions, placeBill } from "./place-bill.ts";
import type { OverheadScope } from "./place-charge.ts";

const charge = (changes: Partial<Charge>): Charge => ({
  day: "2026-10-01",
  kind: "usage",
  commitment: null,
  account: "111122223333",
  region: "eu-west-1",
  service: "AmazonECS",
  usageType: "EU-Fargate-GB-Hours",
  operation: "",
  unit: "hours",
  quantity: "10",
  cost: "1",
  effectiveCost: "1",
  onDemandCost: null,
  cluster: "",
  ecsService: "",
  tags: {},
  containerInstance: false,
  ...changes,
});

const ec2 = (usageType: string, changes: Partial<Charge> = {}): Charge =>
  charge({ service: "AmazonEC2", usageType: `EU-${usageType}`, ...changes });

const placesOf = (charges: readonly Charge[], overheads: OverheadScope = "regions"): readonly string[] =>
  placeBill({ charges }, overheads).map(({ placing }) =>
    placing.place === "ecs" ? placing.launchType : placing.place,
  );

const FARGATE = charge({});
const NAT = ec2("NatGateway-Hours");
const METERING = charge({ usageType: "EU-ECS-EC2-vCPU-Hours", cost: "0", effectiveCost: "0" });

describe("billRegions", () => {
  it("are those of the column, of the prefixes of usage types where there is none, and never those of what is not known and has none", () => {
    const bare = { region: null };
    const charges = [
      charge({ region: "eu-west-2" }),
      charge({ ...bare, usageType: "EUC1-Fargate-GB-Hours" }),
      charge({ ...bare, service: "AmazonEC2", usageType: "NatGateway-Hours" }),
      charge({ ...bare, usageType: "APS1-Something-New" }),
      charge({ ...bare, usageType: "Something-New" }),
      charge({ ...bare, service: "AmazonRDS", usageType: "USW2-InstanceUsage:db.m7g.large" }),
    ];
    expect(billRegions({ charges })).toEqual(["ap-southeast-1", "eu-central-1", "eu-west-2", "us-east-1"]);
  });
});

describe("placeBill", () => {
  it("lets overheads come along where ECS ran in the same account, region and month", () => {
    const elsewhere = [
      ec2("NatGateway-Hours", { account: "444455556666" }),
      ec2("NatGateway-Hours", { region: "us-west-2" }),
      ec2("NatGateway-Hours", { day: "2026-09-30" }),
    ];
    expect(placesOf([FARGATE, NAT, ...elsewhere])).toEqual(["fargate", "overhead", "other", "other", "other"]);
    const tagged = ec2("NatGateway-Hours", { cluster: "production" });
    expect(placesOf([FARGATE, NAT, tagged], "tagged")).toEqual(["fargate", "other", "overhead"]);
    expect(placesOf([FARGATE, NAT, tagged], "none")).toEqual(["fargate", "other", "other"]);
  });

  it("takes instances with a sign of ECS as its own, others only where nothing tells which they are as unplaced", () => {
    const instance = ec2("BoxUsage:m7g.large");
    const named = ec2("SpotUsage:m7g.large", { containerInstance: true });
    expect(placesOf([FARGATE, instance])).toEqual(["fargate", "other"]);
    expect(placesOf([METERING, instance])).toEqual(["ec2", "unplaced"]);
    expect(placesOf([METERING, instance, named])).toEqual(["ec2", "other", "ec2-spot"]);
    const fee = charge({ usageType: "EU-ECS-Managed-Instances:c7g.large-management-hours" });
    const managed = ec2("BoxUsage:c7g.large", { cluster: "managed" });
    expect(placesOf([METERING, instance, fee, managed])).toEqual([
      "ec2",
      "unplaced",
      "managed-instances",
      "managed-instances",
    ]);
  });

  it("finds Managed Instances by the hours of their fee", () => {
    const fee = charge({ usageType: "EU-ECS-Managed-Instances:m7g.large-management-hours", quantity: "24" });
    const hours = (quantity: string) => ec2("BoxUsage:m7g.large", { quantity });
    expect(placesOf([fee, hours("24")])).toEqual(["managed-instances", "managed-instances"]);
    expect(placesOf([fee, hours("48")])).toEqual(["managed-instances", "unplaced"]);
    expect(placesOf([fee, ec2("BoxUsage:c7g.large")])).toEqual(["managed-instances", "other"]);
  });

  it("keeps unknown usage of ECS and of what comes along with it as unplaced", () => {
    const odd = charge({ usageType: "EU-Something-New" });
    const oddVpc = charge({ service: "AmazonVPC", usageType: "EU-Odd" });
    expect(placesOf([odd, oddVpc])).toEqual(["unplaced", "unplaced"]);
    expect(placesOf([oddVpc])).toEqual(["other"]);
    expect(placesOf([charge({ service: "AmazonRDS", usageType: "EU-Odd" }), FARGATE])).toEqual(["other", "fargate"]);
  });

  it("keeps what is no usage apart, and splits out of every sum", () => {
    const kinds = ["credit", "refund", "tax", "commitment-fee", "commitment-offset", "split", "split-unused"] as const;
    expect(placesOf(kinds.map((kind) => charge({ kind })))).toEqual([
      "credit",
      "refund",
      "tax",
      "commitment",
      "commitment",
      "split",
      "split",
    ]);
  });

  it("gives volumes to ECS where all instances are its own, and to nobody where some are not", () => {
    const volume = ec2("EBS:VolumeUsage.gp3");
    const own = ec2("BoxUsage:m7g.large", { containerInstance: true });
    expect(placesOf([own, volume])).toEqual(["ec2", "overhead"]);
    expect(placesOf([own, ec2("BoxUsage:c7g.large"), volume])).toEqual(["ec2", "other", "unplaced"]);
    expect(placesOf([FARGATE, volume])).toEqual(["fargate", "other"]);
    const fee = charge({ usageType: "EU-ECS-Managed-Instances:m7g.large-management-hours", quantity: "24" });
    const managed = ec2("BoxUsage:m7g.large", { quantity: "24" });
    expect(placesOf([fee, managed, volume])).toEqual(["managed-instances", "managed-instances", "overhead"]);
    expect(placesOf([fee, managed, ec2("BoxUsage:c7g.large"), volume]).slice(2)).toEqual(["other", "unplaced"]);
  });
});
