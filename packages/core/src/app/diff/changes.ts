import type { CostedLines } from "../../domain/costing/costed-lines.ts";
import { largestFirst } from "../../domain/report/change-order.ts";
import { diffLines, unknownOf, unpricedText } from "../../domain/report/diff-lines.ts";
import type {
  ChangeCause,
  ChangeKind,
  CostChange,
  LineChange,
  ResourceChange,
} from "../../domain/report/diff-report.ts";
import type { EstimateReport, ServiceEstimate } from "../../domain/report/report.ts";
import { type Decimal, ZERO } from "../../domain/units/decimal.ts";
import { resourceChanges } from "./addresses.ts";
import type { DiffSide } from "./diff.ts";
import { type DiffCauses, endsOf, inventoryCauses, type StepSettings } from "./inventory-causes.ts";
import { reportCauses } from "./line-causes.ts";
import { isMatched, type Pair } from "./pairs.ts";

interface Sides<T> {
  readonly before: T;
  readonly after: T;
}

type ServicePair = Pair<ServiceEstimate>;

/** Every service that differs and what is shared, with the number of services that do not. */
export const changesOf = (
  sides: Sides<DiffSide>,
  reports: Sides<EstimateReport>,
  pairs: readonly ServicePair[],
  settings: StepSettings,
): { readonly changes: readonly CostChange[]; readonly unchangedServices: number } => {
  const lines = pairs.map(({ before, after }) => diffLines(before?.lineItems ?? [], after?.lineItems ?? []));
  const sharedLines = diffLines(reports.before.shared.lineItems, reports.after.shared.lineItems);
  const causes = causesOf(sides, reports, pairs, { services: lines, shared: sharedLines }, settings);
  const services = pairs.flatMap((pair, index) =>
    serviceChange(pair, causes.services[index] ?? [], lines[index] ?? []),
  );
  const resources =
    sides.before.of === "inventory" && sides.after.of === "inventory"
      ? resourceChanges(sides.before.inventory.shared, sides.after.inventory.shared)
      : [];
  const shared = sharedChange(reports, causes.shared, sharedLines, resources);
  return {
    changes: [...services, ...shared].sort(largestFirst),
    unchangedServices: pairs.length - services.length,
  };
};

const causesOf = (
  { before, after }: Sides<DiffSide>,
  reports: Sides<EstimateReport>,
  pairs: readonly ServicePair[],
  lines: { readonly services: readonly (readonly LineChange[])[]; readonly shared: readonly LineChange[] },
  settings: StepSettings,
): DiffCauses => {
  if (before.of !== "inventory" || after.of !== "inventory") {
    return reportCauses(reports.before, reports.after, pairs, lines);
  }
  const own = {
    before: new Map(reports.before.services.map((service, index) => [service, before.inventory.services[index]])),
    after: new Map(reports.after.services.map((service, index) => [service, after.inventory.services[index]])),
  };
  const configured = pairs.map((pair) => {
    const from = pair.before === undefined ? undefined : own.before.get(pair.before);
    const to = pair.after === undefined ? undefined : own.after.get(pair.after);
    return { ...(from === undefined ? {} : { before: from }), ...(to === undefined ? {} : { after: to }) };
  });
  return inventoryCauses(before, after, configured, endsOf(reports.before, reports.after, pairs), settings);
};

const serviceChange = (
  pair: ServicePair,
  causes: readonly ChangeCause[],
  lineItems: readonly LineChange[],
): readonly CostChange[] => {
  const { before, after } = pair;
  const service = after ?? before;
  if (service === undefined) return [];
  const { name, cluster, tags } = service;
  const subject = `${cluster}/${name}`;
  const unknown = isMatched(pair) ? [unknownOf(pair.before), unknownOf(pair.after)] : [];
  const known = isMatched(pair) ? unknown[0] !== undefined && unknown[0] === unknown[1] : service.complete;
  if (isMatched(pair) && causes.length === 0 && lineItems.length === 0 && isAsUnknown(pair.before, pair.after))
    return [];
  const monthlyChange = known ? costOf(after).minus(costOf(before)) : null;
  return [
    {
      kind: kindOf(before, after),
      ...{ subject, of: "service", name, cluster },
      ...(service.region === undefined ? {} : { region: service.region }),
      ...(service.account === undefined ? {} : { account: service.account }),
      ...addressOf(pair),
      tags,
      ...sidesOf(before, after),
      monthlyChange,
      causes: isMatched(pair) ? causes : [existence(pair, monthlyChange)],
      lineItems,
    },
  ];
};

const addressOf = ({ before, after }: ServicePair): Pick<CostChange, "address" | "previousAddress"> => {
  const address = (after ?? before)?.address ?? null;
  const previous = after?.previousAddress ?? before?.address;
  return previous === undefined || address === null || previous === address
    ? { address }
    : { address, previousAddress: previous };
};

/** Whether what is not known is the same on both sides. */
const isAsUnknown = (before: CostedLines, after: CostedLines): boolean =>
  before.complete === after.complete && unpricedText(before) === unpricedText(after);

const existence = ({ before, after }: ServicePair, monthlyChange: Decimal | null): ChangeCause => ({
  attribute: "service",
  from: before === undefined ? null : `${before.cluster}/${before.name}`,
  to: after === undefined ? null : `${after.cluster}/${after.name}`,
  monthlyChange,
});

const costOf = (lines: CostedLines | undefined): Decimal => lines?.monthlyCost ?? ZERO;

const kindOf = (before: unknown, after: unknown): ChangeKind => {
  if (before === undefined) return "added";
  return after === undefined ? "removed" : "changed";
};

const sidesOf = (before: CostedLines | undefined, after: CostedLines | undefined) => ({
  beforeMonthlyCost: before?.monthlyCost ?? null,
  afterMonthlyCost: after?.monthlyCost ?? null,
  beforeComplete: before?.complete ?? true,
  afterComplete: after?.complete ?? true,
});

const isNothing = ({ lineItems, unpriced }: CostedLines): boolean => lineItems.length === 0 && unpriced.length === 0;

const sharedChange = (
  { before: { shared: before }, after: { shared: after } }: Sides<EstimateReport>,
  causes: readonly ChangeCause[],
  lineItems: readonly LineChange[],
  resources: readonly ResourceChange[],
): readonly CostChange[] => {
  if (causes.length === 0 && lineItems.length === 0 && isAsUnknown(before, after)) return [];
  const known = unpricedText(before) === unpricedText(after);
  return [
    {
      kind: isNothing(before) ? "added" : isNothing(after) ? "removed" : "changed",
      ...{ subject: "shared", of: "shared", name: "shared", cluster: "", address: null, tags: {} },
      ...(resources.length === 0 ? {} : { resources }),
      ...sidesOf(before, after),
      monthlyChange: known ? costOf(after).minus(costOf(before)) : null,
      causes,
      lineItems,
    },
  ];
};
