import { describeSize, type OperatingSystem, type SizeFit, type TaskSize } from "@ecs-cost/core";
import type { TableBlock } from "../../document/document.ts";
import type { Result } from "../../document/result.ts";

const COLUMNS = [
  { header: "vCPU", align: "right" },
  { header: "Memory GB", align: "right" },
  { header: "CPU units", align: "right" },
  { header: "Memory MiB", align: "right" },
] as const;

const HEADER = ["cpu", "memory", "vcpu", "memory_gb"];

const vcpu = (size: TaskSize): string => String(size.cpu / 1024);
const gb = (size: TaskSize): string => String(size.memory / 1024);

const table = (heading: string, sizes: readonly TaskSize[]): TableBlock => ({
  kind: "table",
  heading,
  columns: COLUMNS,
  rows: sizes.map((size) => [vcpu(size), gb(size), String(size.cpu), String(size.memory)]),
});

const envelope = (os: OperatingSystem) => ({ schemaVersion: 1, command: "sizes", os }) as const;

const sheet = (sizes: readonly TaskSize[]) => ({
  header: HEADER,
  rows: sizes.map((size) => [String(size.cpu), String(size.memory), vcpu(size), gb(size)]),
});

/** Every size that Fargate accepts. */
export const sizesResult = (sizes: readonly TaskSize[], os: OperatingSystem): Result => ({
  json: () => ({ ...envelope(os), sizes }),
  document: () => ({
    title: `${sizes.length} Fargate task sizes for ${os === "linux" ? "Linux" : "Windows"}`,
    blocks: [byCpu(sizes)],
  }),
  sheet: () => sheet(sizes),
});

/** One row for each CPU size: its memories as a range with its step, or one by one where there is none. */
const byCpu = (sizes: readonly TaskSize[]): TableBlock => ({
  kind: "table",
  columns: [
    { header: "vCPU", align: "right" },
    { header: "CPU units", align: "right" },
    { header: "Memory GB" },
    { header: "Sizes", align: "right" },
  ],
  rows: [...Map.groupBy(sizes, ({ cpu }) => cpu)].map(([cpu, row]) => [
    String(cpu / 1024),
    String(cpu),
    range(row.map(({ memory }) => memory / 1024)),
    String(row.length),
  ]),
});

const range = (memories: readonly number[]): string => {
  const [first = 0, second = 0] = memories;
  const step = second - first;
  const even = memories.every((memory, index) => memory === first + index * step);
  return even && memories.length > 3 ? `${first} to ${memories.at(-1)}, every ${step}` : memories.join(", ");
};

/** The nearest size that holds a demand. */
export const fitResult = (fit: Extract<SizeFit, { found: true }>, demand: TaskSize, os: OperatingSystem): Result => {
  const { size, alternatives, reason } = fit;
  return {
    json: () => ({ ...envelope(os), demand, size, sizes: [size, ...alternatives], reasons: [reason] }),
    document: () => ({
      title: `${describeSize(size)} is the nearest size`,
      blocks: [
        { kind: "lines", lines: [reason.detail] },
        table("Sizes that fit, cheapest first", [size, ...alternatives]),
      ],
    }),
    sheet: () => sheet([size, ...alternatives]),
  };
};
