import { askPrices } from "@ecs-cost/core";
import * as Args from "@oclif/core/args";
import { openCatalogue, parseSetPrices, regionFor } from "../../compose.ts";
import { outputFlags } from "../../flags/output-flags.ts";
import { priceFlags, valuesOf } from "../../flags/report-flags.ts";
import { OutputCommand } from "../../output-command.ts";
import { pricesResult, unknownPrice } from "../../render/prices.ts";

export default class PricesShow extends OutputCommand {
  static override summary = "One price with its source, or everything about an instance type.";
  static override examples = [
    "<%= config.bin %> prices show fargate/linux/arm64/vcpu-hour --region eu-west-1",
    "<%= config.bin %> prices show m7g.large --region us-east-1",
  ];
  static override args = {
    key: Args.string({ required: true, ignoreStdin: true, description: "A price key or an instance type." }),
  };
  static override flags = { ...priceFlags, ...outputFlags };

  async run(): Promise<void> {
    const { args, flags, raw } = await this.parse(PricesShow);
    const settings = { prices: flags.prices, setPrices: parseSetPrices(valuesOf(flags["set-price"])) };
    const catalogue = await openCatalogue(regionFor(flags.region), settings);
    const answer = askPrices(catalogue, args.key);
    if (answer.kind === "unknown") throw unknownPrice(answer);
    await this.print(pricesResult("prices show", catalogue, answer, true), this.outputSettings(flags, raw));
  }
}
