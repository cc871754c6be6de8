import { diff, estimate } from "@ecs-cost/core";
import { readInventory } from "@ecs-cost/core/file";
import { describe, expect, it } from "vitest";
import { pinnedCatalogue } from "../../support/prices/pinned.ts";
import { folderOf, readText } from "./inventory-input.ts";

const catalogue = pinnedCatalogue("us-east-1");

const task =
  "Task: { Type: AWS::ECS::TaskDefinition, Properties: { Family: t, RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, Cpu: 1024, Memory: 2048, ContainerDefinitions: [{ Name: a, Image: x }] } }";

const template = (...resources: readonly string[]): string =>
  `Resources:\n${[task, ...resources].map((each) => `  ${each}\n`).join("")}`;

const service =
  "Service: { Type: AWS::ECS::Service, Properties: { ServiceName: api, Cluster: c, TaskDefinition: !Ref Task, DesiredCount: 4, LaunchType: FARGATE } }";

const target = (actions: string): string =>
  `Target: { Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: { ServiceNamespace: ecs, ScalableDimension: "ecs:service:DesiredCount", ResourceId: !Sub "service/c/\${Service.Name}", MinCapacity: 4, MaxCapacity: 4${actions} } }`;

const OFFICE = `, ScheduledActions: [
    { ScheduledActionName: up, Schedule: "cron(0 8 ? * MON-FRI *)", Timezone: Europe/Berlin, ScalableTargetAction: { MinCapacity: 4, MaxCapacity: 4 } },
    { ScheduledActionName: down, Schedule: "cron(0 18 ? * MON-FRI *)", Timezone: Europe/Berlin, ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 } }]`;

const read = (text: string) => readText(text, { region: "us-east-1" });

/** A task of 1 vCPU and 2 GB on Fargate, USD a month. */
const EACH = 730 * (0.04048 + 2 * 0.004445);

describe("scheduled actions of a service", () => {
  it("make the hours of the week at each count, and a difference tells what they save", () => {
    const [before, after] = [read(template(service, target(""))), read(template(service, target(OFFICE)))];
    expect(estimate(after, catalogue).totalMonthlyCost?.toNumber()).toBeCloseTo((50 / 168) * 4 * EACH, 8);
    const report = diff(
      { of: "inventory", inventory: before, catalogue },
      { of: "inventory", inventory: after, catalogue },
    );
    expect(report.monthlyChange?.toNumber()).toBeCloseTo(-101.2555, 3);
    expect(after.issues).toMatchObject([
      { severity: "info", detail: expect.stringContaining("4 tasks in 50 hours, 0 tasks in 118 hours of the week") },
    ]);
  });

  it("are told of where they are not understood", () => {
    const odd = OFFICE.replace("cron(0 8 ? * MON-FRI *)", "cron(every day)");
    expect(read(template(service, target(odd))).issues).toContainEqual(
      expect.objectContaining({ severity: "warning", detail: expect.stringContaining("cron(every day)") }),
    );
    const nowhere = OFFICE.replace("Europe/Berlin", "Mars/Olympus");
    expect(read(template(service, target(nowhere))).issues).toContainEqual(
      expect.objectContaining({ severity: "warning", detail: expect.stringContaining("time zone") }),
    );
  });
});

describe("schedules that start tasks", () => {
  const rule = (expression: string, more = "") =>
    `Rule: { Type: AWS::Events::Rule, Properties: { ScheduleExpression: "${expression}"${more}, Targets: [{ Id: t, Arn: a, EcsParameters: { TaskDefinitionArn: !Ref Task, TaskCount: 2, LaunchType: FARGATE } }] } }`;
  const schedule = `Schedule: { Type: AWS::Scheduler::Schedule, Properties: { ScheduleExpression: "rate(12 hours)", FlexibleTimeWindow: { Mode: "OFF" }, Target: { Arn: a, RoleArn: r, EcsParameters: { TaskDefinitionArn: !Ref Task } } } }`;

  it("make runs a month, of which only the duration is missing", () => {
    const { services, issues } = read(template(rule("rate(1 hour)")));
    expect(services).toMatchObject([
      { runsPerMonth: "1460", placement: { kind: "launch-type", launchType: "FARGATE" } },
    ]);
    expect(issues).toMatchObject([{ code: "unknown-demand", detail: expect.stringContaining("runs.seconds") }]);
  });

  it("add up, and leave out what is off", () => {
    expect(read(template(rule("rate(1 hour)"), schedule)).services).toMatchObject([{ runsPerMonth: "1520.833333" }]);
    expect(read(template(rule("rate(1 hour)", ", State: DISABLED"), schedule)).services).toMatchObject([
      { runsPerMonth: "60.833333" },
    ]);
  });

  it("are priced once a usage file gives the seconds", () => {
    const usage = "version: 1\nusage: { Task: { runs: { seconds: 60 } } }\n";
    const folder = folderOf({ "template.yaml": template(rule("rate(1 hour)")), "usage.yaml": usage });
    const inventory = readInventory([folder], { region: "us-east-1" });
    expect(estimate(inventory, catalogue).totalMonthlyCost?.toNumber()).toBeCloseTo((1460 / 60) * (EACH / 730), 8);
  });
});
