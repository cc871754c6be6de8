import type { CostedLines } from "../../domain/costing/costed-lines.ts";
import type { PackEffort } from "../../domain/packing/model/request.ts";
import type { KnownPlans } from "../../domain/placement/plan-fleets.ts";
import type { ChangeCause } from "../../domain/report/diff-report.ts";
import type { EstimateReport } from "../../domain/report/report.ts";
import type { Inventory } from "../../domain/workload/inventory.ts";
import type { Service } from "../../domain/workload/service.ts";
import { type CostSettings, createContext } from "../context/cost-context.ts";
import { estimateCosts } from "../estimate/service-costs.ts";
import { advance, type Ledger, serviceLedger, settledCauses, sharedLedger } from "./causes.ts";
import { isMatched, type Pair } from "./pairs.ts";
import { type DiffState, type DiffStep, diffSteps, type OwnChange, type PricedSide } from "./steps.ts";

/** The causes of every change: of the services in the order of their pairs, and of what is shared. */
export interface DiffCauses {
  readonly services: readonly (readonly ChangeCause[])[];
  readonly shared: readonly ChangeCause[];
}

/** An inventory with its prices. */
export interface InventorySide {
  readonly inventory: Inventory;
  readonly catalogue: PricedSide["catalogue"];
}

/** Where more services than these change, fleets on the way are searched for least; their causes are many and small. */
const MANY = 50;

/** How the states on the way are priced. */
export interface StepSettings extends CostSettings {
  /** Plans of fleets that the ends, or other states, have as well. */
  readonly known: KnownPlans;
}

interface Costs {
  readonly services: readonly (CostedLines | undefined)[];
  readonly shared: CostedLines;
}

/** Finds causes by taking over the side after step by step and pricing everything anew each time. */
export const inventoryCauses = (
  before: InventorySide,
  after: InventorySide,
  pairs: readonly Pair<Service>[],
  ends: { readonly before: Costs; readonly after: Costs },
  settings: StepSettings,
): DiffCauses => {
  const from: PricedSide = { shared: before.inventory.shared, catalogue: before.catalogue };
  const to: PricedSide = { shared: after.inventory.shared, catalogue: after.catalogue };
  const steps = diffSteps(pairs, from, to);
  const isLong =
    pairs.filter((_, index) => steps.some(({ ofService }) => ofService(index) !== undefined)).length > MANY;
  const count: OwnChange = {
    attribute: "services",
    from: before.inventory.services.length,
    to: after.inventory.services.length,
  };
  let state: DiffState = { ...from, services: pairs.map((pair) => pair.before) };
  let services = pairs.map((pair, index) => firstLedger(pair, index, ends));
  let shared = sharedLedger(ends.before.shared, ends.after.shared);
  for (const [index, step] of steps.entries()) {
    state = step.apply(state);
    const costs = index === steps.length - 1 ? ends.after : costsOf(state, settings, isLong ? "least" : "quick");
    services = services.map((ledger, pair) => advanceService(ledger, pair, step, costs));
    shared = advance(shared, costs.shared, step.ofShared, step.ofOthers ?? count);
  }
  return {
    services: services.map((ledger) => (ledger === undefined ? [] : settledCauses(ledger))),
    shared: settledCauses(shared),
  };
};

const firstLedger = (
  pair: Pair<Service>,
  index: number,
  { before, after }: { readonly before: Costs; readonly after: Costs },
): Ledger | undefined => {
  const first = before.services[index];
  const last = after.services[index];
  return !isMatched(pair) || first === undefined || last === undefined ? undefined : serviceLedger(first, last);
};

const advanceService = (
  ledger: Ledger | undefined,
  index: number,
  { ofService, ofOthers }: DiffStep,
  { services }: Costs,
): Ledger | undefined => {
  const lines = services[index];
  if (ledger === undefined || lines === undefined) return ledger;
  return advance(ledger, lines, ofService(index), ofOthers);
};

/** Costs of a state; what it would note is told of both ends already. */
const costsOf = ({ services, shared, catalogue }: DiffState, settings: StepSettings, effort: PackEffort): Costs => {
  const present = services.flatMap((service, index) => (service === undefined ? [] : [{ service, index }]));
  const inventory: Inventory = {
    services: present.map(({ service }) => service),
    shared,
    issues: [],
    assumptions: [],
  };
  const fleets = { known: settings.known, effort };
  const costs = estimateCosts({ ...createContext(inventory, catalogue, settings), fleets });
  const byPair = new Map(present.map(({ index }, place) => [index, costs.services[place]?.lines]));
  return { services: services.map((_, index) => byPair.get(index)), shared: costs.shared };
};

/** The lines of both reports in the order of the pairs. */
export const endsOf = (
  before: EstimateReport,
  after: EstimateReport,
  pairs: readonly Pair<CostedLines>[],
): { readonly before: Costs; readonly after: Costs } => ({
  before: { services: pairs.map((pair) => pair.before), shared: before.shared },
  after: { services: pairs.map((pair) => pair.after), shared: after.shared },
});
