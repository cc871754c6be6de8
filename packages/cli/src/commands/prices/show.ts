import { askPrices } from "@ecs-cost/core";
import * as Args from "@oclif/core/args";
import { OutputCommand } from "../../command/output-command.ts";
import { outputFlags } from "../../flags/output-flags.ts";
import { priceFlags } from "../../flags/report-flags.ts";
import { openCatalogue, openCatalogues, type PriceSettings, priceSettings } from "../../prices/open-catalogue.ts";
import { knownRegion } from "../../program/region.ts";
import type { Result } from "../../render/document/result.ts";
import { pricesOfRegions, pricesResult, unknownPrice } from "../../render/report/prices/prices.ts";

const inRegion = async (key: string, region: string, settings: PriceSettings): Promise<Result> => {
  const catalogue = await openCatalogue(region, settings);
  const answer = askPrices(catalogue, key);
  if (answer.kind === "unknown") throw unknownPrice(answer);
  return pricesResult("prices show", catalogue, answer, true);
};

/** Nothing names a region: the price in each of them. */
const everywhere = async (key: string, settings: PriceSettings): Promise<Result> => {
  const { catalogues, notInUsd } = await openCatalogues(settings);
  const asked = catalogues.map((catalogue) => ({ catalogue, answer: askPrices(catalogue, key) }));
  const found = asked.flatMap(({ catalogue, answer }) => (answer.kind === "unknown" ? [] : [{ catalogue, answer }]));
  const [first] = asked;
  if (found.length === 0 && first?.answer.kind === "unknown") throw unknownPrice(first.answer);
  const sources = new Set(found.map(({ catalogue }) => catalogue.source));
  return pricesOfRegions(found, notInUsd, [...sources].sort().join(" and "));
};

export default class PricesShow extends OutputCommand {
  static override summary =
    "One price with its source, or everything about an instance type; in every region where none is named.";
  static override examples = [
    "<%= config.bin %> prices show fargate/linux/arm64/vcpu-hour --region eu-west-1",
    "<%= config.bin %> prices show m7g.large --region us-east-1",
    "<%= config.bin %> prices show nat.gb",
  ];
  static override args = {
    key: Args.string({ required: true, ignoreStdin: true, description: "A price key or an instance type." }),
  };
  static override flags = { ...priceFlags, ...outputFlags };

  async run(): Promise<void> {
    const { args, flags, raw } = await this.parse(PricesShow);
    const settings = priceSettings(flags);
    const region = knownRegion(flags.region);
    const result =
      region === undefined ? await everywhere(args.key, settings) : await inRegion(args.key, region, settings);
    await this.print(result, this.outputSettings(flags, raw));
  }
}
