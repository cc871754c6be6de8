import { cell, type Row } from "./facts.ts";

/**
 * Families that AWS lists as previous generation, beside everything that runs on Xen.
 * @see https://aws.amazon.com/ec2/previous-generation/ and the EC2 user guide, checked 2026-11-20
 */
const PREVIOUS_GENERATION = new Set([
  "a1",
  "c1",
  "c3",
  "c4",
  "g2",
  "g3",
  "g3s",
  "i2",
  "m1",
  "m2",
  "m3",
  "m4",
  "p2",
  "p3",
  "r3",
  "r4",
  "t1",
]);

/** Order of the columns of a packed specification. */
export const SPECIFICATION_COLUMNS = [
  "name",
  "family",
  "generation",
  "vcpu",
  "memoryMiB",
  "architecture",
  "gpuCount",
  "gpuName",
  "burstable",
  "flex",
  "bareMetal",
  "previousGeneration",
  "maxEnis",
  "trunking",
  "branchEnis",
] as const;

export type PackedSpecification = readonly (string | number | boolean)[];

/** Types whose network interface limits are known, by name; the names of the others in `withoutLimits`. */
export const specifications = (
  rows: readonly Row[],
): { readonly types: readonly PackedSpecification[]; readonly withoutLimits: readonly string[] } => {
  const sorted = [...rows].sort((a, b) => (cell(a, "instance_type") < cell(b, "instance_type") ? -1 : 1));
  const known = (row: Row): boolean => cell(row, "max_eni") !== "" && cell(row, "branch_eni") !== "";
  return {
    types: sorted.filter(known).map(pack),
    withoutLimits: sorted.filter((row) => !known(row)).map((row) => cell(row, "instance_type")),
  };
};

const pack = (row: Row): PackedSpecification => [
  cell(row, "instance_type"),
  cell(row, "family"),
  whole(row, "generation"),
  whole(row, "vcpu"),
  whole(row, "memory_mib"),
  cell(row, "arch"),
  whole(row, "gpu_count"),
  cell(row, "gpu_name"),
  /^t\d/.test(cell(row, "family")),
  cell(row, "flex") === "true",
  cell(row, "size").startsWith("metal"),
  cell(row, "hypervisor") === "xen" || PREVIOUS_GENERATION.has(cell(row, "family")),
  whole(row, "max_eni"),
  cell(row, "eni_trunking") === "true",
  whole(row, "branch_eni"),
];

const whole = (row: Row, name: string): number => {
  const text = cell(row, name);
  if (!/^\d+$/.test(text)) throw new Error(`${name} is no whole number: ${JSON.stringify(row)}`);
  return Number(text);
};
