import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readInventory } from "@ecs-cost/core/file";
import { describe, expect, it } from "vitest";
import { folderOf, oneService, readText, refusal } from "./inventory-input.ts";

const fixtures = join(dirname(fileURLToPath(import.meta.url)), "fixtures/inventory");
const fixture = (name: string) => JSON.parse(readFileSync(join(fixtures, name), "utf8"));
const described = (name: string) => readInventory([join(fixtures, name)]);

describe("the output of describe-services with its task definitions", () => {
  const { region, services, issues, assumptions } = readInventory([fixtures]);
  const service = (name: string) => services.find((item) => item.name === name);

  it("is one inventory of the region that its ARNs name", () => {
    expect(region).toBe("eu-west-1");
    expect(services.map(({ id }) => id)).toEqual([
      "production/api",
      "production/edge",
      "production/worker",
      "production/log-router",
      "production/orphan",
    ]);
  });

  it("gives demand, placement, tags and task of a service", () => {
    expect(service("api")).toMatchObject({
      demand: { kind: "count", tasks: 6 },
      placement: {
        kind: "strategy",
        items: [
          { capacityProvider: "FARGATE", base: 2, weight: 1 },
          { capacityProvider: "FARGATE_SPOT", base: 0, weight: 3 },
        ],
      },
      scheduling: "replica",
      interruptible: "unspecified",
      network: { publicIp: false },
      task: {
        cpu: 1024,
        memory: 2048,
        architecture: "arm64",
        os: "linux",
        ephemeralStorageGiB: 40,
        networkMode: "awsvpc",
        ports: [{ containerPort: 8080, protocol: "tcp" }],
        fargateBlockers: [],
        requiresCompatibilities: ["FARGATE"],
      },
    });
    expect(service("api")?.task?.ports).toEqual([{ containerPort: 8080, protocol: "tcp" }]);
    expect(Object.entries(service("api")?.tags ?? {})).toEqual([
      ["team", "web"],
      ["__proto__", "polluted"],
      ["constructor", "x"],
    ]);
  });

  it("sees public addresses, daemons and placement constraints", () => {
    expect(service("edge")?.network.publicIp).toBe(true);
    expect(service("edge")?.placement).toEqual({ kind: "launch-type", launchType: "FARGATE" });
    expect(service("log-router")?.scheduling).toBe("daemon");
    expect(service("worker")?.placementConstraints).toBe(true);
    expect(service("api")?.placementConstraints).toBe(false);
  });

  it("sums containers where the task has no size, reservations before limits", () => {
    expect(service("worker")?.task).toMatchObject({
      cpu: 576,
      memory: 1152,
      gpu: 1,
      networkMode: "bridge",
      privileged: true,
      fargateBlockers: ["gpu", "links", "privileged", "swappiness"],
    });
    expect(service("worker")?.task?.ports).toEqual([
      { containerPort: 9090, hostPort: 9090, protocol: "tcp" },
      { containerPort: 9091, protocol: "udp" },
    ]);
    expect(assumptions.map(({ code }) => code)).toEqual(["task-size-from-containers"]);
    expect(assumptions[0]?.detail).toContain("production/worker");
  });

  it("reports what is missing, and what describe-services could not describe", () => {
    expect(issues.map(({ code, severity, subject }) => [code, severity, subject])).toEqual([
      ["ignored-input", "info", "production/gone"],
      ["ignored-input", "warning", "arn:aws:ecs:eu-west-1:123456789012:service/production/missing"],
      ["missing-task-size", "error", "production/log-router"],
      ["missing-task-definition", "error", "production/orphan"],
    ]);
    expect(service("orphan")?.task).toBeUndefined();
    expect(service("log-router")?.task).toBeUndefined();
  });

  it("is the same however the inputs are given", () => {
    const names = ["describe-services.json", "api-42.json", "edge-7.json", "worker-3.json", "log-router-12.json"];
    const bare = (value: unknown) => JSON.stringify(value, (key, v) => (key === "origin" ? 0 : v));
    const oneByOne = readInventory([...names, "api-42.json"].map((name) => join(fixtures, name)));
    expect(bare(oneByOne.services)).toBe(bare(services));
    const list = readText(JSON.stringify(names.map(fixture)));
    expect(bare(list.services)).toBe(bare(services));
    expect(readInventory([fixtures])).toEqual(readInventory([fixtures]));
  });

  it("may be the bare list of services", () => {
    const list = fixture("describe-services.json").services.slice(0, 2);
    expect(readText(JSON.stringify(list)).services.map(({ name }) => name)).toEqual(["api", "edge"]);
    list[1].launchType = 7;
    expect(refusal(() => readText(JSON.stringify(list, null, 1))).message).toMatch(
      /^-:\d+: \[1\]\.launchType: must be text/,
    );
  });

  it("passes a strategy that ECS would refuse on as an issue", () => {
    const output = fixture("describe-services.json");
    output.services = [output.services[0]];
    output.services[0].capacityProviderStrategy[1].base = 1;
    expect(readText(JSON.stringify(output)).issues).toContainEqual(
      expect.objectContaining({ code: "invalid-strategy", subject: "production/api" }),
    );
  });

  it("needs a desired count", () => {
    const output = fixture("describe-services.json");
    output.services = [output.services[0]];
    delete output.services[0].desiredCount;
    expect(readText(JSON.stringify(output)).issues[0]).toMatchObject({ code: "unknown-demand", severity: "error" });
    output.services[0].desiredCount = "6";
    expect(refusal(() => readText(JSON.stringify(output, null, 2))).message).toMatch(
      /^-:\d+: services\[0\]\.desiredCount: must be a whole number, not "6"/,
    );
  });
});

describe("a task definition alone", () => {
  it("is priced as one service of one task, named by its family", () => {
    const { services, assumptions, region } = described("api-42.json");
    expect(region).toBe("eu-west-1");
    expect(services).toMatchObject([
      {
        id: "default/api",
        demand: { kind: "count", tasks: 1 },
        placement: { kind: "unspecified" },
        tags: { team: "web" },
      },
    ]);
    expect(assumptions[0]).toMatchObject({ code: "task-definition-alone" });
    expect(assumptions[0]?.detail).toContain("api");
  });

  it("may be in the form that is registered, with units", () => {
    const definition = {
      family: "api",
      cpu: ".5 vCPU",
      memory: "1 GB",
      requiresCompatibilities: ["FARGATE"],
      containerDefinitions: [{ name: "api" }],
    };
    const { services, region } = readText(JSON.stringify(definition));
    expect(region).toBeUndefined();
    expect(services[0]?.task).toMatchObject({ cpu: 512, memory: 1024, networkMode: "awsvpc", architecture: "x86_64" });
  });

  it("counts once by family, the latest revision of it", () => {
    const newer = fixture("api-42.json");
    newer.taskDefinition.revision = 43;
    newer.taskDefinition.taskDefinitionArn = newer.taskDefinition.taskDefinitionArn.replace(":42", ":43");
    newer.taskDefinition.cpu = "2048";
    const { services } = readText(JSON.stringify([newer, fixture("api-42.json")]));
    expect(services.map(({ task, taskDefinition }) => [task?.cpu, taskDefinition])).toEqual([[2048, "api:43"]]);
  });

  it("is refused with the key that is wrong", () => {
    const definition = { family: "api", cpu: "1 core", containerDefinitions: [{ name: "a", memory: "x" }] };
    expect(refusal(() => readText(JSON.stringify(definition, null, 1))).message).toMatch(
      /-:3: cpu: must be CPU units.*"1 core"\n-:\d: containerDefinitions\[0\]\.memory: must be MiB/,
    );
  });
});

describe("a task definition that a workload file names", () => {
  const definition = { family: "api", cpu: "256", memory: "512", containerDefinitions: [{ name: "api" }] };
  const files = (reference: string, revision?: number) => ({
    "services/workload.yaml": oneService(`taskDefinition: ${reference}`, "desiredCount: 2"),
    "services/api.json": JSON.stringify({ ...definition, ...(revision === undefined ? {} : { revision }) }),
  });

  it.each(["./api.json", "api.json", "../services/api.json"])(
    "is found by path %s, relative to the file",
    (reference) => {
      const folder = folderOf(files(reference));
      const byFile = readInventory([join(folder, "services/workload.yaml")]);
      expect(byFile.services[0]?.task?.cpu).toBe(256);
      const byFolder = readInventory([folder]);
      expect(byFolder.services).toHaveLength(1);
      expect(byFolder.assumptions).toEqual([]);
    },
  );

  it.each(["api", "api:7", "arn:aws:ecs:eu-west-1:123456789012:task-definition/api:7"])(
    "is found as %s",
    (reference) => {
      const { services, issues, assumptions } = readInventory([folderOf(files(reference, 7))]);
      expect(services.map(({ task }) => task?.memory)).toEqual([512]);
      expect([issues, assumptions]).toEqual([[], []]);
    },
  );

  it("is taken for the revision named where it has none itself, and that is said", () => {
    const { services, assumptions } = readInventory([folderOf(files("api:7"))]);
    expect(services[0]?.task?.cpu).toBe(256);
    expect(assumptions.map(({ code }) => code)).toEqual(["task-definition-without-revision"]);
  });

  it("is missing where only another revision is given", () => {
    const { services, issues } = readInventory([folderOf(files("api:8", 7))]);
    expect(services.find(({ name }) => name === "api")?.task).toBeUndefined();
    expect(issues[0]).toMatchObject({ code: "missing-task-definition", severity: "error" });
    expect(issues[0]?.detail).toContain("only api:7");
  });

  it("is missing where its file is, which is an issue and no crash", () => {
    const { services, issues } = readInventory([folderOf({ "w.yaml": oneService("taskDefinition: ./no.json") })]);
    expect(services).toHaveLength(1);
    expect(issues.map(({ code }) => code)).toContain("missing-task-definition");
  });

  it("is refused where the file is something else", () => {
    const folder = folderOf({ "w.yaml": oneService("taskDefinition: ./x.json"), "x.json": '{"a":1}' });
    const error = refusal(() => readInventory([join(folder, "w.yaml")]));
    expect(error).toMatchObject({ code: "not-a-task-definition", source: "user" });
    expect(error.message).toMatch(/x\.json: is no ECS task definition \(named in .*w\.yaml:4\)/);
  });

  it("is refused where two inputs give it differently", () => {
    const other = { ...definition, cpu: "512" };
    const folder = folderOf({ ...files("api"), "a.json": JSON.stringify(other) });
    expect(refusal(() => readInventory([folder]))).toMatchObject({ code: "duplicate-task-definition" });
    const same = folderOf({ ...files("api"), "a.json": JSON.stringify(definition) });
    expect(readInventory([same]).services).toHaveLength(1);
  });
});
