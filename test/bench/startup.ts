import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * How long the command line takes to start: `./ecs-cost estimate` on one service against a bare oclif command that
 * prints one word, and against Node.js alone. Rounds are interleaved, so that what else the machine does weighs on all.
 *
 * Run with `node test/bench/startup.ts [rounds]` after a build.
 */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const NODE = join(ROOT, "node_modules/node/bin/node");
const CLI = join(ROOT, "packages/cli/bin/run.js");
const EXAMPLE = join(ROOT, "examples/web-service.yaml");

/** The smallest program that oclif's documentation shows. */
const bareCommand = (folder: string): string => {
  const oclif = dirname(createRequire(import.meta.url).resolve("@oclif/core/package.json"));
  mkdirSync(join(folder, "node_modules/@oclif"), { recursive: true });
  symlinkSync(oclif, join(folder, "node_modules/@oclif/core"));
  mkdirSync(join(folder, "commands"));
  const manifest = { name: "bare", version: "0.0.0", type: "module", oclif: { bin: "bare", commands: "./commands" } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(
    join(folder, "commands/hello.js"),
    'import { Command } from "@oclif/core";\nexport default class Hello extends Command {\n  async run() {\n    await this.parse(Hello);\n    this.log("hello");\n  }\n}\n',
  );
  const run = join(folder, "run.js");
  writeFileSync(run, 'import { execute } from "@oclif/core";\nawait execute({ dir: import.meta.url });\n');
  return run;
};

const milliseconds = (command: string, args: readonly string[]): number => {
  const start = performance.now();
  const { status, stderr } = spawnSync(command, args, { stdio: ["ignore", "ignore", "pipe"] });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${status}\n${stderr}`);
  return performance.now() - start;
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const rounds = Number(process.argv[2] ?? 15);
const folder = mkdtempSync(join(tmpdir(), "ecs-cost-bench-"));
try {
  const cases: Readonly<Record<string, readonly [string, ...string[]]>> = {
    "node -e 0": [NODE, "-e", "0"],
    "bare oclif command": [NODE, bareCommand(folder), "hello"],
    sizes: [NODE, CLI, "sizes"],
    estimate: [NODE, CLI, "estimate", EXAMPLE],
    "./ecs-cost estimate": [join(ROOT, "ecs-cost"), "estimate", EXAMPLE],
  };
  const times = new Map(Object.keys(cases).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, [command, ...args]] of Object.entries(cases)) {
      const time = milliseconds(command, args);
      if (round > 0) times.get(name)?.push(time);
    }
  }
  const bare = median(times.get("bare oclif command") ?? []);
  for (const [name, values] of times) {
    const least = Math.min(...values).toFixed(0);
    const ratio = (median(values) / bare).toFixed(2);
    process.stdout.write(
      `${name.padEnd(20)} median ${median(values).toFixed(0).padStart(4)} ms, least ${least} ms, ${ratio} x bare\n`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
