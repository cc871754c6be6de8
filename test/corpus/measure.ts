import { type Dirent, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type EstimateReport, estimate, type Inventory, type PriceCatalogue } from "@ecs-cost/core";
import { isBorderError, readInventory } from "@ecs-cost/core/file";
import { rowOf } from "../../packages/core/src/adapters/file/account/resource-table.ts";

/** A file that holds something of ECS, by its text. */
const MARKS =
  /AWS::ECS::|\baws(?:cc)?_ecs_|containerDefinitions|aws:ecs\/|Load Balanced Web Service|Backend Service|Worker Service|Scheduled Job|^services:/m;

const REASONS: ReadonlySet<string> = new Set(["missing-task-size", "missing-task-definition", "unknown-demand"]);

/** Tasks on instances may leave CPU out: then nothing is missing in the file. */
const MEMORY_ONLY = /give CPU \(/;

/** What one file gave. */
export interface MeasuredFile {
  readonly file: string;
  readonly outcome: "read" | "no input" | "refused" | "crashed";
  readonly message?: string;
  readonly services: number;
  readonly priced: number;
  /** Services that are not priced: which value is missing, or why else. */
  readonly open: readonly { readonly service: string; readonly missing: boolean; readonly reason: string }[];
  /** Billed resources that no line and no issue tells of. */
  readonly silent: readonly string[];
}

const filesIn = (folder: string, depth = 0): readonly string[] =>
  depth > 20
    ? []
    : readdirSync(folder, { withFileTypes: true })
        .sort((a: Dirent, b: Dirent) => (a.name < b.name ? -1 : 1))
        .flatMap((entry) => {
          const path = join(folder, entry.name);
          if (entry.isDirectory()) return filesIn(path, depth + 1);
          return /\.(?:json|ya?ml|template)$/i.test(entry.name) ? [path] : [];
        });

const BILLED: ReadonlySet<string | undefined> = new Set(["read", "metered", "use", "billed", "other"]);

const silentIn = ({ resources = [] }: Inventory, report: EstimateReport): readonly string[] => {
  const told = [
    ...report.issues.map(({ subject, detail }) => `${subject} ${detail}`),
    ...[...report.services, report.shared].flatMap(({ lineItems }) => lineItems.map(({ label = "" }) => label)),
  ].join("\n");
  const hasService = report.services.length > 0;
  return resources
    .filter(({ type, outcome }) => outcome !== "free" && outcome !== "priced-elsewhere" && BILLED.has(rowOf(type)?.[2]))
    .filter(
      ({ type, address, outcome }) =>
        !told.includes(address) && !told.includes(type) && !(outcome === "priced" && hasService),
    )
    .map(({ type, address }) => `${type} ${address}`);
};

const measureFile = (folder: string, file: string, catalogue: PriceCatalogue): MeasuredFile => {
  const name = relative(folder, file);
  const nothing = { services: 0, priced: 0, open: [], silent: [] };
  try {
    const inventory = readInventory([file], { region: catalogue.region });
    const report = estimate(inventory, catalogue);
    const open = report.services
      .filter(({ monthlyCost }) => monthlyCost === null)
      .map(({ cluster, name: service }) => {
        const own = report.issues.filter(
          (issue) => issue.subject === `${cluster}/${service}` && issue.severity !== "info",
        );
        const missing = own.some(({ code, detail }) => REASONS.has(code) && !MEMORY_ONLY.test(detail));
        return { service, missing, reason: own.map(({ code, detail }) => `${code}: ${detail}`).join("; ") };
      });
    const services = report.services.length;
    return {
      file: name,
      outcome: "read",
      services,
      priced: services - open.length,
      open,
      silent: silentIn(inventory, report),
    };
  } catch (error) {
    const known = isBorderError(error) ? (error.code === "unknown-format" ? "no input" : "refused") : undefined;
    const outcome = known ?? "crashed";
    return {
      file: name,
      outcome,
      message: String((error as Error).message)
        .split("\n")
        .slice(0, 2)
        .join(" "),
      ...nothing,
    };
  }
};

/** Every file of a folder that holds something of ECS, read by itself and priced. */
export const measureCorpus = (folder: string, catalogue: PriceCatalogue): readonly MeasuredFile[] =>
  filesIn(folder)
    .filter((file) => MARKS.test(readFileSync(file, "utf8")))
    .map((file) => measureFile(folder, file, catalogue));
