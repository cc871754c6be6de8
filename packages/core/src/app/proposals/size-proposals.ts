import type { ServiceUsage } from "../../domain/demand/usage.ts";
import type { UsageByService } from "../../domain/demand/usage-by-service.ts";
import { createNotes, type Notes } from "../../domain/issues/notes.ts";
import type { PriceCatalogue } from "../../domain/pricing/price.ts";
import type { CostChange, DiffReport } from "../../domain/report/diff-report.ts";
import type { ProposedSize, ProposedSizes } from "../../domain/report/proposed-size.ts";
import type { TaskSize } from "../../domain/sizing/fargate-sizes.ts";
import { type Decimal, sum, ZERO } from "../../domain/units/decimal.ts";
import type { Inventory } from "../../domain/workload/inventory.ts";
import type { Service } from "../../domain/workload/service.ts";
import { createContext } from "../context/cost-context.ts";
import { matchUsage } from "../context/match-usage.ts";
import type { DiffSide } from "../diff/diff.ts";
import { type Named, type Pair, pairServices } from "../diff/pairs.ts";
import { reprice, savingBetween, withSize } from "../estimate/reprice-service.ts";
import { estimateCosts, type ServiceCost } from "../estimate/service-costs.ts";
import { type RightsizeSettings, settingsReport, settlePlan } from "../rightsize/settings.ts";
import { judgeProposal, type Proposal, type ProposedService, withheldProposal } from "./judge-proposal.ts";

/** A service before the change, as far as its size and name go. */
interface Former extends Named {
  readonly cpu: number | null;
  readonly memory: number | null;
}

/**
 * Adds to each service that a change touches whether its new size fits its utilization, and the better one with its
 * cost. Percentages are of the size before the change where the service existed, and its series has its name of then.
 *
 * @throws {RangeError} where a strategy or one of its settings is unknown or out of range.
 */
export const sizeProposals = (
  report: DiffReport,
  before: DiffSide,
  after: { readonly inventory: Inventory; readonly catalogue: PriceCatalogue },
  usage: UsageByService,
  settings: RightsizeSettings = {},
): DiffReport => {
  const plan = settlePlan(settings);
  const notes = createNotes();
  const { inventory, catalogue } = after;
  const context = createContext(inventory, catalogue, settings);
  const costs = estimateCosts(context);
  const touched = new Set(report.changes.filter(isTouched).map(({ subject }) => subject));
  const load = measuredLoads(pairServices(formerOf(before), formerOf({ of: "inventory", ...after })), usage, notes);
  const proposals = new Map(
    inventory.services.flatMap(({ id }, index) => {
      const [cost, measured] = [costs.services[index], load[index]];
      if (cost === undefined || measured === undefined || !touched.has(id)) return [];
      const proposed: ProposedService = { cost, inForce: measured.size, plan, catalogue };
      return [[id, proposalOf(proposed, measured)] as const];
    }),
  );
  const resized = reprice(context, inventory.services, (service) => {
    const better = proposals.get(service.id)?.recommended;
    return better == null ? service : withSize(service, better);
  });
  const sizings = new Map(
    costs.services.flatMap((cost, index) => {
      const proposal = proposals.get(cost.compute.service.id);
      const then = resized.services[index];
      return proposal === undefined ? [] : [[proposal.id, priced(proposal, cost, then, plan.minSaving.usd)] as const];
    }),
  );
  const changes = report.changes.map((change): CostChange => {
    const sizing = isTouched(change) ? sizings.get(change.subject) : undefined;
    return sizing === undefined ? change : { ...change, sizing };
  });
  const sizing: ProposedSizes = { settings: settingsReport(plan), ...countsOf([...sizings.values()]) };
  return { ...report, sizing, changes, issues: [...report.issues, ...notes.issues(), ...missing(sizings)] };
};

/** The series of a service and the size that it is percent of. */
interface MeasuredLoad {
  readonly size: TaskSize | undefined;
  readonly isAmbiguous: boolean;
  readonly usage: () => ServiceUsage | undefined;
}

/** Loads of the services of the side after, in their order. */
const measuredLoads = (
  pairs: readonly Pair<Former>[],
  usage: UsageByService,
  notes: Notes,
): readonly MeasuredLoad[] => {
  const former = new Set(pairs.flatMap(({ before: was }) => (was === undefined ? [] : [idOf(was)])));
  const named = pairs.map((pair) => measuredName(pair, former));
  const matched = matchUsage(named, usage, notes);
  return pairs.map(({ before }, index) => {
    const id = named[index]?.id ?? "";
    return { size: sizeOf(before), isAmbiguous: matched.ambiguous.has(id), usage: () => matched.usageOf(id) };
  });
};

const proposalOf = (proposed: ProposedService, { isAmbiguous, usage }: MeasuredLoad): Proposal =>
  isAmbiguous ? withheldProposal(proposed, AMBIGUOUS) : judgeProposal(proposed, usage());

const isTouched = ({ of, kind }: CostChange): boolean => of === "service" && kind !== "removed";

const formerOf = (side: DiffSide): readonly Former[] =>
  side.of === "report"
    ? side.report.services
    : side.inventory.services.map((service) => ({
        ...service,
        cpu: service.task?.cpu ?? null,
        memory: service.task?.memory ?? null,
      }));

const sizeOf = (former: Former | undefined) =>
  former === undefined || former.cpu === null || former.memory === null
    ? undefined
    : { cpu: former.cpu, memory: former.memory };

const idOf = ({ cluster, name }: Named): string => `${cluster}/${name}`;

const UNMEASURED = { id: "", name: "" };

/** Under which name a service was measured: that before, and none where a new service takes the name of another. */
const measuredName = ({ before, after }: Pair<Former>, former: ReadonlySet<string>): Pick<Service, "id" | "name"> => {
  const named = before ?? after;
  if (named === undefined || (before === undefined && former.has(idOf(named)))) return UNMEASURED;
  return { id: idOf(named), name: named.name };
};

const AMBIGUOUS = {
  code: "ambiguous-metrics",
  detail: "A series has the name of this service, but other clusters have a service of that name: use cluster/name.",
};

const priced = (
  { id: _, ...proposal }: Proposal,
  now: ServiceCost,
  then: ServiceCost | undefined,
  leastSaving: Decimal,
): ProposedSize => {
  const { verdict, proposed } = proposal;
  const { monthlyCost } = now.lines;
  const monthlySaving = savingBetween(now, then);
  if (verdict === "unknown") return { ...proposal, monthlyCost, recommendedMonthlyCost: null, monthlySaving: null };
  const isLess = monthlySaving !== null && (monthlySaving.lessThanOrEqualTo(0) || monthlySaving.lessThan(leastSaving));
  if (verdict === "fits" || (verdict === "too-large" && isLess)) {
    const kept = { verdict: "fits" as const, fits: true, recommended: proposed, monthlyCost };
    const none = monthlyCost === null ? null : ZERO;
    const reasons = verdict === "fits" ? proposal.reasons : [SAVES_TOO_LITTLE, ...proposal.reasons.slice(1)];
    return { ...proposal, ...kept, recommendedMonthlyCost: monthlyCost, monthlySaving: none, reasons };
  }
  return { ...proposal, monthlyCost, recommendedMonthlyCost: then?.lines.monthlyCost ?? null, monthlySaving };
};

const SAVES_TOO_LITTLE = {
  code: "saving-too-small",
  detail: "A smaller size holds the demand and saves less than is asked for.",
};

const countsOf = (sizings: readonly ProposedSize[]): Omit<ProposedSizes, "settings"> => {
  const of = (verdict: ProposedSize["verdict"]) => sizings.filter((sizing) => sizing.verdict === verdict);
  const savings = of("too-large").map(({ monthlySaving }) => monthlySaving);
  return {
    ...{ fits: of("fits").length, tooSmall: of("too-small").length },
    ...{ tooLarge: of("too-large").length, unknown: of("unknown").length },
    monthlySaving: savings.includes(null) ? null : sum(savings.flatMap((saving) => saving ?? [])),
  };
};

/** Advice that is withheld for want of metrics is told as in advice on sizes. */
const missing = (sizings: ReadonlyMap<string, ProposedSize>): ReturnType<Notes["issues"]> =>
  [...sizings].flatMap(
    ([
      subject,
      {
        verdict,
        reasons: [reason],
      },
    ]) =>
      verdict !== "unknown" || reason === undefined
        ? []
        : [
            {
              code: reason.code === "too-few-points" ? ("too-few-points" as const) : ("no-metrics" as const),
              severity: "info" as const,
              subject,
              detail: `Whether its size fits is not known: ${reason.detail}`,
            },
          ],
  );
