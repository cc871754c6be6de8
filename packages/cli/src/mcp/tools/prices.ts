import type { Price } from "@ecs-cost/core";
import { usageError } from "../../program/usage-error.ts";
import type { Compact } from "../../render/document/compact.ts";
import { ARGUMENTS, objectOf, textOf } from "../schemas.ts";
import type { Tool } from "../tool.ts";

interface PricesArguments {
  readonly query: string;
  readonly region?: string;
  readonly format?: "compact" | "json";
}

/** Prices in few words, each with its date and where it was read. */
export const pricesCompact = (region: string, prices: readonly Price[], missing: readonly string[]): Compact => ({
  command: "prices",
  head: [
    ["region", region],
    ["unit", "USD"],
  ],
  tables: [
    {
      name: "prices",
      columns: ["price", "rate", "unit", "from", "usage_type", "as_of", "source"],
      rows: prices.flatMap(({ key, tiers, unit, usageType, asOf, source }) =>
        tiers.map(({ from, rate }) => [key, rate, unit, from, usageType, asOf, source]),
      ),
    },
    { name: "missing", columns: ["price"], rows: missing.map((key) => [key]) },
  ],
});

export const PRICES_TOOL: Tool<PricesArguments> = {
  name: "prices",
  title: "The price book",
  description:
    "Prices of a region with their dates and sources: a key (fargate/linux/arm64/vcpu-hour), an instance type (m7g.large), the beginning of a key (nat) or a pattern (ec2/m7g.*).",
  input: objectOf(
    {
      query: textOf("Key, instance type, beginning of a key, or pattern with * and ?."),
      region: ARGUMENTS.region,
      format: ARGUMENTS.format,
    },
    ["query"],
  ),
  run: async ({ query, region, format }, { report }) => {
    const { askPrices } = await import("@ecs-cost/core");
    const { openCatalogue } = await import("../../prices/open-catalogue.ts");
    const { knownRegion } = await import("../../program/region.ts");
    const { pricesResult, unknownPrice } = await import("../../render/report/prices/prices.ts");
    const used = knownRegion(region ?? report.region);
    if (used === undefined) throw usageError("the region is not known", "Give region.");
    const catalogue = await openCatalogue(used, report);
    const answer = askPrices(catalogue, query);
    if (answer.kind === "unknown") throw unknownPrice(answer);
    if (format === "json") {
      const { renderJson } = await import("../../render/format/json.ts");
      return renderJson(pricesResult("prices show", catalogue, answer, true).json());
    }
    const { renderCompact } = await import("../../render/format/compact.ts");
    return renderCompact(pricesCompact(used, answer.prices, answer.missing));
  },
};
