import type { RightsizeReport, ServiceRightsizing } from "@ecs-cost/core";
import type { Sheet } from "../../document/sheet.ts";

const HEADER = [
  "service",
  "cluster",
  "advice",
  "cpu",
  "memory",
  "recommendedCpu",
  "recommendedMemory",
  "monthlyCost",
  "recommendedMonthlyCost",
  "monthlySaving",
  "combinedAdvice",
  "combinedMonthlySaving",
  "confidence",
  "idle",
  "bindingDimension",
  "points",
  "reasons",
  "otherAdvice",
] as const;

/** One row for each service, in the order of the report. */
export const rightsizeSheet = ({ services }: RightsizeReport): Sheet => ({ header: HEADER, rows: services.map(rowOf) });

const rowOf = (service: ServiceRightsizing): readonly string[] => [
  service.name,
  service.cluster,
  service.advice,
  textOf(service.current?.cpu),
  textOf(service.current?.memory),
  textOf(service.recommended?.cpu),
  textOf(service.recommended?.memory),
  service.monthlyCost?.toFixed() ?? "",
  service.recommendedMonthlyCost?.toFixed() ?? "",
  service.monthlySaving?.toFixed() ?? "",
  service.combined.advice.join(" "),
  service.combined.monthlySaving?.toFixed() ?? "",
  service.confidence ?? "",
  String(service.idle),
  service.bindingDimension ?? "",
  textOf(service.evidence?.points),
  service.reasons.map(({ code, detail }) => `${code}: ${detail}`).join(" "),
  service.otherAdvice.map(({ code, monthlySaving }) => `${code} ${monthlySaving?.toFixed() ?? "unknown"}`).join("; "),
];

const textOf = (value: number | undefined): string => (value === undefined ? "" : String(value));
