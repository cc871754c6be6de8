/** Written by `pnpm measure-derived` from the shipped price book; a test holds it to that. */

/** The factors of a rule and how far it was off, in percent, where prices that are known were held out. */
export interface MeasuredRule {
  readonly factors: Readonly<Record<string, string>>;
  readonly cells: number;
  readonly mean: string;
  readonly percent95: string;
  readonly worst: string;
}

export type DerivedRule =
  | "ri-upfront-from-no-upfront"
  | "on-demand-over-sizes"
  | "ri-discount-over-regions"
  | "ri-discount-over-uneven-regions"
  | "fargate-ephemeral-from-gp3"
  | "fargate-gb-from-vcpu"
  | "fargate-arm-from-ec2-ratio"
  | "fargate-from-ec2-index"
  | "fargate-sp-from-us-east-1";

export const MEASURED: Readonly<Record<DerivedRule, MeasuredRule>> = {
  "ri-upfront-from-no-upfront": {
    factors: {
      "standard-ri-1y-partial-upfront": "0.9524",
      "standard-ri-1y-all-upfront": "0.9333",
      "standard-ri-3y-partial-upfront": "0.9259",
      "standard-ri-3y-all-upfront": "0.8704",
      "convertible-ri-1y-partial-upfront": "0.9524",
      "convertible-ri-1y-all-upfront": "0.9333",
      "convertible-ri-3y-partial-upfront": "0.9259",
      "convertible-ri-3y-all-upfront": "0.9074",
    },
    cells: 263,
    mean: "0.30",
    percent95: "0.64",
    worst: "1.22",
  },
  "on-demand-over-sizes": {
    factors: {},
    cells: 15689,
    mean: "0.01",
    percent95: "0.01",
    worst: "13.80",
  },
  "ri-discount-over-regions": {
    factors: {},
    cells: 1776,
    mean: "0.14",
    percent95: "0.49",
    worst: "18.62",
  },
  "ri-discount-over-uneven-regions": {
    factors: {},
    cells: 5510,
    mean: "2.44",
    percent95: "11.09",
    worst: "20.93",
  },
  "fargate-ephemeral-from-gp3": {
    factors: {
      gp3: "0.001388",
    },
    cells: 9,
    mean: "0.12",
    percent95: "0.40",
    worst: "0.40",
  },
  "fargate-gb-from-vcpu": {
    factors: {
      gb: "0.1098",
    },
    cells: 41,
    mean: "0.26",
    percent95: "0.64",
    worst: "0.64",
  },
  "fargate-arm-from-ec2-ratio": {
    factors: {
      "m7g.large m6i.large": "0.9412",
      "c7g.large c6i.large": "0.9411",
      "r7g.large r6i.large": "0.9414",
      "m7g.large m5.large": "0.9412",
    },
    cells: 128,
    mean: "0.47",
    percent95: "3.02",
    worst: "3.11",
  },
  "fargate-from-ec2-index": {
    factors: {
      "t3.medium": "0.9731",
      "t3.medium r5.large": "0.5591",
    },
    cells: 49,
    mean: "3.24",
    percent95: "9.62",
    worst: "10.75",
  },
  "fargate-sp-from-us-east-1": {
    factors: {
      "x86_64 1y-no-upfront": "0.8",
      "x86_64 1y-all-upfront": "0.73",
      "x86_64 3y-no-upfront": "0.55",
      "x86_64 3y-all-upfront": "0.48",
      "arm64 1y-no-upfront": "0.787",
      "arm64 1y-all-upfront": "0.7341",
      "arm64 3y-no-upfront": "0.5397",
      "arm64 3y-all-upfront": "0.4901",
    },
    cells: 21,
    mean: "0.06",
    percent95: "0.28",
    worst: "0.34",
  },
};
