/**
 * Figures of corpora: node --conditions=@ecs-cost/source test/corpus/run.ts FOLDER... [--details]
 * Each folder is a corpus; its files stay where they are and are no part of this repository.
 */
import { basename } from "node:path";
import { createCatalogue } from "@ecs-cost/core";
import { loadInstanceTypes, loadRegion } from "@ecs-cost/pricing-data";
import { type MeasuredFile, measureCorpus } from "./measure.ts";

const sum = (all: readonly MeasuredFile[], of: (file: MeasuredFile) => number): number =>
  all.reduce((total, file) => total + of(file), 0);

const share = (part: number, whole: number): string => (whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)} %`);

const row = (name: string, all: readonly MeasuredFile[]): string => {
  const services = sum(all, (file) => file.services);
  const missing = sum(all, ({ open }) => open.filter((item) => item.missing).length);
  const priced = sum(all, (file) => file.priced);
  const of = (outcome: MeasuredFile["outcome"]) => all.filter((file) => file.outcome === outcome).length;
  const cells = [
    ...[name, all.length, of("no input"), of("refused"), of("crashed"), services, missing, priced],
    ...[share(priced, services - missing), sum(all, ({ silent }) => silent.length)],
  ];
  return `| ${cells.join(" | ")} |`;
};

const details = (all: readonly MeasuredFile[]): readonly string[] =>
  all.flatMap(({ file, outcome, message, open, silent }) => [
    ...(outcome === "read" ? [] : [`${outcome} ${file}: ${message}`]),
    ...open.map(({ service, missing, reason }) => `${missing ? "missing" : "OPEN"} ${file} ${service}: ${reason}`),
    ...silent.map((resource) => `SILENT ${file} ${resource}`),
  ]);

const folders = process.argv.slice(2).filter((argument) => argument !== "--details");
const region = loadRegion("us-east-1");
if (!region.found) throw new Error("The price book has no us-east-1");
const catalogue = createCatalogue(region.book, loadInstanceTypes());
const corpora = folders.map((folder) => ({ name: basename(folder), files: measureCorpus(folder, catalogue) }));
const lines = [
  "| corpus | files | no input | refused | crashed | services | a value is missing | priced | share | silent |",
  "|---|---|---|---|---|---|---|---|---|---|",
  ...corpora.map(({ name, files }) => row(name, files)),
  row(
    "all",
    corpora.flatMap(({ files }) => files),
  ),
];
process.stdout.write(`${lines.join("\n")}\n`);
if (process.argv.includes("--details")) {
  process.stdout.write(`${corpora.flatMap(({ name, files }) => [`# ${name}`, ...details(files)]).join("\n")}\n`);
}
