import type { Decimal, Reason, ServiceIdentity } from "@ecs-cost/core";
import { dollars } from "../render/document/figures.ts";
import type { Finding } from "../render/document/finding.ts";
import type { OwnFindings } from "./collect.ts";

/** A task size that utilization says is another. */
export const SIZE_RULE = { id: "task-size", description: "A task size that does not fit the utilization" };

const SAVING_RULE = { id: "monthly-saving", description: "A saving that is not taken" };

interface Advised extends ServiceIdentity {
  readonly monthlyCost?: Decimal | null;
  readonly monthlySaving?: Decimal | null;
  readonly advice?: string;
  readonly best?: string | null;
  readonly reasons?: readonly Reason[];
}

interface ServicesReport {
  readonly command: string;
  readonly services: readonly ServiceIdentity[];
}

const idOf = ({ cluster, name }: ServiceIdentity): string => `${cluster}/${name}`;

const adviceFinding = (service: Advised): readonly Finding[] => {
  const { advice, monthlySaving, reasons, best } = service;
  const subject = idOf(service);
  const [reason] = reasons ?? [];
  if (advice === "resize" && reason !== undefined) {
    const level = reason.code === "under-provisioned" ? "warning" : "note";
    return [
      { rule: SIZE_RULE.id, level, subject, message: `${subject}: ${reason.detail}${savingText(monthlySaving)}` },
    ];
  }
  if (advice !== undefined || monthlySaving == null || !monthlySaving.greaterThan(0)) return [];
  const how = best == null ? "" : ` on ${best}`;
  return [
    {
      ...{ rule: SAVING_RULE.id, level: "note", subject },
      message: `${subject} would cost ${dollars(monthlySaving)} a month less${how}.`,
    },
  ];
};

const savingText = (saving: Decimal | null | undefined): string => {
  if (saving == null || saving.isZero()) return "";
  return ` ${dollars(saving.abs())} a month ${saving.isNegative() ? "more" : "less"}.`;
};

/** What a report of services says: advice that is not followed, and each service as a test. */
export const serviceFindings = ({ command, services }: ServicesReport): OwnFindings => {
  const findings = services.flatMap(adviceFinding);
  const told = new Map(findings.map(({ subject, message }) => [subject, message]));
  return {
    rules: [SIZE_RULE, SAVING_RULE].filter(({ id }) => findings.some(({ rule }) => rule === id)),
    findings,
    cases: services.map((service) => {
      const name = idOf(service);
      return { suite: command, name, outcome: "passed", message: told.get(name) ?? "" };
    }),
  };
};
