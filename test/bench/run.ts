import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Scripts in this folder with their arguments; each prints its figures with a ratio that does not depend on the machine. */
const BENCHES: readonly (readonly string[])[] = [
  ["startup.ts"],
  ["compare.ts", "100"],
  ["compare.ts", "1000"],
  ["compare.ts", "10000"],
  ["packing.ts"],
  ["packing-gaps.ts"],
  ["capacity.ts"],
  ["capacity-report.ts"],
  ["rightsize.ts"],
  ["scan.ts"],
  ["diff.ts"],
  ["review.ts"],
  ["price-list.ts"],
];

const only = process.argv.slice(2);
let failed = false;
for (const [script = "", ...args] of BENCHES) {
  if (only.length > 0 && !only.includes(script.replace(/\.ts$/, ""))) continue;
  process.stdout.write(`\n# ${[script, ...args].join(" ")}\n`);
  const path = fileURLToPath(new URL(script, import.meta.url));
  failed = spawnSync(process.execPath, [path, ...args], { stdio: "inherit" }).status !== 0 || failed;
}
process.exitCode = failed ? 1 : 0;
