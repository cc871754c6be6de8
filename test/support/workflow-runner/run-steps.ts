import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "../../e2e/run-cli.ts";
import { type Contexts, holds, interpolate } from "./expression.ts";
import { type Action, readAction, type Step } from "./files.ts";

/** A machine that runs the steps of one job. */
export interface Runner {
  readonly workspace: string;
  /** What stands before every other program. */
  readonly programs: string;
  readonly env: Readonly<Record<string, string>>;
  readonly contexts: Contexts;
  /** Folder of the action that recipes name as `OWNER/ecs-cost@...`. */
  readonly action: string;
  /** Carries out an action of somebody else. */
  readonly use: (name: string, inputs: Readonly<Record<string, string>>) => Promise<void> | void;
}

export interface Ran {
  readonly failed: boolean;
  /** Names of the steps that ran, those of the action behind that of the job. */
  readonly steps: readonly string[];
  readonly log: string;
  /** What the steps wrote as the summary of the job. */
  readonly summary: string;
  /** Of the steps of the job that have an id. */
  readonly outputs: Done;
}

interface Progress {
  failed: boolean;
  log: string;
  readonly steps: string[];
  readonly summaryFile: string;
  readonly temp: string;
}

type Outputs = Readonly<Record<string, string>>;
type Done = Record<string, { readonly outputs: Outputs }>;

/** Runs steps as GitHub Actions does, with the actions of others replaced. */
export const runSteps = async (steps: readonly Step[], runner: Runner): Promise<Ran> => {
  const temp = mkdtempSync(join(tmpdir(), "ecs-cost runner "));
  const progress: Progress = { failed: false, log: "", steps: [], temp, summaryFile: join(temp, "summary.md") };
  writeFileSync(progress.summaryFile, "");
  const done = await runAll(steps, runner, runner.contexts, progress);
  return {
    ...{ failed: progress.failed, steps: progress.steps, log: progress.log, outputs: done },
    summary: readFileSync(progress.summaryFile, "utf8"),
  };
};

const runAll = async (
  steps: readonly Step[],
  runner: Runner,
  contexts: Contexts,
  progress: Progress,
): Promise<Done> => {
  const done: Done = {};
  for (const step of steps) {
    const known = { ...contexts, steps: done };
    if (!holds(step.if, known, progress)) continue;
    progress.steps.push(step.name ?? step.uses ?? step.run?.split("\n")[0] ?? "");
    const run = step.uses === undefined ? runShell : runUses;
    const outputs = await run(step, runner, known, progress);
    if (step.id !== undefined) done[step.id] = { outputs };
  }
  return done;
};

const texts = (values: Readonly<Record<string, unknown>> | undefined, contexts: Contexts): Record<string, string> =>
  Object.fromEntries(Object.entries(values ?? {}).map(([key, value]) => [key, interpolate(String(value), contexts)]));

const runUses = async (step: Step, runner: Runner, contexts: Contexts, progress: Progress): Promise<Outputs> => {
  const given = texts(step.with, contexts);
  if (!/^OWNER\/ecs-cost@/.test(step.uses ?? "")) {
    await runner.use(step.uses ?? "", given);
    return {};
  }
  const action = readAction(join(runner.action, "action.yml"));
  const inner = { github: contexts["github"], inputs: inputsOf(action, given, contexts) };
  const steps = await runAll(action.runs.steps, runner, inner, progress);
  return Object.fromEntries(
    Object.entries(action.outputs).map(([name, { value }]) => [name, interpolate(value, { ...inner, steps })]),
  );
};

const inputsOf = (
  action: Action,
  given: Readonly<Record<string, string>>,
  contexts: Contexts,
): Record<string, string> => {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(action.inputs, name));
  if (unknown.length > 0) throw new Error(`the action has no input ${unknown.join(", ")}`);
  return Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [
      name,
      given[name] ?? interpolate(input.default ?? "", { github: contexts["github"] }),
    ]),
  );
};

const runShell = async (step: Step, runner: Runner, contexts: Contexts, progress: Progress): Promise<Outputs> => {
  const folder = mkdtempSync(join(progress.temp, "step-"));
  const script = join(folder, "script.sh");
  const outputFile = join(folder, "outputs");
  writeFileSync(script, interpolate(step.run ?? "", contexts));
  writeFileSync(outputFile, "");
  const cwd = join(runner.workspace, interpolate(step["working-directory"] ?? ".", contexts));
  mkdirSync(cwd, { recursive: true });
  const { code, stdout, stderr } = await runProgram("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], {
    cwd,
    env: {
      ...{ ...runner.env, ...texts(step.env, contexts) },
      ...{ PATH: `${runner.programs}:${process.env["PATH"]}`, RUNNER_TEMP: progress.temp, CI: "true" },
      ...{ GITHUB_OUTPUT: outputFile, GITHUB_STEP_SUMMARY: progress.summaryFile, GITHUB_ACTION_PATH: runner.action },
    },
  });
  progress.log += `$ ${step.name ?? step.run}\n${stdout}${stderr}`;
  if (code !== 0) {
    progress.failed = true;
    progress.log += `exit code ${code}\n`;
  }
  return Object.fromEntries(
    readFileSync(outputFile, "utf8")
      .split("\n")
      .filter((line) => line.includes("="))
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
};
