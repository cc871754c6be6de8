import { askPrices, type RegionBook, summarizeRegion, type UnreadPrice, unreadPrices } from "@ecs-cost/core";
import * as Args from "@oclif/core/args";
import { OutputCommand } from "../../command/output-command.ts";
import { outputFlags } from "../../flags/output-flags.ts";
import { priceFlags } from "../../flags/report-flags.ts";
import { openBooks, openCatalogue, priceSettings } from "../../prices/open-catalogue.ts";
import { knownRegion } from "../../program/region.ts";
import { usageError } from "../../program/usage-error.ts";
import { pricesResult, regionsResult, unknownPrice } from "../../render/report/prices/prices.ts";

/** A price that is not read in some regions only names them. */
const unreadIn = (books: readonly RegionBook[]): readonly UnreadPrice[] => {
  const all = books.flatMap((book) => unreadPrices(book).map((price) => ({ ...price, region: book.region })));
  return [...Map.groupBy(all, ({ key }) => key).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { key, reason } = first;
    const where = same.length === books.length ? "" : ` (${same.map(({ region }) => region).join(", ")})`;
    return [{ key, reason: `${reason}${where}` }];
  });
};

const regionOf = (flag: string | undefined): string => {
  const region = knownRegion(flag);
  if (region !== undefined) return region;
  throw usageError("the region is not known", "Give --region, or set AWS_REGION. prices show looks in every region.");
};

export default class PricesList extends OutputCommand {
  static override summary = "What the price book in use holds.";
  static override description =
    "Without a pattern: its regions with the age and completeness of their prices. With one, such as fargate, 'ec2/m7g.*' or nat: the prices of a region that match.";
  static override examples = [
    "<%= config.bin %> prices list",
    "<%= config.bin %> prices list fargate --region eu-west-1",
    "<%= config.bin %> prices list 'ec2/m7g.*' --region us-east-1 --format csv",
  ];
  static override args = {
    pattern: Args.string({ ignoreStdin: true, description: "Beginning of a key, or a pattern with * and ?." }),
  };
  static override flags = { ...priceFlags, ...outputFlags };

  async run(): Promise<void> {
    const { args, flags, raw } = await this.parse(PricesList);
    const output = this.outputSettings(flags, raw);
    const settings = priceSettings(flags);
    if (args.pattern === undefined) {
      const { books, instanceTypes } = await openBooks(settings, flags.region);
      const types = instanceTypes();
      return await this.print(
        regionsResult(
          books.map(({ book }) => summarizeRegion(book, types)),
          [...new Set(books.map(({ source }) => source))].sort().join(" and "),
          unreadIn(books.map(({ book }) => book)),
        ),
        output,
      );
    }
    const catalogue = await openCatalogue(regionOf(flags.region), settings);
    const answer = askPrices(catalogue, args.pattern);
    if (answer.kind === "unknown") throw unknownPrice(answer);
    await this.print(pricesResult("prices list", catalogue, answer, output.verbose), output);
  }
}
