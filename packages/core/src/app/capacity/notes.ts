import { mixedTypesProblem, type StrategyProblem, strategyProblems } from "../../domain/capacity/strategy-rules.ts";
import type { Service } from "../../domain/workload/service.ts";
import type { CostContext } from "../context/cost-context.ts";
import { notePrices } from "../estimate/price-notes.ts";
import type { ServiceOptions } from "./options.ts";
import type { ServiceProviders } from "./providers.ts";

/** Rules of ECS that the strategy breaks which a service is configured with. */
const problemsOf = ({ placement }: Service, providers: ServiceProviders): readonly StrategyProblem[] => {
  if (placement.kind !== "strategy") return [];
  const settled = providers.placement;
  const types = settled.kind === "instance-strategy" ? settled.providers.map(({ type }) => type) : [];
  const problems = strategyProblems(placement.items);
  return problems.length > 0 ? problems : mixedTypesProblem(types);
};

/** Whether ECS would take the strategy that a service is configured with. */
export const isLegal = (service: Service, providers: ServiceProviders): boolean =>
  problemsOf(service, providers).length === 0;

/** A strategy that ECS would not take has no cost; what was read may have been told of already. */
export const noteStrategy = (service: Service, providers: ServiceProviders, context: CostContext): void => {
  const { inventory, notes } = context;
  const { id } = service;
  if (inventory.issues.some(({ code, subject }) => code === "invalid-strategy" && subject === id)) return;
  for (const { detail } of problemsOf(service, providers)) {
    notes.report({
      code: "invalid-strategy",
      severity: "warning",
      subject: id,
      detail: `Today's strategy: ${detail}.`,
    });
  }
};

/** Today's cost is not known: either a price is missing, which is told, or a provider cannot run the tasks. */
export const noteToday = ({ id }: Service, { missingKeys, reasons }: ServiceOptions, { notes }: CostContext): void => {
  if (missingKeys.length > 0) return;
  const detail = `What it costs today is not known. ${reasons.map((reason) => reason.detail).join(" ")}`;
  notes.report({ code: "unsupported-platform", severity: "warning", subject: id, detail });
};

/** What the prices rest on, and each key that is missing, once for all services. */
export const noteOptions = ({ priced, missingKeys }: ServiceOptions, context: CostContext): void => {
  notePrices(
    priced.flatMap(({ price }) => price.lineItems),
    context,
  );
  for (const key of missingKeys) {
    context.notes.report({
      code: "missing-price",
      severity: "warning",
      subject: key,
      detail:
        `The price book has no ${key} for ${context.catalogue.region}; capacity providers that need it are left out. ` +
        `Give it with --set-price ${key}=USD.`,
    });
  }
};
