// Lists the packages that ship with ecs-cost, with version and licence; with --cyclonedx as an SBOM (CycloneDX 1.6).
// Needs an installed checkout, and no network.
import { readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const manifestIn = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** As Node finds it: in the node_modules of the folder or of one above. */
const folderOf = (name: string, from: string): string => {
  for (let here = from; ; here = dirname(here)) {
    try {
      return realpathSync(join(here, "node_modules", name));
    } catch (error) {
      if (here === dirname(here)) throw error;
    }
  }
};

const collect = (folder: string, found: Map<string, Manifest>): void => {
  const manifest = manifestIn(folder);
  const key = `${manifest.name}@${manifest.version}`;
  if (found.has(key)) return;
  found.set(key, manifest);
  for (const name of Object.keys(manifest.dependencies ?? {})) collect(folderOf(name, folder), found);
};

const purlOf = ({ name, version }: Manifest): string => `pkg:npm/${name.replace("@", "%40")}@${version}`;

const root = dirname(import.meta.dirname);
const found = new Map<string, Manifest>();
collect(join(root, "packages/cli"), found);
const all = [...found.values()].toSorted((a, b) => (purlOf(a) < purlOf(b) ? -1 : 1));

if (process.argv.includes("--cyclonedx")) {
  const components = all.map((each) => ({
    ...{ type: "library", name: each.name, version: each.version, purl: purlOf(each) },
    ...(each.license === undefined ? {} : { licenses: [{ expression: each.license }] }),
  }));
  process.stdout.write(
    `${JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.6", version: 1, components }, null, 2)}\n`,
  );
} else {
  for (const { name, version, license } of all) process.stdout.write(`${name} ${version} ${license ?? "unknown"}\n`);
}
