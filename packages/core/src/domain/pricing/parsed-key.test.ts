import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OVERHEAD_KEYS } from "./overhead-key.ts";
import { fixedPriceKeys, parsePriceKey } from "./parsed-key.ts";
import { ec2Key, FARGATE_EPHEMERAL_KEY, fargateKey, managedInstancesFeeKey } from "./price-key.ts";
import { EC2_PURCHASES, FARGATE_PURCHASES } from "./purchase.ts";

const instanceType = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}\.[a-z0-9-]{1,9}$/);

describe("a price key", () => {
  it("gives back the parts that a Fargate key was built from", () => {
    const purchase = fc.constantFrom(...FARGATE_PURCHASES);
    const platform = fc.constantFrom(["linux", "x86_64"] as const, ["linux", "arm64"] as const);
    fc.assert(
      fc.property(purchase, platform, fc.constantFrom("vcpu-hour", "gb-hour"), (bought, [os, architecture], meter) => {
        const key = fargateKey(os, architecture, bought, meter);
        expect(parsePriceKey(key)).toEqual({ kind: "fargate", os, architecture, purchase: bought, meter });
      }),
    );
  });

  it("gives back the parts that an instance's key was built from", () => {
    fc.assert(
      fc.property(instanceType, fc.constantFrom(...EC2_PURCHASES), (name, purchase) => {
        expect(parsePriceKey(ec2Key(name, purchase))).toEqual({ kind: "ec2", instanceType: name, purchase });
        const fee = parsePriceKey(managedInstancesFeeKey(name));
        expect(fee).toEqual({ kind: "managed-instances-fee", instanceType: name });
      }),
    );
  });

  it("is one of a closed list where it names no instance type", () => {
    expect(fixedPriceKeys()).toContain(FARGATE_EPHEMERAL_KEY);
    expect(fixedPriceKeys()).toEqual(expect.arrayContaining([...OVERHEAD_KEYS]));
    for (const key of fixedPriceKeys()) expect(parsePriceKey(key)).toBeDefined();
    expect(new Set(fixedPriceKeys()).size).toBe(fixedPriceKeys().length);
  });

  it.each([
    "",
    "nat",
    "nat.gbs",
    "toString",
    "fargate/linux/arm/vcpu-hour",
    "fargate/windows/arm64/vcpu-hour",
    "fargate/linux/x86_64/os-vcpu-hour",
    "fargate-on-demand/linux/x86_64/vcpu-hour",
    "fargate-standard-ri-1y-no-upfront/linux/x86_64/vcpu-hour",
    "ec2/m5/on-demand/hour",
    "ec2/m5.large/ondemand/hour",
    "ec2/m5.large/on-demand",
    "managed-instances/m5/management-hour",
  ])("is not %j", (key) => {
    expect(parsePriceKey(key)).toBeUndefined();
  });
});
