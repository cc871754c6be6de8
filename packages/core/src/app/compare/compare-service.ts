import { listCost, sumLines } from "../../domain/costing/costed-lines.ts";
import type { PricedLines, UnpricedUsage } from "../../domain/costing/line-item.ts";
import type { Reason } from "../../domain/issues/issue.ts";
import { priceOnFargate } from "../../domain/placement/fargate-option.ts";
import { judgeFeasibility } from "../../domain/placement/feasibility.ts";
import { shareOfFleet } from "../../domain/placement/fleet-bill.ts";
import type { PricedFleet } from "../../domain/placement/fleet-option.ts";
import { LAUNCH_OPTIONS, type LaunchOption, optionId } from "../../domain/placement/option.ts";
import type { OptionReport } from "../../domain/report/report.ts";
import { ZERO } from "../../domain/units/decimal.ts";
import type { Demand, Service } from "../../domain/workload/service.ts";
import type { TaskShape } from "../../domain/workload/task.ts";
import type { CostContext } from "../context/cost-context.ts";
import { noteDerivations } from "../estimate/price-notes.ts";
import { withoutAddresses } from "../estimate/public-addresses.ts";
import { type ComparedFleets, fleetKey } from "./compare-fleets.ts";

/** A service that can be compared: its task is known, and its demand unless it is a daemon. */
export interface Comparable {
  readonly service: Service;
  readonly task: TaskShape;
  readonly demand: Demand | undefined;
  /** What comes along whatever the service runs on. */
  readonly overhead: PricedLines;
}

/** Every way to run the service with its cost, in the order of `LAUNCH_OPTIONS`. */
export const serviceOptions = (
  comparable: Comparable,
  fleets: ComparedFleets,
  context: CostContext,
): readonly OptionReport[] =>
  LAUNCH_OPTIONS.map((option) => {
    const { service, task } = comparable;
    const id = optionId(option, task.architecture);
    const { blockers, notes, task: placed } = judgeFeasibility(service, task, option);
    if (blockers.length > 0) return infeasible(id, blockers);
    if (option.product !== "fargate") {
      return onFleet(id, option, comparable, notes, fleets.byOption.get(fleetKey(service.id, id)), context);
    }
    const { demand, overhead } = comparable;
    if (demand === undefined) return infeasible(id, [UNKNOWN_DEMAND]);
    const own = () => priceOnFargate(service, placed, demand, option.purchase, context.hours, context.catalogue);
    return priced(id, own, overhead, notes, context);
  });

const UNKNOWN_DEMAND: Reason = { code: "unknown-demand", detail: "How many tasks run is not given." };

const infeasible = (id: string, reasons: readonly Reason[]): OptionReport => ({
  id,
  feasible: false,
  monthlyCost: null,
  lineItems: [],
  reasons,
});

/** The lines are made again when they are read: options are many, and most are only ranked. */
const priced = (
  id: string,
  own: () => PricedLines,
  overhead: PricedLines,
  notes: readonly Reason[],
  context: CostContext,
  fleet?: OptionReport["fleet"],
): OptionReport => {
  const { lineItems, unpriced } = own();
  if (unpriced.length > 0) return infeasible(id, [...missingPrices(unpriced), ...notes]);
  noteDerivations(lineItems, context);
  return {
    id,
    feasible: true,
    monthlyCost: sumLines(lineItems).plus(sumLines(overhead.lineItems)),
    get lineItems() {
      return [...own().lineItems, ...overhead.lineItems];
    },
    ...listCost([...lineItems, ...overhead.lineItems]),
    ...derivedBy(lineItems),
    ...(fleet === undefined ? {} : { fleet }),
    reasons: notes,
  };
};

/** Codes of what the rates of some lines were derived by; nothing where all were read. */
export const derivedBy = (lineItems: PricedLines["lineItems"]): Pick<OptionReport, "assumptions"> => {
  const codes = new Set(lineItems.flatMap(({ assumptions }) => assumptions ?? []));
  return codes.size === 0 ? {} : { assumptions: [...codes] };
};

const missingPrices = (unpriced: readonly UnpricedUsage[]): Reason[] => {
  const keys = [...new Set(unpriced.map(({ dimension }) => dimension))];
  return keys.map((key) => ({ code: "missing-price", detail: `The price book has no ${key} for this region.` }));
};

const onFleet = (
  id: string,
  option: LaunchOption,
  { service, overhead, demand }: Comparable,
  notes: readonly Reason[],
  fleet: PricedFleet | undefined,
  context: CostContext,
): OptionReport => {
  if (fleet === undefined) return infeasible(id, demand === undefined ? [UNKNOWN_DEMAND] : notes);
  const { outcome, bill } = fleet;
  if (outcome.kind === "unpriced") return infeasible(id, [noMarket(option)]);
  const reasons = outcome.unplaceable.get(service.id);
  if (reasons !== undefined)
    return infeasible(
      id,
      reasons.map((detail) => ({ code: "nothing-fits", detail })),
    );
  const comesAlong = withoutAddresses(overhead);
  const own = () => bill?.partOf(service.id) ?? { lineItems: [], unpriced: [] };
  const share = bill === undefined ? ZERO : shareOfFleet(bill, service.id);
  const all = fleet.widened ? [...notes, OTHER_TYPES] : notes;
  return priced(id, own, comesAlong, all, context, { id, cluster: service.cluster, share });
};

const OTHER_TYPES: Reason = {
  code: "other-instance-types",
  detail: "ec2.instanceTypes lists no type of this architecture, so all current ones were considered.",
};

const noMarket = ({ purchase, architecture }: LaunchOption): Reason => ({
  code: "missing-price",
  detail: `The price book has no ${purchase} price of an allowed ${architecture} instance type for this region.`,
});
