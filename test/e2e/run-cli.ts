import { type SpawnOptionsWithoutStdio, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT: string = fileURLToPath(new URL("../..", import.meta.url));
export const NODE: string = join(ROOT, "node_modules/node/bin/node");
export const RUN: string = join(ROOT, "packages/cli/bin/run.js");

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Nothing of the caller's settings reaches the program under test. */
const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^(?:ECS_COST_|AWS_|GITHUB_|GITLAB_|GH_TOKEN|RUNNER_|CI_|LC_|LANG|NODE_|VITEST|NO_COLOR|FORCE_COLOR|DEBUG)/.test(
          name,
        ),
    ),
  );

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly cwd?: string;
  readonly nodeFlags?: readonly string[];
}

/** Runs any program to its end. */
export const runProgram = (command: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> =>
  new Promise((done, fail) => {
    const spawnOptions: SpawnOptionsWithoutStdio = {
      cwd: options.cwd ?? ROOT,
      env: { ...cleanEnvironment(), ...options.env },
    };
    const child = spawn(command, args, spawnOptions);
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      stdout += part;
    });
    child.stderr.setEncoding("utf8").on("data", (part: string) => {
      stderr += part;
    });
    child.on("error", fail);
    child.on("close", (code) => done({ code, stdout, stderr }));
    child.stdin.on("error", () => {});
    child.stdin.end(options.stdin ?? "");
  });

/** Runs the built command line as a process of its own. */
export const runCli = (args: readonly string[], options: RunOptions = {}): Promise<Outcome> =>
  runProgram(NODE, [...(options.nodeFlags ?? []), RUN, ...args], options);

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), "ecs-cost e2e "));
