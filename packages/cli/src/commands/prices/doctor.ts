import { estimate, priceNeeds } from "@ecs-cost/core";
import { loadInventory } from "@ecs-cost/core/inventory";
import * as Flags from "@oclif/core/flags";
import { OutputCommand } from "../../command/output-command.ts";
import { outputFlags } from "../../flags/output-flags.ts";
import { inputArgs, inputsOf, priceFlags } from "../../flags/report-flags.ts";
import { openCatalogue, priceSettings } from "../../prices/open-catalogue.ts";
import { EXIT } from "../../program/exit-codes.ts";
import { regionFor } from "../../program/region.ts";
import { needsResult } from "../../render/report/prices/prices.ts";

export default class PricesDoctor extends OutputCommand {
  static override summary = "Which prices an inventory needs, and which of them are missing, derived or old.";
  static override description =
    "The missing ones first, with what would give them, then the derived ones with what they were derived by, then the oldest.";
  static override examples = [
    "<%= config.bin %> prices doctor examples/web-service.yaml",
    "<%= config.bin %> prices doctor workload.yaml --region eu-central-2 --strict",
  ];
  static override strict = false;
  static override args = inputArgs;
  static override flags = {
    ...priceFlags,
    ...outputFlags,
    strict: Flags.boolean({
      env: "ECS_COST_STRICT",
      helpGroup: "VERDICT",
      summary: "Exit with 5 where a price is missing.",
    }),
  };

  async run(): Promise<void> {
    const { args, flags, raw } = await this.parse(PricesDoctor);
    const output = this.outputSettings(flags, raw);
    const settings = priceSettings(flags);
    const inventory = await loadInventory(
      inputsOf(args.input),
      flags.region === undefined ? {} : { region: flags.region },
    );
    const region = regionFor(flags.region, inventory.region);
    const catalogue = await openCatalogue(region, settings);
    const estimating = await openCatalogue(region, { ...settings, estimateMissing: true });
    const { services, shared } = estimate(inventory, catalogue);
    const keys = [...services, shared].flatMap(({ lineItems, unpriced }) =>
      [...lineItems, ...unpriced].map(({ dimension }) => dimension),
    );
    const needs = priceNeeds(keys, catalogue, estimating);
    await this.print(needsResult(needs, catalogue), output);
    if (flags.strict && needs.some(({ state }) => state === "missing")) {
      process.stderr.write("Error: --strict: a price is missing.\n");
      process.exitCode = EXIT.incomplete;
    }
  }
}
