import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Bill, type Charge, Decimal, type ReviewReport } from "@ecs-cost/core";
import { readInventory } from "@ecs-cost/core/file";
import { review } from "@ecs-cost/core/review";
import { describe, expect, it } from "vitest";
import { charge, readingOf } from "../../support/arbitrary-bill.ts";
import { pinnedCatalogue } from "../../support/prices/pinned.ts";
import { expectGolden, scenarioNames, workedByHand } from "../../support/scenario-folders.ts";

const ROOT = fileURLToPath(new URL(".", import.meta.url));

/** A line of a scenario's bill: a charge on each day from the first to before the second. */
interface DailyLine extends Partial<Charge> {
  readonly days: readonly [from: string, to: string];
  /** USD per unit as billed, and with commitments spread. */
  readonly rate?: string;
  readonly effectiveRate?: string;
}

interface Scenario {
  readonly month: string;
  readonly tagKeys: readonly string[];
  readonly bill: Partial<Bill>;
  readonly lines: readonly DailyLine[];
  readonly resources: Bill["resources"];
}

const DAY = 86_400_000;

const chargesOf = ({ days: [from, to], rate, effectiveRate, ...line }: DailyLine): readonly Charge[] => {
  const quantity = line.quantity ?? "0";
  const cost = line.cost ?? new Decimal(quantity).times(rate ?? 0).toFixed();
  const effectiveCost = effectiveRate === undefined ? cost : new Decimal(quantity).times(effectiveRate).toFixed();
  const count = (Date.parse(to) - Date.parse(from)) / DAY;
  return Array.from({ length: count }, (_, index) =>
    charge({
      region: "us-east-1",
      ...line,
      day: new Date(Date.parse(from) + index * DAY).toISOString().slice(0, 10),
      ...{ cost, effectiveCost, onDemandCost: cost },
    }),
  );
};

const reviewOf = (name: string): ReviewReport => {
  const scenario = JSON.parse(readFileSync(`${ROOT}${name}/bill.json`, "utf8")) as Scenario;
  const { month, tagKeys, bill, lines, resources } = scenario;
  const workload = `${ROOT}${name}/workload.yaml`;
  return review({
    reading: readingOf(lines.flatMap(chargesOf), { ...bill, resources }),
    month,
    tagKeys,
    catalogueOf: (region) => (region === "us-east-1" ? pinnedCatalogue(region) : undefined),
    ...(existsSync(workload) ? { inventory: readInventory([workload], {}) } : {}),
  });
};

const amount = (value: Decimal | null | undefined): string => value?.toFixed() ?? "unknown";

/** Figures of a report by the names that `by-hand.md` uses. */
const figuresOf = (report: ReviewReport): ReadonlyMap<string, string> =>
  new Map([
    ["total", amount(report.totalCost)],
    ["previous", amount(report.previousCost)],
    ["change", amount(report.change)],
    ["price", amount(report.changeCauses?.price)],
    ["quantity", amount(report.changeCauses?.quantity)],
    ["mix", amount(report.changeCauses?.mix)],
    ["unplaced", amount(report.unplaced.cost)],
    ["other", amount(report.other)],
    ["credits", amount(report.credits)],
    ["tax", amount(report.tax)],
    ["bill", amount(report.billTotal)],
    ["untagged", amount(report.untagged?.cost)],
    ["balance", amount(report.commitments.balance)],
    ["unused", amount(report.commitments.unused)],
    ["findings", String(report.findings.length)],
    ["saving", amount(report.findingsSaving)],
    ["utilization", amount(report.commitments.utilization)],
    ...report.services.map(({ key, cost }): [string, string] => [key, amount(cost)]),
    ...report.findings.map(({ code, subject, monthlySaving }): [string, string] => [
      `${code}:${subject.replaceAll(" ", "/")}`,
      amount(monthlySaving),
    ]),
    ...(report.reconciliation?.lines ?? []).map(({ usageType, verdict }): [string, string] => [usageType, verdict]),
  ]);

describe.each(scenarioNames(ROOT))("scenario %s", (name) => {
  const report = reviewOf(name);

  it("gives the figures that were worked out by hand", () => {
    const figures = figuresOf(report);
    const expected = workedByHand(ROOT, name);
    expect(expected.map(([subject]) => [subject, figures.get(subject)])).toEqual(expected);
  });

  it("is the golden report, to the byte", () => {
    expectGolden(ROOT, name, report);
  });
});
