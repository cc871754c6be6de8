import * as Args from "@oclif/core/args";
import { usageError } from "../program/usage-error.ts";

const INPUT_TEXT =
  "Workload file, task definition, describe-services output, Terraform plan, CloudFormation template, a folder of them, or - for standard input; several are one inventory.";

/** Files, folders and `-`; what is missing is told by the command, which may find it after `--metrics`. */
export const inputsBeforeMetrics = {
  input: Args.string({ multiple: true, required: false, ignoreStdin: true, description: INPUT_TEXT }),
};

const STDIN = "-";
const LIVE = "cloudwatch";

/** YAML after `--metrics`, which takes every name that follows, is INPUT all the same; throws where no INPUT is left. */
export const inputsAndMetrics = (
  inputs: readonly string[],
  names: readonly string[],
): { readonly inputs: readonly string[]; readonly metrics: readonly string[] } => {
  const isInput = (name: string): boolean => /\.ya?ml$/i.test(name);
  const given = [...inputs, ...names.filter(isInput)];
  if (given.length === 0) {
    throw usageError("there is no INPUT", "INPUT stands before --metrics, which takes every name after it.");
  }
  const metrics = names.filter((name) => !isInput(name));
  if (metrics.length === 0 && names.length > 0) throw usageError("--metrics names no source");
  if (metrics.includes(LIVE) && metrics.length > 1) {
    throw usageError(`--metrics ${LIVE} stands alone`, `For a file of that name write ./${LIVE}.`);
  }
  if (given.includes(STDIN) && metrics.includes(STDIN)) {
    throw usageError("- is standard input: it is either INPUT or metrics");
  }
  return { inputs: given, metrics };
};

/** Whether these metrics are read from CloudWatch. */
export const isLive = (metrics: readonly string[]): boolean => metrics.includes(LIVE);
