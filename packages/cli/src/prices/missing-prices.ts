import type { Issue, PriceCatalogue } from "@ecs-cost/core";

const MISSING = "missing-price";

interface Coded {
  readonly code: string;
}

/** What may lack prices: a report, whose services may have options. */
interface Priced {
  readonly issues: readonly Issue[];
  readonly services: readonly unknown[];
}

const optionsOf = (service: unknown): readonly { readonly id: string; readonly reasons: readonly Coded[] }[] => {
  const { options } = service as { readonly options?: unknown };
  return Array.isArray(options) ? options : [];
};

/** Spot is in no price list: a refresh does not bring it. */
const isSpot = (name: string): boolean => /(?:^|[-/])spot(?:$|[-/])/.test(name);

const lacksPrices = ({ issues, services }: Priced): boolean =>
  issues.some(({ code, subject }) => code === MISSING && !isSpot(subject)) ||
  services.flatMap(optionsOf).some(({ id, reasons }) => !isSpot(id) && reasons.some(({ code }) => code === MISSING));

/** The command that gets prices which a report lacks; undefined where none are missing or a refresh has been made. */
export const missingPriceHint = (report: Priced, { region, source }: PriceCatalogue): string | undefined =>
  source === "snapshot" && lacksPrices(report)
    ? `Hint: prices of ${region} are missing; ecs-cost prices refresh --region ${region} reads AWS's public price list, without an account.`
    : undefined;
