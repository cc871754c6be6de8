import { readFileSync } from "node:fs";
import { readInventory } from "@ecs-cost/core/file";
import { workloadJsonSchema } from "@ecs-cost/core/schema";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { folderOf, oneService, readText, refusal, TASK } from "./inventory-input.ts";

const schemaFile = new URL("../../../packages/core/schema/workload.schema.json", import.meta.url);
const published = JSON.parse(readFileSync(schemaFile, "utf8"));
const accepts = new Ajv2020({ allErrors: true }).compile(published);
const examples = new URL("../../../examples/", import.meta.url);

/** The workload file with every key that there is. */
const EVERY_KEY = `
version: 1
region: eu-west-1
shared:
  natGateways: { count: 2, gb: 500, type: regional }
  vpcEndpoints: [{ service: ecr.dkr, azs: 2, gb: 40 }, { service: s3 }, { service: dynamodb, type: interface, azs: 1 }]
  loadBalancers:
    - { name: public, type: application, newConnectionsPerSecond: 40, activeConnections: 3000,
        processedGbPerHour: 2, ruleEvaluationsPerSecond: 100, publicIpv4Addresses: 2, services: [api] }
  containerInsights: enhanced
  ec2: { instanceTypes: [m7g.large, m7g.xlarge], targetCapacity: 90, eniTrunking: true, azs: 2, minInstances: 1,
         memoryOverheadPercent: 4.5, rootVolumeGiB: 40, daemons: [{ cpu: 64, memory: 128 }], purchase: spot }
  capacityProviders:
    - { name: spot-asg, type: auto-scaling-group, purchase: spot, instanceTypes: [m7g.large], targetCapacity: 90,
        cluster: production }
    - { name: mi-default, type: managed-instances }
services:
  - name: api
    cluster: production
    tags: { team: web }
    task: { cpu: 1 vCPU, memory: 2 GB, arch: arm64, os: linux, ephemeralStorageGiB: 40, gpu: 0,
            networkMode: bridge, hostPorts: [80], privileged: true }
    desiredCount: 6
    capacityProviderStrategy:
      - { capacityProvider: FARGATE, base: 2, weight: 1 }
      - { capacityProvider: FARGATE_SPOT, weight: 3 }
    scheduling: daemon
    placementConstraints: true
    interruptible: no
    minAvailableTasks: 4
    autoscaling: { minTasks: 2, maxTasks: 20, cpuTargetPercent: 60, memoryTargetPercent: 70 }
    logs: { gbPerMonth: 120, class: infrequent-access, retentionDays: 30 }
    network: { publicIp: true, internetEgressGb: 200, crossAzGb: 0.1, imageGb: "0.4", taskStartsPerMonth: 300,
               imagePullSeconds: 12.5 }
    storage: { efsGb: 10, ebsGiB: 20 }
    images: { ecrGb: 3 }
    secrets: 4
    parameters: { advanced: 2 }
    tracing: { tracesPerMonth: 1e6 }
    discovery: { instances: 3 }
  - name: job
    task: { cpu: 256, memory: 512 }
    runs: { perMonth: 3000, seconds: 45, pullSeconds: 5 }
`;

describe("a workload file", () => {
  it("is read with every key it may have", () => {
    const { region, services, shared, issues } = readText(EVERY_KEY);
    expect(region).toBe("eu-west-1");
    expect(issues).toEqual([]);
    expect(services[0]).toMatchObject({
      id: "production/api",
      tags: { team: "web" },
      task: { cpu: 1024, memory: 2048, architecture: "arm64", os: "linux", ephemeralStorageGiB: 40, gpu: 0 },
      demand: { kind: "count", tasks: 6 },
      placement: {
        kind: "strategy",
        items: [
          { capacityProvider: "FARGATE", base: 2, weight: 1 },
          { capacityProvider: "FARGATE_SPOT", base: 0, weight: 3 },
        ],
      },
      scheduling: "daemon",
      placementConstraints: true,
      interruptible: "no",
      minAvailableTasks: 4,
      autoscaling: { minTasks: 2, maxTasks: 20, cpuTargetPercent: 60, memoryTargetPercent: 70 },
      logs: { gbPerMonth: "120", class: "infrequent-access", retentionDays: 30 },
      network: {
        publicIp: true,
        internetEgressGb: "200",
        crossAzGb: "0.1",
        imageGb: "0.4",
        taskStartsPerMonth: "300",
        imagePullSeconds: 12.5,
      },
      extras: {
        efsGb: "10",
        ebsGiBPerTask: "20",
        ecrGb: "3",
        secrets: "4",
        advancedParameters: "2",
        tracesPerMonth: "1000000",
        cloudMapInstances: "3",
      },
    });
    expect(services[0]?.task).toMatchObject({
      networkMode: "bridge",
      ports: [{ containerPort: 80, hostPort: 80, protocol: "tcp" }],
      privileged: true,
      fargateBlockers: ["privileged"],
    });
    expect(services[1]).toMatchObject({
      id: "default/job",
      demand: { kind: "runs", perMonth: 3000, seconds: 45, pullSeconds: 5 },
      network: { taskStartsPerMonth: "3000" },
      placement: { kind: "unspecified" },
      interruptible: "unspecified",
    });
    expect(shared).toMatchObject({
      natGateways: { count: 2, gb: "500", type: "regional" },
      vpcEndpoints: [
        { service: "ecr.dkr", type: "interface", azs: 2, gb: "40" },
        { service: "s3", type: "gateway", azs: 0, gb: "0" },
        { service: "dynamodb", type: "interface", azs: 1, gb: "0" },
      ],
      containerInsights: "enhanced",
    });
    expect(shared.loadBalancers[0]).toMatchObject({
      processedGbPerHour: "2",
      publicIpv4Addresses: 2,
      services: ["api"],
    });
    expect(shared.ec2).toMatchObject({ memoryOverheadPercent: "4.5", purchase: "spot", minInstances: 1 });
    expect(shared.ec2.given).toHaveLength(9);
    expect(shared.capacityProviders).toEqual([
      {
        name: "spot-asg",
        cluster: "production",
        type: "auto-scaling-group",
        purchase: "spot",
        instanceTypes: ["m7g.large"],
        targetCapacity: 90,
      },
      { name: "mi-default", type: "managed-instances", purchase: "on-demand" },
    ]);
  });

  it("gives the same inventory as JSON, apart from line numbers", () => {
    const withoutOrigin = (text: string) =>
      JSON.stringify(readText(text), (key, value) => (key === "origin" ? 0 : value));
    expect(withoutOrigin(JSON.stringify(parse(EVERY_KEY), null, 1))).toBe(withoutOrigin(EVERY_KEY));
  });

  it("takes EC2 settings that nobody gave from named defaults", () => {
    expect(readText(oneService(TASK, "desiredCount: 1")).shared.ec2).toEqual({
      instanceTypes: [],
      targetCapacity: 100,
      eniTrunking: false,
      azs: 1,
      minInstances: 0,
      memoryOverheadPercent: "5",
      rootVolumeGiB: 30,
      daemons: [],
      purchase: "on-demand",
      given: [],
    });
  });

  it("may use anchors, merge keys, quotes, CRLF and a byte order mark", () => {
    const text = [
      "\ufeffversion: 1",
      "services:",
      "  - &base",
      "    name: 'a'",
      "    task: &task { cpu: 512, memory: 1024 }",
      "    desiredCount: 1",
      "  - <<: *base",
      '    name: "b"',
      "  - { name: c, task: *task, desiredCount: 0 }",
    ].join("\r\n");
    expect(readText(text).services.map(({ name, demand }) => [name, demand])).toEqual([
      ["a", { kind: "count", tasks: 1 }],
      ["b", { kind: "count", tasks: 1 }],
      ["c", { kind: "count", tasks: 0 }],
    ]);
  });

  it("keeps hostile names and tags as they are", () => {
    const name = "<img src=x onerror=alert(1)>\u001b[31m";
    const file = {
      version: 1,
      services: [
        { name, cluster: "__proto__", task: { cpu: 256, memory: 512 }, desiredCount: 1 },
        { name: "constructor", cluster: "toString", task: { cpu: 256, memory: 512 }, desiredCount: 1 },
      ],
    };
    const text = JSON.stringify(file).replace('"desiredCount":1}]', '"desiredCount":1,"tags":{"__proto__":"x"}}]');
    const { services } = readText(text);
    expect(services[0]).toMatchObject({ name, cluster: "__proto__" });
    expect(services[1]).toMatchObject({ id: "toString/constructor" });
    expect(Object.entries(services[1]?.tags ?? {})).toEqual([["__proto__", "x"]]);
    expect(services[0]?.tags["constructor"]).toBeUndefined();
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });

  it("lets a strategy of one provider go without a weight", () => {
    const text = oneService(TASK, "desiredCount: 3", "capacityProviderStrategy: [{ capacityProvider: FARGATE_SPOT }]");
    expect(readText(text).services[0]?.placement).toEqual({
      kind: "strategy",
      items: [{ capacityProvider: "FARGATE_SPOT", base: 0, weight: 1 }],
    });
  });

  it("says where a service has no demand or no task, and keeps it", () => {
    const { services, issues } = readText(oneService());
    expect(services).toHaveLength(1);
    expect(issues.map(({ code, severity, subject }) => [code, severity, subject])).toEqual([
      ["unknown-demand", "error", "default/api"],
      ["missing-task-definition", "error", "default/api"],
    ]);
  });

  it.each(["1024", '"1024"', "1 vCPU", "1vcpu", "1.0 VCPU"])("takes cpu %s", (cpu) => {
    const text = oneService(`task: { cpu: ${cpu}, memory: 2 GB }`, "desiredCount: 1");
    expect(readText(text).services[0]?.task?.cpu).toBe(1024);
    expect(accepts(parse(text))).toBe(true);
  });

  it.each([
    ["X86_64", "x86_64"],
    ["x86", "x86_64"],
    ["ARM64", "arm64"],
  ])("takes arch %s", (arch, expected) => {
    const text = oneService(`task: { cpu: 256, memory: 512, arch: ${arch} }`, "desiredCount: 1");
    expect(readText(text).services[0]?.task?.architecture).toBe(expected);
  });
});

describe("capacity providers of several inputs", () => {
  const telling = (name: string, purchase: string) =>
    `version: 1\nshared: { capacityProviders: [{ name: ${name}, type: auto-scaling-group, purchase: ${purchase} }] }\nservices: []\n`;

  it("are those of all of them, and told of each by one alone", () => {
    const { capacityProviders } = readInventory([
      folderOf({ "a.yaml": telling("a", "spot"), "b.yaml": telling("b", "on-demand") }),
    ]).shared;
    expect(capacityProviders?.map(({ name, purchase }) => [name, purchase])).toEqual([
      ["a", "spot"],
      ["b", "on-demand"],
    ]);
    const twice = folderOf({ "a.yaml": telling("a", "spot"), "b.yaml": telling("a", "on-demand") });
    expect(refusal(() => readInventory([twice])).message).toMatch(
      /b\.yaml.*capacity provider "a" is given here and in .*a\.yaml/,
    );
  });

  it("are as a workload file says them, whatever a template says", () => {
    const template =
      "Resources: { P: { Type: AWS::ECS::CapacityProvider, Properties: { Name: a, AutoScalingGroupProvider: {} } } }";
    const folder = folderOf({ "a-template.yaml": template, "b.yaml": telling("a", "spot") });
    expect(readInventory([folder]).shared.capacityProviders).toEqual([
      { name: "a", type: "auto-scaling-group", purchase: "spot" },
    ]);
  });
});

/** What is wrong, the message it must lead to, and whether the published schema can say it too. */
const BROKEN: readonly (readonly [string, string, RegExp, boolean])[] = [
  [
    "an unknown key",
    oneService(TASK, "desiredCont: 6"),
    /^-:6: services\[0\]\.desiredCont: .*did you mean "desiredCount"/,
    true,
  ],
  ["an unknown key far from any", oneService("zzzzzzzz: 6"), /known here: name, cluster/, true],
  ["an unknown key in the task", oneService("task: { cpu: 256, memroy: 512 }"), /task\.memroy: .*"memory"/, true],
  ["an unknown key at the top", `${oneService()}servics: []\n`, /-:5: servics: .*"services"/, true],
  ["a missing version", oneService().replace("version: 1\n", ""), /version: is missing; it must be 1/, true],
  ["another version", oneService().replace("version: 1", "version: 2"), /version: must be 1, not 2/, true],
  ["a region that is none", oneService().replace("eu-west-1", "Ireland"), /:2: region: must be a region code/, true],
  [
    "a missing name",
    "version: 1\nregion: eu-west-1\nservices:\n  - cluster: a\n",
    /:4: services\[0\]\.name: is missing/,
    true,
  ],
  ["an empty name", oneService().replace("api", '""'), /name: must not be empty/, true],
  ["a long name", oneService().replace("api", "a".repeat(256)), /name: must have 255 characters/, true],
  ["a name that is a number", oneService().replace("api", "12"), /name: must be text .*not 12/, true],
  [
    "scaling that ends before it begins",
    oneService("autoscaling: { minTasks: 5, maxTasks: 2, cpuTargetPercent: 60 }"),
    /autoscaling\.maxTasks: is below minTasks, 5/,
    false,
  ],
  [
    "scaling without a target",
    oneService("autoscaling: { minTasks: 1, maxTasks: 2 }"),
    /autoscaling: holds no target: give cpuTargetPercent/,
    false,
  ],
  ["a negative count", oneService("desiredCount: -1"), /:5: .*desiredCount: must be a whole number/, true],
  ["half a task", oneService("desiredCount: 1.5"), /desiredCount: must be a whole number/, true],
  ["a count that is no number", oneService("desiredCount: .nan"), /desiredCount: must be a whole number/, true],
  ["an infinite quantity", oneService("logs: { gbPerMonth: .inf }"), /gbPerMonth: must be a number of 0 or more/, true],
  [
    "a negative quantity",
    oneService("logs: { gbPerMonth: -3 }"),
    /gbPerMonth: must be a number of 0 or more, not -3/,
    true,
  ],
  ["a quantity with a unit", oneService("logs: { gbPerMonth: 3 GB }"), /gbPerMonth: .*not "3 GB"/, true],
  [
    "a section without a value",
    oneService("logs:"),
    /:5: services\[0\]\.logs: must be a map of keys, not nothing/,
    true,
  ],
  ["a list for a map", oneService("logs: []"), /logs: must be a map of keys, not a list/, true],
  ["a map for a list", "version: 1\nservices: { api: {} }\n", /services: must be a list, not a map/, true],
  ["a tag that is a number", oneService("tags: { a: 1 }"), /tags\.a: must be text/, true],
  [
    "two demands",
    oneService("desiredCount: 1", "runs: { perMonth: 1, seconds: 1 }"),
    /:6: .*runs: cannot stand beside desiredCount/,
    true,
  ],
  [
    "two placements",
    oneService("launchType: EC2", "capacityProviderStrategy: [{ capacityProvider: a }]"),
    /capacityProviderStrategy: cannot stand beside launchType/,
    true,
  ],
  ["two tasks", oneService(TASK, "taskDefinition: api"), /cannot stand beside/, true],
  ["an unknown launch type", oneService("launchType: fargate"), /launchType: must be one of FARGATE, EC2/, true],
  [
    "a size with an unknown unit",
    oneService("task: { cpu: 1 core, memory: 2 GB }"),
    /task\.cpu: must be CPU units .*"1 core"/,
    true,
  ],
  ["a memory without a number", oneService("task: { cpu: 256, memory: lots }"), /task\.memory: must be MiB/, true],
  [
    "a part of a CPU unit",
    oneService("task: { cpu: 0.3 vCPU, memory: 512 }"),
    /task\.cpu: is "0.3 vCPU", which is not a whole number/,
    false,
  ],
  ["a task of no size", oneService('task: { cpu: "0", memory: 512 }'), /task\.cpu: is "0"/, false],
  [
    "too little storage",
    oneService("task: { cpu: 256, memory: 512, ephemeralStorageGiB: 10 }"),
    /from 20 to 200/,
    true,
  ],
  [
    "ports without a host",
    oneService("task: { cpu: 256, memory: 512, hostPorts: [80] }"),
    /hostPorts: has no meaning in network mode awsvpc/,
    false,
  ],
  ["an empty strategy", oneService("capacityProviderStrategy: []"), /must name a capacity provider/, true],
  [
    "a weight out of range",
    oneService("capacityProviderStrategy: [{ capacityProvider: a, weight: 1001 }]"),
    /weight: must be a whole number from 0 to 1000/,
    true,
  ],
  [
    "a base out of range",
    oneService("capacityProviderStrategy: [{ capacityProvider: a, base: 100001 }]"),
    /base: must be a whole number from 0 to 100000/,
    true,
  ],
  [
    "two bases",
    oneService(
      "capacityProviderStrategy:",
      "  - { capacityProvider: a, base: 1, weight: 1 }",
      "  - { capacityProvider: b, base: 1 }",
    ),
    /:7: .*\[1\]: more than one provider has a base/,
    false,
  ],
  [
    "no weight",
    oneService("capacityProviderStrategy: [{ capacityProvider: a }, { capacityProvider: b }]"),
    /every weight is 0/,
    false,
  ],
  [
    "mixed providers",
    oneService(
      "capacityProviderStrategy: [{ capacityProvider: FARGATE, weight: 1 }, { capacityProvider: b, weight: 1 }]",
    ),
    /cannot be mixed/,
    false,
  ],
  [
    "a provider named twice",
    oneService("capacityProviderStrategy: [{ capacityProvider: a, weight: 1 }, { capacityProvider: a }]"),
    /named twice/,
    false,
  ],
  [
    "more than 20 providers",
    oneService(
      `capacityProviderStrategy: [${Array.from({ length: 21 }, (_, i) => `{ capacityProvider: p${i}, weight: 1 }`)}]`,
    ),
    /must have 20 entries at most/,
    true,
  ],
  [
    "an endpoint without zones",
    `${oneService()}shared: { vpcEndpoints: [{ service: logs }] }\n`,
    /vpcEndpoints\[0\]\.azs: is missing/,
    false,
  ],
  [
    "an instance type that is none",
    `${oneService()}shared: { ec2: { instanceTypes: [large] } }\n`,
    /instanceTypes\[0\]: must be an instance type/,
    true,
  ],
  [
    "an unknown purchase",
    `${oneService()}shared: { ec2: { purchase: reserved } }\n`,
    /purchase: must be one of on-demand, spot/,
    true,
  ],
  [
    "a capacity provider that is given twice",
    `${oneService()}shared: { capacityProviders: [{ name: a, type: managed-instances }, { name: a, type: auto-scaling-group }] }\n`,
    /capacityProviders\[1\]\.name: is "a", which stands above already/,
    false,
  ],
  [
    "an entry for a provider of Fargate",
    `${oneService()}shared: { capacityProviders: [{ name: FARGATE, type: managed-instances }] }\n`,
    /capacityProviders\[0\]\.name: is FARGATE/,
    false,
  ],
  [
    "a commitment for managed instances",
    `${oneService()}shared: { capacityProviders: [{ name: a, type: managed-instances, purchase: compute-sp-1y-no-upfront }] }\n`,
    /capacityProviders\[0\]\.purchase: must be on-demand or spot/,
    false,
  ],
  [
    "a target of managed instances",
    `${oneService()}shared: { capacityProviders: [{ name: a, type: managed-instances, targetCapacity: 90 }] }\n`,
    /capacityProviders\[0\]\.targetCapacity: has no meaning/,
    false,
  ],
  [
    "a target above 100",
    `${oneService()}shared: { ec2: { targetCapacity: 101 } }\n`,
    /targetCapacity: must be a whole number from 1 to 100/,
    true,
  ],
];

describe("a broken workload file", () => {
  it.each(BROKEN)("is refused for %s", (_, text, message, schemaKnows) => {
    const error = refusal(() => readText(text));
    expect(error.message).toMatch(message);
    expect(error).toMatchObject({ code: "invalid-input", source: "user" });
    expect(error.where?.line).toBeGreaterThan(0);
    expect(accepts(parse(text))).toBe(!schemaKnows);
  });

  it.each(BROKEN)("is refused on the same line as YAML and as JSON for %s", (_, text, message) => {
    const json = refusal(() => readText(JSON.stringify(parse(text), (_key, v) => (v === Infinity ? 1e300 : v), 2)));
    expect(json.message.replace(/^-:\d+/, "-:0")).toMatch(new RegExp(message.source.replace(/\^-:\d+|-:\d+|:\d+/, "")));
    expect(json.where?.line).toBeGreaterThan(0);
  });

  it("is told all that is wrong with it at once, a line each, 20 at most", () => {
    const text = oneService("desiredCont: 6", "launchType: fargate", "logs: { gbPerMonth: x }");
    const { message, problems } = refusal(() => readText(text));
    expect(message.split("\n").map((line) => line.slice(0, 4))).toEqual(["-: 3", "-:5:", "-:6:", "-:7:"]);
    expect(problems).toHaveLength(3);
    const many = oneService(...Array.from({ length: 30 }, (_, i) => `unknown${i}: 1`));
    const lines = refusal(() => readText(many)).message.split("\n");
    expect(lines).toHaveLength(22);
    expect(lines.at(-1)).toBe("and 10 more");
  });

  it("is told in a few lines, however much is wrong with it", () => {
    const services = Array.from({ length: 3000 }, (_, i) => ({ name: `s${i}`, desiredCont: 1 }));
    const text = JSON.stringify({ version: 1, services }, null, 2);
    expect(refusal(() => readText(text)).message).toMatch(/^-: 3000 problems\n-:6: /);
  });

  it("never prints control characters of the input", () => {
    const { message } = refusal(() => readText(oneService('"\\e[31mred\\u202e": 1')));
    expect(message).toContain("\\u001b[31mred\\u202e");
    expect(message).not.toContain("\u001b");
  });
});

describe("the published schema", () => {
  it("is what the code generates", () => {
    expect(published).toEqual(workloadJsonSchema());
  });

  it.each(["web-service.yaml", "batch-job.yaml", "windows-service.yaml", "fleet-of-twenty/workload.yaml"])(
    "takes example %s",
    (name) => {
      expect(accepts(parse(readFileSync(new URL(name, examples), "utf8")))).toBe(true);
    },
  );

  it("takes a file with every key", () => {
    accepts(parse(EVERY_KEY));
    expect(accepts.errors).toBeNull();
  });

  const guide = readFileSync(new URL("../../../docs/workload-file.md", import.meta.url), "utf8");
  const keysOf = (schema: unknown): string[] => {
    if (schema === null || typeof schema !== "object") return [];
    const { properties = {} } = schema as { readonly properties?: object };
    return [...Object.keys(properties), ...Object.values(schema).flatMap(keysOf)];
  };

  it("has no key that the guide does not name", () => {
    expect([...new Set(keysOf(published))].filter((key) => !guide.includes(`\`${key}\``))).toEqual([]);
  });

  it("takes the file that the guide begins with", () => {
    const [, text = ""] = /```yaml\n([\s\S]*?)```/.exec(guide) ?? [];
    expect(accepts(parse(text))).toBe(true);
    expect(readText(text).issues).toEqual([]);
  });
});
