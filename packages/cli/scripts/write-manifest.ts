import { renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Plugin } from "@oclif/core";

/** Writes `oclif.manifest.json`, from which the command line knows its commands without loading them. */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, "oclif.manifest.json");

const plugin = new Plugin({ root, type: "core", ignoreManifest: true, errorOnManifestCreate: true, isRoot: true });
await plugin.load();

const temporary = `${target}.${process.pid}`;
writeFileSync(temporary, `${JSON.stringify(plugin.manifest, null, 2)}\n`);
renameSync(temporary, target);
