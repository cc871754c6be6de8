import { createNotes, type Notes } from "../domain/issues/notes.ts";
import type { PriceCatalogue } from "../domain/pricing/price.ts";
import type { CostChange, DiffReport } from "../domain/report/diff-report.ts";
import type { ProposedSize, ProposedSizes } from "../domain/report/proposed-size.ts";
import { type Decimal, sum, ZERO } from "../domain/units/decimal.ts";
import type { Inventory } from "../domain/workload/inventory.ts";
import type { Service } from "../domain/workload/service.ts";
import { createContext } from "./cost-context.ts";
import type { DiffSide } from "./diff.ts";
import { type Named, type Pair, pairServices } from "./diff-pairs.ts";
import { estimateCosts } from "./estimate-costs.ts";
import { judgeProposal, type Proposal, type ProposedService, withheldProposal } from "./judge-proposal.ts";
import { matchUsage, type UsageByService } from "./match-usage.ts";
import { reprice, savingBetween, withSize } from "./reprice.ts";
import { type RightsizeSettings, settingsReport, settlePlan } from "./rightsize-settings.ts";

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
  const pairs = pairServices(formerOf(before), formerOf({ of: "inventory", ...after }));
  const touched = new Map(report.changes.flatMap((change) => (isTouched(change) ? [[change.subject, change]] : [])));
  const former = new Set(pairs.flatMap(({ before: was }) => (was === undefined ? [] : [idOf(was)])));
  const measured = pairs.map((pair) => measuredName(pair, former));
  const matched = matchUsage(measured, usage, notes);
  const costs = estimateCosts(context);
  const proposals = inventory.services.map((service, index): Proposal | undefined => {
    const cost = costs.services[index];
    const pair = pairs[index];
    if (cost === undefined || pair === undefined || !touched.has(service.id)) return undefined;
    const id = measured[index]?.id ?? service.id;
    const proposed: ProposedService = { cost, inForce: sizeOf(pair.before), plan, catalogue };
    return matched.ambiguous.has(id)
      ? withheldProposal(proposed, AMBIGUOUS)
      : judgeProposal(proposed, matched.usageOf(id));
  });
  const sized = new Map(proposals.flatMap((each) => (each === undefined ? [] : [[each.id, each]])));
  const resized = reprice(context, inventory.services, (service) => {
    const better = sized.get(service.id)?.recommended;
    return better == null ? service : withSize(service, better);
  });
  const sizings = new Map(
    inventory.services.flatMap(({ id }, index) => {
      const proposal = sized.get(id);
      if (proposal === undefined) return [];
      const monthlySaving = savingBetween(costs.services[index], resized.services[index]);
      const then = resized.services[index]?.lines.monthlyCost ?? null;
      const now = costs.services[index]?.lines.monthlyCost ?? null;
      return [[id, priced(proposal, now, then, monthlySaving, plan.minSaving.usd)] as const];
    }),
  );
  const changes = report.changes.map((change): CostChange => {
    const sizing = isTouched(change) ? sizings.get(change.subject) : undefined;
    return sizing === undefined ? change : { ...change, sizing };
  });
  const sizing: ProposedSizes = { settings: settingsReport(plan), ...countsOf([...sizings.values()]) };
  return { ...report, sizing, changes, issues: [...report.issues, ...notes.issues(), ...missing(sizings)] };
};

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
  monthlyCost: Decimal | null,
  recommendedMonthlyCost: Decimal | null,
  monthlySaving: Decimal | null,
  leastSaving: Decimal,
): ProposedSize => {
  const { verdict, proposed } = proposal;
  if (verdict === "unknown") return { ...proposal, monthlyCost, recommendedMonthlyCost: null, monthlySaving: null };
  const isLess = monthlySaving !== null && (monthlySaving.lessThanOrEqualTo(0) || monthlySaving.lessThan(leastSaving));
  if (verdict === "fits" || (verdict === "too-large" && isLess)) {
    const kept = { verdict: "fits" as const, fits: true, recommended: proposed, monthlyCost };
    const none = monthlyCost === null ? null : ZERO;
    const reasons = verdict === "fits" ? proposal.reasons : [SAVES_TOO_LITTLE, ...proposal.reasons.slice(1)];
    return { ...proposal, ...kept, recommendedMonthlyCost: monthlyCost, monthlySaving: none, reasons };
  }
  return { ...proposal, monthlyCost, recommendedMonthlyCost, monthlySaving };
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
