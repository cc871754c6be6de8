import { PbfWriter } from "pbf";
import { describe, expect, it } from "vitest";
import { demandOf } from "../../domain/demand/demand-window.ts";
import { meanOf, peakOf } from "../../domain/demand/quantile.ts";
import type { MetricOptions } from "./read-metrics.ts";
import { readMetrics } from "./read-metrics.ts";
import type { KnownService, MetricReading } from "./reading/metric-reading.ts";
import { readingAssumptions } from "./reading/reading-issues.ts";

/** 1 vCPU and 2 GB: 20 % of CPU are 204.8 units, 40 % of memory 819.2 MiB. */
const WEB: KnownService = { id: "prod/web", name: "web", family: "web-task", cpu: 1024, memory: 2048 };
const API: KnownService = { id: "prod/api", name: "api", family: "api-task", cpu: 512, memory: 1024 };

const read = (
  text: string | Uint8Array,
  options: MetricOptions & {
    readonly file?: string;
    readonly metric?: "cpu" | "memory";
    readonly service?: string;
  } = {},
): Promise<MetricReading> => {
  const { file = "m.csv", metric, service, ...rest } = options;
  const bytes = async function* () {
    yield typeof text === "string" ? Buffer.from(text) : text;
  };
  const stated = { ...(metric === undefined ? {} : { metric }), ...(service === undefined ? {} : { service }) };
  return readMetrics([{ file, bytes: bytes(), ...stated }], { services: [WEB, API], ...rest });
};

const peaks = (reading: MetricReading, service = "prod/web") => {
  const usage = reading.services.get(service);
  if (usage === undefined) return undefined;
  const demand = demandOf(usage);
  const round = (value: number | undefined) => (value === undefined ? undefined : Math.round(value * 1e6) / 1e6);
  return [round(peakOf(demand, "cpu")), round(peakOf(demand, "memory"))];
};

const ISO = "2026-11-10T00:00:00Z";
const SECONDS = 1_794_268_800;
const gmd = (results: readonly object[]): string =>
  JSON.stringify({
    MetricDataResults: results.map((result) => ({ Timestamps: [ISO], StatusCode: "Complete", ...result })),
  });
const prometheus = (...result: readonly (readonly [object, number | string])[]): string =>
  JSON.stringify({
    status: "success",
    data: {
      resultType: "matrix",
      result: result.map(([metric, value]) => ({ metric, values: [[SECONDS + 0.5, String(value)]] })),
    },
  });
const stream = (
  metric: string,
  value: object,
  dimensions: object = { ClusterName: "prod", ServiceName: "web" },
): string =>
  JSON.stringify({
    metric_stream_name: "s",
    account_id: "123456789012",
    region: "eu-west-1",
    namespace: /Utilized/.test(metric) ? "ECS/ContainerInsights" : "AWS/ECS",
    metric_name: metric,
    dimensions,
    timestamp: SECONDS * 1000,
    value,
    unit: "Percent",
  });

/** Layouts that say everything: all of them mean 20 % of CPU and 40 % of memory of prod/web. */
const COMPLETE: readonly (readonly [string, string])[] = [
  [
    "console, labels with the service",
    `Full label,"web CPUUtilization","web MemoryUtilization"\nStatistic,Average,Average\nLabel,"web CPUUtilization","web MemoryUtilization"\n2026/11/10 00:00:00,20,40\n`,
  ],
  [
    "console, dimensions in the full label",
    `Id,m1,m2\nStatusCode,Complete,Complete\nMessages,,\nFull label,eu-west-1:AWS/ECS ServiceName:web ClusterName:prod CPUUtilization Average 300,eu-west-1:AWS/ECS ServiceName:web ClusterName:prod MemoryUtilization Average 300\nLabel,CPUUtilization,MemoryUtilization\n2026/11/10 00:00:00,20,40\n`,
  ],
  [
    "Logs Insights as CSV",
    `@timestamp,ClusterName,ServiceName,CpuUtilized,CpuReserved,MemoryUtilized\n2026-11-10 00:00:00.000,prod,web,204.8,1024,819.2\n`,
  ],
  [
    "Logs Insights with statistics",
    `bin(5m),ServiceName,avg(CpuUtilized),avg(MemoryUtilized)\n2026-11-10 00:00:00.000,web,204.8,819.2\n`,
  ],
  [
    "Datadog, long",
    `metric,scope,timestamp,value\naws.ecs.service.cpuutilization,"servicename:web,clustername:prod",${SECONDS}000,20\naws.ecs.service.memory_utilization,"servicename:web,clustername:prod",${SECONDS}000,40\n`,
  ],
  [
    "Datadog, wide",
    `timestamp,avg:aws.ecs.service.cpuutilization{servicename:web},avg:aws.ecs.service.memory_utilization{servicename:web}\n${ISO},20,40\n`,
  ],
  [
    "Grafana, wide with units and its separator line",
    `sep=;\n"Time";"web CPUUtilization";"web MemoryUtilization"\n"2026-11-10 00:00:00";"20%";"40%"\n`,
  ],
  [
    "Grafana, long",
    `"Series","Time","Value"\n"CPUUtilization {ServiceName=""web""}","2026-11-10T00:00:00+00:00",20\n"MemoryUtilization {ServiceName=""web""}","2026-11-10T00:00:00+00:00",40\n`,
  ],
  [
    "long, by name and statistic",
    `time,service,metric,statistic,value\n${SECONDS},web,CPUUtilization,Average,20\n${SECONDS},web,MemoryUtilization,Average,40\n`,
  ],
  [
    "an ARN",
    `time,service_arn,CPUUtilization,MemoryUtilization\n${ISO},arn:aws:ecs:eu-west-1:123456789012:service/prod/web,20,40\n`,
  ],
  [
    "the family of a task definition",
    `time,TaskDefinitionFamily,CpuUtilized,MemoryUtilized\n${ISO},web-task,204.8,819.2\n`,
  ],
  [
    "containers of two tasks",
    `time,ServiceName,TaskId,ContainerName,CpuUtilized,MemoryUtilized\n${ISO},web,a,app,100,500\n${ISO},web,a,proxy,50,100\n${ISO},web,b,app,200,900\n${ISO},web,b,proxy,59.6,138.4\n`,
  ],
  [
    "get-metric-data, ids and queries in one",
    JSON.stringify([
      {
        MetricDataQueries: ["CPUUtilization", "MemoryUtilization"].map((MetricName, at) => ({
          Id: `m${at}`,
          MetricStat: {
            Metric: { Namespace: "AWS/ECS", MetricName, Dimensions: [{ Name: "ServiceName", Value: "web" }] },
            Stat: "Average",
            Period: 300,
          },
        })),
      },
      JSON.parse(
        gmd([
          { Id: "m0", Label: "m0", Values: [20] },
          { Id: "m1", Label: "m1", Values: [40] },
        ]),
      ),
    ]),
  ],
  [
    "get-metric-data, sums beside what is reserved",
    gmd([
      { Id: "a", Label: "web CpuUtilized Sum", Values: [409.6] },
      { Id: "b", Label: "web CpuReserved Sum", Values: [2048] },
      { Id: "c", Label: "web MemoryUtilized", Values: [819.2] },
    ]),
  ],
  [
    "YACE",
    prometheus(
      [{ __name__: "aws_ecs_cpuutilization_average", dimension_ClusterName: "prod", dimension_ServiceName: "web" }, 20],
      [
        { __name__: "aws_ecs_memoryutilization_average", dimension_ClusterName: "prod", dimension_ServiceName: "web" },
        40,
      ],
    ),
  ],
  [
    "a metric stream",
    [
      stream("CPUUtilization", { count: 3, sum: 60, max: 20, min: 20 }),
      stream("CPUUtilization", { count: 3, sum: 90, max: 30, min: 20 }, { ClusterName: "prod" }),
      stream("MemoryUtilized", { count: 2, sum: 1638.4, max: 819.2, min: 819.2 }),
      stream(
        "MemoryUtilized",
        { count: 2, sum: 1638.4, max: 819.2, min: 819.2 },
        { ClusterName: "prod", TaskDefinitionFamily: "web-task" },
      ),
    ].join("\n"),
  ],
  [
    "Datadog's query",
    JSON.stringify({
      series: [
        { metric: "aws.ecs.service.cpuutilization", scope: "servicename:web", pointlist: [[SECONDS * 1000, 20]] },
        {
          metric: "ecs.fargate.mem.usage",
          scope: "ecs_service:web,task_arn:a,container_name:app",
          pointlist: [[SECONDS * 1000, 819.2 * 2 ** 20]],
        },
      ],
    }),
  ],
];

describe("metrics as people have them", () => {
  it.each(COMPLETE)("%s", async (_, text) => {
    const reading = await read(text);
    expect(reading.problems).toEqual([]);
    expect(peaks(reading)).toEqual([20, 40]);
  });

  it("gives the same cut into any chunks", async () => {
    for (const [, text] of COMPLETE) {
      const whole = await read(text);
      const bytes = async function* () {
        for (const byte of Buffer.from(text)) yield Uint8Array.of(byte);
      };
      if (text.startsWith("{") && text.includes("metric_stream_name")) continue;
      const cut = await readMetrics([{ file: "m.csv", bytes: bytes() }], { services: [WEB, API] });
      expect(cut.services).toEqual(whole.services);
    }
  });

  it("takes rows by ARN and by family, and none of another region", async () => {
    const header = "service,timestamp,cpu_utilization_pct,memory_utilization_pct";
    const arn = (region: string) => `arn:aws:ecs:${region}:123456789012:service/prod/web`;
    const services = [{ ...WEB, region: "eu-west-1" }];
    for (const name of [arn("eu-west-1"), "web-task", "prod/web-task"]) {
      expect(peaks(await read(`${header}\n${name},${ISO},20,40\n`, { services }))).toEqual([20, 40]);
    }
    const other = await read(`${header}\n${arn("us-east-1")},${ISO},20,40\n`, { services });
    expect([...other.services.keys()]).toEqual([arn("us-east-1")]);
  });

  it("reads OpenTelemetry records of both formats", async () => {
    const point = (metric: string, sum: number, dimensions: Readonly<Record<string, string>>, older: boolean) => {
      const pbf = new PbfWriter();
      const text = (tag: number, key: string, value: string) =>
        pbf.writeMessage(
          tag,
          (_, entry) => {
            entry.writeStringField(1, key);
            if (older) entry.writeStringField(2, value);
            else entry.writeMessage(2, (_unused, any) => any.writeStringField(1, value), null);
          },
          null,
        );
      const labels = Object.entries(dimensions);
      const tag = older ? 1 : 7;
      text(tag, "Namespace", /Utilized/.test(metric) ? "ECS/ContainerInsights" : "AWS/ECS");
      text(tag, "MetricName", metric);
      if (older) for (const [key, value] of labels) text(1, key, value);
      else
        pbf.writeMessage(
          7,
          (_, entry) => {
            entry.writeStringField(1, "Dimensions");
            entry.writeMessage(
              2,
              (_a, any) => {
                any.writeMessage(
                  6,
                  (_b, list) => {
                    for (const [key, value] of labels)
                      list.writeMessage(
                        1,
                        (_c, pair) => {
                          pair.writeStringField(1, key);
                          pair.writeMessage(2, (_d, held) => held.writeStringField(1, value), null);
                        },
                        null,
                      );
                  },
                  null,
                );
              },
              null,
            );
          },
          null,
        );
      pbf.writeFixed64Field(2, SECONDS * 1e9);
      pbf.writeFixed64Field(3, (SECONDS + 60) * 1e9);
      pbf.writeFixed64Field(4, 3);
      pbf.writeDoubleField(5, sum);
      for (const [quantile, value] of [
        [0, 1],
        [1, 55],
      ] as const)
        pbf.writeMessage(
          6,
          (_, each) => {
            each.writeDoubleField(1, quantile);
            each.writeDoubleField(2, value);
          },
          null,
        );
      return pbf.finish();
    };
    const record = (points: readonly Uint8Array[]): Uint8Array => {
      const request = new PbfWriter();
      request.writeMessage(
        1,
        (_, resource) => {
          resource.writeMessage(
            2,
            (_a, scope) => {
              for (const bytes of points)
                scope.writeMessage(
                  2,
                  (_b, metric) => {
                    metric.writeStringField(1, "amazonaws.com/AWS/ECS");
                    metric.writeMessage(11, (_c, summary) => summary.writeBytesField(1, bytes), null);
                  },
                  null,
                );
            },
            null,
          );
        },
        null,
      );
      const body = request.finish();
      const whole = new PbfWriter();
      whole.writeVarint(body.length);
      return Buffer.concat([whole.finish(), body]);
    };
    const web = { ClusterName: "prod", ServiceName: "web" };
    for (const older of [false, true]) {
      const cpu = record([
        point("CPUUtilization", 60, web, older),
        point("CPUUtilization", 99, { ClusterName: "prod" }, older),
      ]);
      const memory = record([point("MemoryUtilization", 120, web, older)]);
      const reading = await read(Buffer.concat([cpu, memory]));
      const demand = demandOf(reading.services.get("prod/web") ?? expect.fail());
      expect([meanOf(demand, "cpu"), meanOf(demand, "memory"), peakOf(demand, "cpuMaximum")]).toEqual([20, 40, 55]);
      await expect(read(Buffer.concat([cpu, memory.subarray(0, 40)]))).rejects.toThrow(/cut off/);
    }
  });

  it("tells averages of tasks from the highest", async () => {
    const text = `time,ServiceName,TaskId,CpuUtilized\n${ISO},web,a,102.4\n${ISO},web,b,307.2\n`;
    const demand = demandOf((await read(text)).services.get("prod/web") ?? expect.fail());
    expect([peakOf(demand, "cpu"), peakOf(demand, "cpuMaximum")]).toEqual([20, 30]);
  });

  it("takes the growth of counters, and none where a container began anew", async () => {
    const labels = {
      container_label_com_amazonaws_ecs_task_definition_family: "web-task",
      container_label_com_amazonaws_ecs_container_name: "app",
    };
    const counted = (values: readonly (readonly [number, string])[]) =>
      JSON.stringify({
        status: "success",
        data: {
          resultType: "matrix",
          result: [{ metric: { __name__: "container_cpu_usage_seconds_total", ...labels }, values }],
        },
      });
    const reading = await read(
      counted([
        [SECONDS, "100"],
        [SECONDS + 60, "112"],
        [SECONDS + 120, "3"],
        [SECONDS + 180, "15"],
      ]),
    );
    expect(peaks(reading)).toEqual([20, undefined]);
    expect(reading.points).toBe(2);
  });

  it("takes services as columns where the metric is told", async () => {
    const text = `Time,web,api\n${ISO},20,30\n`;
    const reading = await read(text, { metric: "cpu" });
    expect([peaks(reading), peaks(reading, "prod/api")]).toEqual([
      [20, undefined],
      [30, undefined],
    ]);
    await expect(read(text)).rejects.toThrow(/no column of CPU or memory among Time, web, api/);
  });

  it("takes columns and units as they are told", async () => {
    const text = `when,who,c,m\n${ISO},web,0.2,819.2\n`;
    const columns = { time: "when", service: "who", cpu: "c", memory: "m" };
    expect(peaks(await read(text, { columns, units: { cpu: "vcpu", memory: "MiB" } }))).toEqual([19.53125 * 1.024, 40]);
    await expect(read(text, { columns: { ...columns, cpu: "cpu" } })).rejects.toThrow(/has no column cpu/);
  });

  const series = (values: readonly number[]): string =>
    `timestamp,value\n${values.map((value, at) => `${SECONDS + at * 300},${value}`).join("\n")}\n`;
  const twenty = Array.from({ length: 20 }, (_, at) => at / 20);

  it("finds fractions by memory and says so, and asks where only CPU is known", async () => {
    const both = await readMetrics(
      (["cpu", "memory"] as const).map((metric) => ({
        file: `${metric}.csv`,
        service: "web",
        metric,
        bytes: (async function* () {
          yield Buffer.from(series(twenty));
        })(),
      })),
      { services: [WEB] },
    );
    expect(peaks(both)).toEqual([95, 95]);
    expect(readingAssumptions(both)).toMatchObject([
      { code: "units-found", detail: expect.stringMatching(/fraction/) },
    ]);
    const alone = await read(series(twenty), { service: "web", metric: "cpu" });
    expect(peaks(alone)).toEqual([undefined, undefined]);
    expect(alone.problems).toMatchObject([
      { detail: expect.stringMatching(/fractions or percent\? Say --units cpu=UNIT/) },
    ]);
    expect(peaks(await read(series(twenty), { service: "web", metric: "cpu", units: { cpu: "percent" } }))).toEqual([
      0.95,
      undefined,
    ]);
  });

  it("is of the only service where a source names none, and says so", async () => {
    const text = `Label,CPUUtilization\n2026/11/10 00:00:00,20\n`;
    const reading = await read(text, { services: [WEB], file: "export.csv" });
    expect(peaks(reading)).toEqual([20, undefined]);
    expect(readingAssumptions(reading).map(({ code }) => code)).toEqual([
      "series-of-the-only-service",
      "times-are-utc",
    ]);
  });

  it.each([
    [
      "container percentages",
      `time,ServiceName,ContainerName,ContainerCpuUtilization\n${ISO},web,app,20\n`,
      /do not add up/,
    ],
    [
      "a sum alone",
      gmd([{ Id: "a", Label: "web CpuUtilized Sum", Values: [409.6] }]),
      /give the average, or the sum of CpuReserved/,
    ],
    [
      "units without a size",
      `time,ServiceName,CpuUtilized\n${ISO},other,20\n`,
      /add it to the inputs, or give CpuReserved/,
    ],
    ["an unnamed rate", prometheus([{ ServiceName: "web" }, 0.2]), /give it as :cpu=FILE/],
    ["other statistics", `time,ServiceName,metric,value\n${ISO},web,p99:cpu_utilization,20\n`, /no average or maximum/],
    ["a date that nobody can read", `Time,web CPUUtilization\n10/11/2026 00:00,20\n`, /is not a time/],
  ])("says what is missing: %s", async (_, text, detail) => {
    const { problems } = await read(text);
    expect(problems.map((problem) => problem.detail).join()).toMatch(detail);
  });

  it.each([
    ["recommendations", `{"ecsServiceRecommendations":[]}`, /Compute Optimizer/],
    ["an instant", `{"status":"success","data":{"resultType":"vector","result":[]}}`, /no range of Prometheus/],
    ["no metric", "a,b\n1,2\n", /CPU or memory/],
    [
      "a long line",
      `service,timestamp,cpu_utilization_pct,memory_utilization_pct\n${"0".repeat(3 << 20)}`,
      /a line of more than 1 MiB/,
    ],
  ])("refuses %s", async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it("stops at the limit of a source while reading", async () => {
    let given = 0;
    const endless = async function* () {
      yield Buffer.from("service,timestamp,cpu_utilization_pct,memory_utilization_pct\n");
      for (; ; given += 1) yield Buffer.from(`api,${ISO},1,2\n`.repeat(10_000));
    };
    const source = { file: "-", bytes: endless() };
    await expect(readMetrics([source], { maxSourceMib: 1 })).rejects.toMatchObject({ code: "file-too-large" });
    expect(given).toBeLessThan(10);
  });
});
