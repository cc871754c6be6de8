import {
  type CostChange,
  Decimal,
  type DiffReport,
  type DiffSide,
  diff,
  estimate,
  type Inventory,
  type LineItem,
  type Service,
} from "@ecs-cost/core";
import { parseEstimateReport } from "@ecs-cost/core/schema";
import { Decimal as Base } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryInventory } from "../support/arbitrary-inventory.ts";
import { plainInventory, plainService, plainTask } from "../support/plain-inventory.ts";
import { pinnedCatalogue } from "../support/prices/pinned.ts";

/** Wide enough that no sum of a report is rounded. */
const Wide = Base.clone({ precision: 200 });
const ON_EC2 = { placement: { kind: "launch-type", launchType: "EC2" } } as const;
const RUNS = { numRuns: 25 };
const catalogue = pinnedCatalogue("us-east-1");
const dearer = pinnedCatalogue("us-east-1", { "fargate/linux/x86_64/vcpu-hour": "0.07", "nat.gb": "0.1" });

const inventorySide = (inventory: Inventory, prices = catalogue): DiffSide => ({
  of: "inventory",
  inventory,
  catalogue: prices,
});

const savedSide = (inventory: Inventory, prices = catalogue): DiffSide => {
  const parsed = parseEstimateReport(JSON.parse(JSON.stringify(estimate(inventory, prices))));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return { of: "report", report: parsed.report };
};

/** Some services of which it is not known how many tasks run, or what a task is. */
const withGaps = fc.tuple(arbitraryInventory, fc.nat(63)).map(([inventory, mask]): Inventory => {
  const gap = (service: Service, index: number): Service => {
    const { demand: _, ...withoutDemand } = service;
    const { task: __, ...withoutTask } = service;
    if (((mask >> index) & 1) === 1) return index % 2 === 0 ? withoutDemand : withoutTask;
    return service;
  };
  return { ...inventory, services: inventory.services.map(gap) };
});

/** An inventory and the same with some of its services and what is shared taken from another. */
const edited = fc
  .tuple(arbitraryInventory, arbitraryInventory, fc.nat(63))
  .map(([before, other, mask]): readonly [Inventory, Inventory] => {
    const pick = (service: Service, index: number): Service =>
      ((mask >> index) & 1) === 1 ? (other.services[index] ?? service) : service;
    return [before, { ...other, services: before.services.map(pick) }];
  });

/** The same services under other names, in other clusters and at other addresses, as a mask says. */
const renamed = fc
  .tuple(arbitraryInventory, arbitraryInventory, fc.nat(63), fc.nat(63), fc.boolean())
  .map(([before, other, names, moves, turned]): readonly [Inventory, Inventory] => {
    const at = (service: Service, index: number): Service => ({ ...service, address: `aws_ecs_service.a${index}` });

    const change = (service: Service, index: number): Service => {
      const { address: _, ...taken } = other.services[index] ?? service;
      const isRenamed = ((names >> index) & 1) === 1;
      const name = isRenamed ? `s${(index + 1) % 6}-new` : service.name;
      const cluster = isRenamed ? taken.cluster : service.cluster;
      const isMoved = ((moves >> index) & 1) === 1;
      const address = isMoved ? `module.new.aws_ecs_service.a${index}` : `aws_ecs_service.a${index}`;
      const previous = isMoved ? { previousAddress: `aws_ecs_service.a${index}` } : {};
      return { ...taken, name, cluster, id: `${cluster}/${name}`, address, ...previous };
    };
    const base = { ...before, services: before.services.map(at) };
    const head = { ...other, services: base.services.map(change) };
    return turned ? [head, base] : [base, head];
  });

const known = (values: readonly (Decimal | null)[]): string =>
  values.reduce<Base>((sum, value) => sum.plus(value?.toFixed() ?? "0"), new Wide(0)).toFixed();

const negated = (value: Decimal | null): string | null => value?.negated().plus(0).toFixed() ?? null;
const text = (value: Decimal | null): string | null => value?.plus(0).toFixed() ?? null;

const mirrored: Readonly<Record<CostChange["kind"], string>> = {
  added: "removed",
  removed: "added",
  changed: "changed",
};

const linesText = (lines: CostChange["lineItems"], cost: (value: Decimal) => string | null): readonly string[] =>
  lines.map((line) => JSON.stringify([line.dimension, line.label, cost(line.cost), cost(line.quantity)])).sort();

const expectAddsUp = (report: DiffReport): void => {
  const { changes, beforeMonthlyCost, afterMonthlyCost, monthlyChange, knownMonthlyChange } = report;
  for (const change of changes) {
    if (change.monthlyChange === null) {
      expect(change.causes.length === 0 || change.causes.some((cause) => cause.monthlyChange === null)).toBe(true);
      continue;
    }
    expect(known(change.causes.map((cause) => cause.monthlyChange))).toBe(text(change.monthlyChange));
    expect(known(change.lineItems.map(({ cost }) => cost))).toBe(text(change.monthlyChange));
  }
  const open = changes.some((change) => change.monthlyChange === null);
  expect(text(monthlyChange)).toBe(open ? null : afterMonthlyCost.minus(beforeMonthlyCost).toFixed());
  expect(text(knownMonthlyChange)).toBe(known(changes.map((change) => change.monthlyChange)));
  if (!open) expect(text(knownMonthlyChange)).toBe(text(monthlyChange));
};

const sides = [
  ["two inventories", inventorySide, inventorySide],
  ["two reports", savedSide, savedSide],
  ["a report and an inventory", savedSide, inventorySide],
] as const;

describe.each(sides)("a difference of %s", (_, first, second) => {
  it("of a side to itself is empty", () => {
    fc.assert(
      fc.property(withGaps, (inventory) => {
        const report = diff(first(inventory), second(inventory));
        expect(report.changes).toEqual([]);
        expect([report.monthlyChange?.toFixed(), report.unchangedServices]).toEqual(["0", inventory.services.length]);
      }),
      RUNS,
    );
  });

  it("is the difference of the two estimates to the last digit, and so are its causes and lines", () => {
    fc.assert(
      fc.property(withGaps, arbitraryInventory, (before, after) => {
        const report = diff(first(before), second(after, dearer));
        expect(report.beforeMonthlyCost.toFixed()).toBe(estimate(before, catalogue).totalMonthlyCost?.toFixed());
        expect(report.afterMonthlyCost.toFixed()).toBe(estimate(after, dearer).totalMonthlyCost?.toFixed());
        expectAddsUp(report);
      }),
      RUNS,
    );
  });

  it("is the other way round with the opposite sign", () => {
    fc.assert(
      fc.property(withGaps, arbitraryInventory, (before, after) => {
        const there = diff(first(before), second(after, dearer));
        const back = diff(second(after, dearer), first(before));
        expect(text(back.monthlyChange)).toBe(negated(there.monthlyChange));
        const bySide = new Map(back.changes.map((change) => [`${change.of} ${change.name} ${change.kind}`, change]));
        expect(bySide.size).toBe(there.changes.length);
        for (const change of there.changes) {
          const other = bySide.get(`${change.of} ${change.name} ${mirrored[change.kind]}`);
          expect(text(other?.monthlyChange ?? null)).toBe(negated(change.monthlyChange));
          expect(linesText(other?.lineItems ?? [], text)).toEqual(linesText(change.lineItems, negated));
        }
      }),
      RUNS,
    );
  });
});

describe.each(sides)("addresses of %s", (_, first, second) => {
  it("keep a service the same, whatever it is called and wherever it was moved", () => {
    fc.assert(
      fc.property(renamed, ([before, after]) => {
        const { changes } = diff(first(before), second(after));
        expect(changes.filter(({ kind, of }) => of === "service" && kind !== "changed")).toEqual([]);
        for (const { subject, name, causes } of changes.filter(({ of }) => of === "service")) {
          const index = after.services.findIndex(({ id }) => id === subject);
          const was = before.services[index];
          const isNamed = causes.some(({ attribute }) => /(?:^| )name$/.test(attribute));
          expect([name, isNamed]).toEqual([after.services[index]?.name, was?.name !== name]);
        }
      }),
      RUNS,
    );
  });

  it("do not keep a difference from adding up and from turning round", () => {
    fc.assert(
      fc.property(renamed, ([before, after]) => {
        const there = diff(first(before), second(after, dearer));
        const back = diff(second(after, dearer), first(before));
        expectAddsUp(there);
        expectAddsUp(back);
        expect(text(back.monthlyChange)).toBe(negated(there.monthlyChange));
        const sorted = (report: DiffReport, cost: (value: Decimal | null) => string | null) =>
          report.changes.map(({ of, monthlyChange }) => `${of} ${cost(monthlyChange)}`).sort();
        expect(sorted(back, text)).toEqual(sorted(there, negated));
      }),
      RUNS,
    );
  });

  it("of a side to itself change nothing", () => {
    fc.assert(
      fc.property(renamed, ([before, after]) => {
        for (const side of [before, after]) expect(diff(first(side), second(side)).changes).toEqual([]);
      }),
      RUNS,
    );
  });
});

describe("a difference", () => {
  it("adds up where a part of a fleet changes", () => {
    fc.assert(
      fc.property(edited, ([before, after]) => {
        expectAddsUp(diff(inventorySide(before), inventorySide(after, dearer)));
        expectAddsUp(diff(savedSide(before), savedSide(after, dearer)));
      }),
      { numRuns: 60 },
    );
  });

  it("adds up where a share of a third is told apart from the rest", () => {
    const sized = (memory: number, tasks: number) =>
      plainInventory([
        plainService({ name: "api", task: plainTask({ memory }), demand: { kind: "count", tasks }, ...ON_EC2 }),
        plainService({ name: "other", ...ON_EC2 }),
      ]);
    const report = diff(savedSide(sized(3072, 1)), savedSide(sized(4096, 100)));
    expect(report.changes[0]?.causes.map(({ attribute }) => attribute)).toContain("task.memory");
    expectAddsUp(report);
  });

  it("says the same of saved reports as of what they were made of, but for the names of causes", () => {
    fc.assert(
      fc.property(arbitraryInventory, arbitraryInventory, (before, after) => {
        const plain = ({ changes }: DiffReport) =>
          changes.map(({ subject, kind, monthlyChange, lineItems }) => [
            subject,
            kind,
            text(monthlyChange),
            lineItems.length,
          ]);
        const priced = diff(inventorySide(before), inventorySide(after));
        const idle = ({ monthlyChange, lineItems }: CostChange) =>
          monthlyChange?.isZero() === true && lineItems.length === 0;
        const moved = { ...priced, changes: priced.changes.filter((change) => !idle(change)) };
        const saved = diff(savedSide(before), savedSide(after));
        expect(plain({ ...saved, changes: saved.changes.filter((change) => !idle(change)) })).toEqual(plain(moved));
      }),
      RUNS,
    );
  });

  it("never takes an unknown cost for zero", () => {
    fc.assert(
      fc.property(arbitraryInventory, (inventory) => {
        const [first, ...rest] = inventory.services;
        if (first === undefined) return;
        const { demand: _, ...unknown } = first;
        const open = { ...inventory, services: [unknown, ...rest] };
        for (const [before, after] of [
          [inventory, open],
          [open, inventory],
        ] as const) {
          const report = diff(inventorySide(before), inventorySide(after));
          const change = report.changes.find(({ subject }) => subject === first.id);
          expect([change?.kind, change?.monthlyChange, report.monthlyChange, report.complete]).toEqual([
            ...["changed", null, null],
            false,
          ]);
          expect(report.issues).toContainEqual(expect.objectContaining({ code: "unknown-change", subject: first.id }));
        }
      }),
      RUNS,
    );
  });

  it("names a task of unknown size as the one cause, not its parts", () => {
    fc.assert(
      fc.property(arbitraryInventory, (inventory) => {
        const [first, ...rest] = inventory.services;
        if (first?.task === undefined) return;
        const { task: _, ...unsized } = first;
        const open = { ...inventory, services: [unsized, ...rest] };
        const { changes } = diff(inventorySide(inventory), inventorySide(open));
        const causes = changes.find(({ subject }) => subject === first.id)?.causes ?? [];
        const ofTask = causes.filter(({ attribute }) => attribute.startsWith("task"));
        expect(ofTask).toEqual([expect.objectContaining({ attribute: "task", to: "unknown", monthlyChange: null })]);
      }),
      RUNS,
    );
  });

  it("traces one changed attribute to that attribute alone, and to the fleet where others share one", () => {
    fc.assert(
      fc.property(arbitraryInventory, fc.integer({ min: 1, max: 9 }), (inventory, more) => {
        const [first, ...rest] = inventory.services;
        if (first?.demand?.kind !== "count") return;
        const demand = { kind: "count" as const, tasks: first.demand.tasks + more };
        const after = { ...inventory, services: [{ ...first, demand }, ...rest] };
        const { changes } = diff(inventorySide(inventory), inventorySide(after));
        for (const { subject, causes } of changes) {
          const names = causes.map(({ attribute }) => attribute);
          if (subject === first.id) expect(names).toEqual(["desiredCount"]);
          else if (subject === "shared") expect(names).toEqual(["services"]);
          else expect(names.filter((name) => name !== "fleet" && name !== "tiers")).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  it("keeps prices apart from configuration", () => {
    fc.assert(
      fc.property(arbitraryInventory, (inventory) => {
        for (const make of [inventorySide, savedSide]) {
          const { changes } = diff(make(inventory), make(inventory, dearer));
          for (const { causes, of } of changes) {
            expect(causes.map(({ attribute }) => attribute)).toEqual(["prices"]);
            expect(["service", "shared"]).toContain(of);
          }
        }
      }),
      RUNS,
    );
  });

  it("has the largest change first, and the same bytes each time", () => {
    fc.assert(
      fc.property(withGaps, arbitraryInventory, (before, after) => {
        const make = () => diff(inventorySide(before), inventorySide(after));
        const sizes = make().changes.map(({ monthlyChange }) => monthlyChange?.abs().toNumber() ?? -1);
        expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
        expect(JSON.stringify(make())).toBe(JSON.stringify(make()));
      }),
      { numRuns: 10 },
    );
  });
});

describe("a saved report", () => {
  it("is refused where a figure was changed", () => {
    fc.assert(
      fc.property(arbitraryInventory, fc.nat(), (inventory, place) => {
        const report = JSON.parse(JSON.stringify(estimate(inventory, catalogue)));
        const lines: LineItem[] = [...report.services, report.shared].flatMap(({ lineItems }) => lineItems);
        const line = lines[place % lines.length] as { cost: unknown } | undefined;
        if (line === undefined) return;
        line.cost = new Decimal(String(line.cost)).plus("0.01").toFixed();
        expect(parseEstimateReport(report).ok).toBe(false);
      }),
      RUNS,
    );
  });
});
