import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { adviseCapacity } from "../../packages/core/src/domain/capacity/advise-capacity.ts";
import type { CapacityAdvice } from "../../packages/core/src/domain/capacity/capacity-advice.ts";
import type { CapacityOption } from "../../packages/core/src/domain/capacity/capacity-option.ts";
import { hourlyCounts } from "../../packages/core/src/domain/capacity/count-profile.ts";
import type { StrategyEvaluation } from "../../packages/core/src/domain/capacity/evaluate-strategy.ts";
import { downShare, FARGATE_SPOT_INTERRUPTION } from "../../packages/core/src/domain/capacity/interruption.ts";
import type { RequiredTasks } from "../../packages/core/src/domain/capacity/required-tasks.ts";
import { Decimal } from "../../packages/core/src/domain/units/decimal.ts";

const page = readFileSync(new URL("../../docs/capacity.md", import.meta.url), "utf8");

const OPTIONS: readonly CapacityOption[] = [
  {
    capacityProvider: "FARGATE",
    type: "fargate",
    price: new Decimal("0.04048").plus(new Decimal("0.004445").times(2)),
    savingsPlanPrice: new Decimal("0.039496"),
  },
  {
    capacityProvider: "FARGATE_SPOT",
    type: "fargate",
    price: new Decimal("0.01288561").plus(new Decimal("0.00141493").times(2)),
    interruption: FARGATE_SPOT_INTERRUPTION,
  },
];

const dayOf = (hour: number): number => (hour < 10 ? 4 : hour < 16 ? 8 : 12);
const profile = hourlyCounts(Array.from({ length: 744 }, (_, hour) => dayOf(hour % 24)));

const advise = (required: RequiredTasks): CapacityAdvice =>
  adviseCapacity({
    service: { id: "production/api", name: "api", cluster: "production" },
    goal: { profile, required, target: 0.999, hoursPerMonth: new Decimal(730) },
    options: OPTIONS,
    spotAllowed: true,
    today: [{ capacityProvider: "FARGATE", base: 0, weight: 1 }],
  });

const sides = (figures: Readonly<Record<string, unknown>>, text: (figure: unknown) => string): string =>
  ["FARGATE", "FARGATE_SPOT"].map((provider) => text(figures[provider] ?? 0)).join(" / ");

/** The row's cells after the strategy, as the page prints them. */
const cells = ({ tasks, averageTasks, monthlyCost, achieved }: StrategyEvaluation, places: number): string =>
  [
    sides(tasks, String),
    sides(averageTasks, (figure) => new Decimal(String(figure)).toFixed(2)),
    monthlyCost.toFixed(2),
    `${achieved.times(100).toDecimalPlaces(places).toFixed()} %`,
  ].join(" | ");

const named = ({ strategy }: Pick<StrategyEvaluation, "strategy">): string =>
  strategy
    .map(
      ({ capacityProvider, base, weight }) => `${capacityProvider}${base > 0 ? ` base ${base}` : ""} weight ${weight}`,
    )
    .join(", ");

describe("the worked example of docs/capacity.md", () => {
  it("has the figures that the code computes for four tasks", () => {
    const advice = advise({ kind: "tasks", tasks: 4 });
    expect(advice.frontier).toHaveLength(2);
    const names = advice.frontier.map((point, i) => (i === 1 ? `**${named(point)}**` : named(point)));
    advice.frontier.forEach((point, i) => {
      expect(page).toContain(`| ${names[i]} | ${cells(point, 4)} |`);
    });
    expect(advice.strategy).toEqual(advice.frontier[1]?.strategy);
    expect(page).toContain(`= ${advice.today?.monthlyCost.toFixed(2)} USD a month`);
    expect(page).toContain(`= ${advice.monthlyCost?.toFixed(2)}, ${advice.monthlySaving?.toFixed(2)} less than today`);
    expect(page).toContain(`says ${advice.uninterruptedMonthlyCost?.toFixed(2)}.`);
    expect(page).toContain(`save another ${advice.savingsPlan?.monthlySaving.toFixed(2)}.`);
    expect(page).toContain(`p = ${downShare(FARGATE_SPOT_INTERRUPTION.model).toFixed(6)} of the time`);
    expect(page).toContain(`(1 - p)^3 = ${advice.frontier[0]?.achieved.toFixed(6)}`);
  });

  it("has the figures that the code computes for half of the tasks", () => {
    const advice = advise({ kind: "share", share: 0.5 });
    expect(advice.frontier).toHaveLength(3);
    advice.frontier.forEach((point, i) => {
      const name = i === 2 ? `**${named(point)}**` : named(point);
      expect(page).toContain(`| ${name} | ${cells(point, 10)} |`);
    });
    expect(named(advice)).toBe("FARGATE weight 1, FARGATE_SPOT weight 1");
  });
});
