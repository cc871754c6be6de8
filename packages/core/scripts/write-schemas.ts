/** Writes the JSON Schemas of `schema/` from the schemas that the readers use: `pnpm build-schemas`. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { jsonSchemas } from "@ecs-cost/core/schema";

const ROOT = join(import.meta.dirname, "..", "..", "..");

for (const [name, make] of Object.entries(jsonSchemas)) {
  const file = join(ROOT, "packages", "core", "schema", `${name}.schema.json`);
  const biome = join(ROOT, "node_modules", ".bin", "biome");
  const text = execFileSync(biome, ["format", `--stdin-file-path=${file}`], {
    input: `${JSON.stringify(make(), undefined, 2)}\n`,
  });
  writeFileSync(file, text);
  process.stderr.write(`${file}\n`);
}
