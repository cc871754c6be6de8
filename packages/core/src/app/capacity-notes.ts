import { strategyProblems } from "../domain/capacity/strategy-rules.ts";
import type { Service } from "../domain/workload/service.ts";
import type { ServiceOptions } from "./capacity-options.ts";
import type { CostContext } from "./cost-context.ts";
import { notePrices } from "./price-notes.ts";

/** Whether ECS would take the strategy that a service is configured with. */
export const isLegal = ({ placement }: Service): boolean =>
  placement.kind !== "strategy" || strategyProblems(placement.items).length === 0;

/** A strategy that ECS would not take has no cost; what was read may have been told of already. */
export const noteStrategy = ({ id, placement }: Service, { inventory, notes }: CostContext): void => {
  const told = inventory.issues.some(({ code, subject }) => code === "invalid-strategy" && subject === id);
  if (placement.kind !== "strategy" || told) return;
  for (const { detail } of strategyProblems(placement.items)) {
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
