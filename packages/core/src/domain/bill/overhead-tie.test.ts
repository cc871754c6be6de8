import { describe, expect, it } from "vitest";
import type { Charge } from "./charge.ts";
import { placeBill } from "./place-bill.ts";
import { ownerOf } from "./resource-owner.ts";

const charge = (given: Partial<Charge>): Charge => ({
  day: "2026-10-01",
  kind: "usage",
  commitment: null,
  account: "111122223333",
  region: "us-east-1",
  service: "AmazonECS",
  usageType: "USE1-Fargate-vCPU-Hours:perCPU",
  operation: "",
  unit: "",
  quantity: "24",
  cost: "1",
  effectiveCost: given.cost ?? "1",
  onDemandCost: null,
  cluster: "",
  ecsService: "",
  tags: {},
  containerInstance: false,
  ...given,
});

const FARGATE = charge({ cost: "36", cluster: "prod", ecsService: "web" });
const NAT = charge({ service: "AmazonEC2", usageType: "NatGateway-Bytes", cost: "5000" });
const KEYS = charge({ service: "awskms", usageType: "us-east-1-KMS-Requests" });
const logs = (owner: Charge["owner"]) =>
  charge({ service: "AmazonCloudWatch", usageType: "DataProcessing-Bytes", ...(owner === undefined ? {} : { owner }) });
const OTHER_INSTANCE = charge({ service: "AmazonEC2", usageType: "BoxUsage:m5.24xlarge", cost: "3000" });
const DATABASE = charge({ service: "AmazonRDS", usageType: "", cost: "1700" });

const tiesOf = (...charges: readonly Charge[]) =>
  placeBill({ charges }, "regions").map(({ placing }) => ("tie" in placing ? placing.tie?.strength : placing.place));

describe("what comes along with ECS", () => {
  it("is of others where others ran most of the compute, whatever the bill has of it", () => {
    expect(tiesOf(FARGATE, OTHER_INSTANCE, NAT, KEYS).slice(2)).toEqual(["others", "others"]);
    expect(tiesOf(FARGATE, charge({ service: "AmazonEKS", usageType: "", cost: "72" }), NAT)[2]).toBe("others");
    expect(tiesOf(FARGATE, charge({ service: "AWSLambda", usageType: "", cost: "1" }), NAT)[2]).toBe("likely");
  });

  it("is not of a database where it is traffic, and can be where it is logs or keys", () => {
    expect(tiesOf(FARGATE, DATABASE, NAT, KEYS).slice(2)).toEqual(["likely", "others"]);
  });

  it("is certain by a tag or the name of its resource, whoever else ran there", () => {
    const tagged = { ...NAT, cluster: "prod" };
    const groups = [logs("ecs-log-group"), logs("workload"), logs("other-log-group"), logs("")];
    expect(tiesOf(FARGATE, OTHER_INSTANCE, tagged, ...groups).slice(2)).toEqual([
      ...["certain", "certain", "certain", "others", "others"],
    ]);
  });

  it("is not what an instance sends that no tag names", () => {
    const sent = charge({ service: "AmazonEC2", usageType: "DataTransfer-Out-Bytes", owner: "instance" });
    expect(tiesOf(FARGATE, sent)[1]).toBe("others");
  });

  it("is nothing where no ECS ran", () => {
    expect(tiesOf(FARGATE, { ...NAT, region: "eu-west-1" })[1]).toBe("other");
  });
});

describe("whose a resource is by its id", () => {
  const logGroup = (name: string): string => `arn:aws:logs:us-east-1:111122223333:log-group:${name}`;
  it.each([
    [logGroup("/aws/ecs/containerinsights/prod/performance"), "ecs-log-group"],
    [logGroup("/ecs/web"), "ecs-log-group"],
    [logGroup("/aws/rds/instance/x/postgresql"), "other-log-group"],
    [logGroup("/aws/eks/prod/cluster"), "other-log-group"],
    [logGroup("web_prod.1:*"), "workload"],
    [logGroup("webXprod.1"), ""],
    ["arn:aws-cn:rds:cn-north-1:111122223333:db:x", "other-resource"],
    ["arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/front/0123", "workload"],
    ["arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/k8s-front/0123", "other-resource"],
    ["i-0123", "instance"],
    ["nat-0123", ""],
  ])("%s", (resource, owner) => {
    expect(ownerOf({ loadBalancers: ["front"], logGroups: ["web_prod.1"] })(resource)).toBe(owner);
  });
});
