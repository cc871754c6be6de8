import type { DiffReport } from "@ecs-cost/core";
import type { Verdicts } from "../findings/collect.ts";
import type { Policy, PolicyVerdict } from "../policy/judge-policy.ts";
import type { Findings } from "../render/document/finding.ts";
import type { NamedService } from "../select/absent.ts";
import type { PricedSides } from "./prices.ts";

/** What a policy says of a difference. */
export const policyVerdict = async (
  policy: Policy,
  report: DiffReport,
  services: readonly NamedService[],
): Promise<PolicyVerdict> => {
  const { judgePolicy } = await import("../policy/judge-policy.ts");
  const { diffRows } = await import("../policy/policy-rows.ts");
  return judgePolicy(policy, diffRows(report), services);
};

/** The services of all sides, also those that do not change. */
export const servicesOfSides = (sides: readonly PricedSides[]): readonly NamedService[] =>
  sides
    .flatMap(({ before, after }) => [before, after])
    .flatMap((side): readonly NamedService[] =>
      side.of === "inventory" ? side.inventory.services : side.report.services,
    );

/** What is wrong with a difference, for annotations and test results. */
export const findingsOf = async (
  report: DiffReport,
  verdicts: Verdicts,
  sides: readonly PricedSides[],
  inputs: readonly string[],
  strict: boolean,
): Promise<Findings> => {
  const { collectFindings } = await import("../findings/collect.ts");
  const { diffFindings } = await import("../findings/diff-findings.ts");
  const inventories = [...sides.map(({ after }) => after), ...sides.map(({ before }) => before)].flatMap((side) =>
    side.of === "inventory" ? [side.inventory] : [],
  );
  const places = (await import("../findings/places.ts")).placesOf(inventories, inputs);
  return collectFindings(report, diffFindings(report), verdicts, strict, places);
};
