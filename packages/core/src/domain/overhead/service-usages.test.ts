import { describe, expect, it } from "vitest";
import { Decimal } from "../units/decimal.ts";
import type { Service, ServiceExtras, ServiceNetwork } from "../workload/service.ts";
import type { SharedInfrastructure } from "../workload/shared.ts";
import { serviceUsages } from "./service-usages.ts";

const HOURS = new Decimal(730);

const NETWORK: ServiceNetwork = {
  publicIp: false,
  internetEgressGb: "0",
  crossAzGb: "0",
  imageGb: "0",
  taskStartsPerMonth: "0",
  imagePullSeconds: 0,
};

const EXTRAS: ServiceExtras = {
  efsGb: "0",
  ebsGiBPerTask: "0",
  ecrGb: "0",
  secrets: "0",
  advancedParameters: "0",
  tracesPerMonth: "0",
  cloudMapInstances: "0",
};

type Given = Partial<Omit<Service, "network" | "extras">> & {
  network?: Partial<ServiceNetwork>;
  extras?: Partial<ServiceExtras>;
};

const service = ({ network, extras, ...rest }: Given = {}): Service => ({
  id: "production/api",
  name: "api",
  cluster: "production",
  tags: {},
  placement: { kind: "launch-type", launchType: "FARGATE" },
  scheduling: "replica",
  placementConstraints: false,
  interruptible: "unspecified",
  origin: "test",
  network: { ...NETWORK, ...network },
  extras: { ...EXTRAS, ...extras },
  ...rest,
});

const shared = (given: Partial<SharedInfrastructure> = {}): SharedInfrastructure => ({
  vpcEndpoints: [],
  loadBalancers: [],
  containerInsights: "off",
  ec2: {
    instanceTypes: [],
    targetCapacity: 100,
    eniTrunking: true,
    azs: 2,
    minInstances: 0,
    memoryOverheadPercent: "5",
    rootVolumeGiB: 30,
    daemons: [],
    purchase: "on-demand",
    given: [],
  },
  ...given,
});

const NAT = { count: 2, gb: "500", type: "zonal" } as const;

const brief = (given: Given, infrastructure = shared(), tasks: Decimal | undefined = new Decimal(3)): string[] =>
  serviceUsages(service(given), tasks, HOURS, infrastructure).usages.map(
    ({ key, quantity, label }) => `${key} ${quantity.toFixed()}${label === undefined ? "" : ` (${label})`}`,
  );

describe("a service", () => {
  it("brings nothing along by itself", () => {
    expect(serviceUsages(service(), new Decimal(3), HOURS, shared())).toEqual({
      usages: [],
      assumptions: [],
      issues: [],
    });
  });

  it("is billed for one public address for each running task", () => {
    expect(brief({ network: { publicIp: true } })).toEqual(["ipv4.hour 2190"]);
  });

  it("is billed for both directions between zones and for what leaves to the internet", () => {
    expect(brief({ network: { internetEgressGb: "200", crossAzGb: "80" } })).toEqual([
      "xfer.internet_gb 200",
      "xfer.interaz_gb 160",
    ]);
  });

  it("is billed for storage, secrets, parameters, traces and registrations", () => {
    const extras = {
      efsGb: "10",
      ebsGiBPerTask: "50",
      ecrGb: "3",
      secrets: "4",
      advancedParameters: "2",
      tracesPerMonth: "2500000",
      cloudMapInstances: "6",
    };
    expect(brief({ extras })).toEqual([
      "ebs.gp3_gb_month 150 (task volumes)",
      "efs.standard_gb_month 10",
      "ecr.private_gb_month 3",
      "secretsmanager.secret_month 4",
      "ssm.advanced_param_month 2",
      "cloudmap.resource_month 6",
      "xray.per_million 2.5",
    ]);
  });

  it("has an issue for what depends on a number of tasks that is not known", () => {
    const given = { network: { publicIp: true, crossAzGb: "1" }, extras: { ebsGiBPerTask: "50" } };
    const { usages, issues } = serviceUsages(service(given), undefined, HOURS, shared());
    expect(usages.map(({ key }) => key)).toEqual(["xfer.interaz_gb"]);
    expect(issues).toEqual([
      {
        code: "unknown-cost",
        severity: "warning",
        subject: "production/api",
        detail: "How many tasks run is not known, so these are not included: public IPv4 addresses, task volumes.",
      },
    ]);
    expect(serviceUsages(service(), undefined, HOURS, shared()).issues).toEqual([]);
  });
});

describe("image pulls", () => {
  const network = { imageGb: "0.4", taskStartsPerMonth: "300" };
  const gateway = { service: "s3", type: "gateway", azs: 2, gb: "0" } as const;

  it("go through NAT: image GB times task starts, as an assumption", () => {
    expect(brief({ network }, shared({ natGateways: NAT }))).toEqual(["nat.gb 120 (image pulls)"]);
    const regional = shared({ natGateways: { ...NAT, type: "regional" } });
    expect(brief({ network }, regional)).toEqual(["nat.regional.gb 120 (image pulls)"]);
    const { assumptions } = serviceUsages(service({ network }), new Decimal(1), HOURS, regional);
    expect(assumptions.map(({ code }) => code)).toEqual(["nat-image-pulls"]);
  });

  it("do not with a public address, without NAT gateways or with an endpoint for s3", () => {
    expect(brief({ network: { ...network, publicIp: true } }, shared({ natGateways: NAT }))).toEqual([
      "ipv4.hour 2190",
    ]);
    expect(brief({ network })).toEqual([]);
    expect(brief({ network }, shared({ natGateways: NAT, vpcEndpoints: [gateway] }))).toEqual([]);
  });
});

describe("logs", () => {
  const logs = { gbPerMonth: "1000", class: "standard", retentionDays: 15 } as const;

  it("cost 500.00 for 1,000 GB ingested, and 15.00 for the 500 GB that stay when half a month is kept", () => {
    const { usages, assumptions } = serviceUsages(service({ logs }), new Decimal(1), new Decimal(720), shared());
    expect(usages.map(({ key, quantity }) => [key, quantity.toFixed()])).toEqual([
      ["logs.ingest_gb", "1000"],
      ["logs.store_gb_month", "500"],
    ]);
    expect(new Decimal(1000).times("0.50").toFixed(2)).toBe("500.00");
    expect(usages[1]?.quantity.times("0.03").toFixed(2)).toBe("15.00");
    expect(assumptions.map(({ code }) => code)).toEqual(["log-compression"]);
  });

  it("are ingested by their class and stored at the resolution of a line item", () => {
    expect(brief({ logs: { ...logs, gbPerMonth: "100", class: "infrequent-access", retentionDays: 30 } })).toEqual([
      "logs.ingest_ia_gb 100",
      "logs.store_gb_month 98.630136986301",
    ]);
  });

  it("that never expire have a storage that is not known", () => {
    const forever = service({ logs: { gbPerMonth: "120", class: "standard" } });
    const { usages, issues } = serviceUsages(forever, new Decimal(1), HOURS, shared());
    expect(usages.map(({ key }) => key)).toEqual(["logs.ingest_gb"]);
    expect(issues.map(({ code, severity, subject }) => [code, severity, subject])).toEqual([
      ["unknown-cost", "info", "production/api"],
    ]);
  });
});
