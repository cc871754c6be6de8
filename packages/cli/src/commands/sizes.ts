import { legalSizes, type OperatingSystem, parseCpu, parseMemory, smallestSizeThatFits } from "@ecs-cost/core";
import * as Flags from "@oclif/core/flags";
import { OutputCommand } from "../command/output-command.ts";
import { outputFlags } from "../flags/output-flags.ts";
import { usageError } from "../program/usage-error.ts";
import { fitResult, sizesResult } from "../render/report/prices/sizes.ts";

export default class Sizes extends OutputCommand {
  static override summary = "Legal Fargate task sizes, or the nearest that holds a demand.";
  static override description =
    "Without --cpu and --memory every size that Fargate accepts; with one or both the cheapest size that holds them.";
  static override examples = [
    "<%= config.bin %> sizes",
    "<%= config.bin %> sizes --cpu '.5 vCPU' --memory 5GB",
    "<%= config.bin %> sizes --cpu 3000 --os windows --json",
  ];
  static override flags = {
    cpu: Flags.string({
      env: "ECS_COST_CPU",
      helpValue: "X",
      summary: "CPU that the size has to hold, as ECS takes it: 512 or '.5 vCPU'.",
    }),
    memory: Flags.string({
      env: "ECS_COST_MEMORY",
      helpValue: "Y",
      summary: "Memory that the size has to hold, as ECS takes it: 2048 or '2 GB'.",
    }),
    os: Flags.option({
      options: ["linux", "windows"] as const,
      default: "linux" as OperatingSystem,
      env: "ECS_COST_OS",
      summary: "Operating system of the task.",
    })(),
    ...outputFlags,
  };

  async run(): Promise<void> {
    const { flags, raw } = await this.parse(Sizes);
    const settings = this.outputSettings(flags, raw);
    if (flags.cpu === undefined && flags.memory === undefined) {
      return await this.print(sizesResult(legalSizes(flags.os), flags.os), settings);
    }
    const demand = { cpu: sizeOf(flags.cpu, "cpu"), memory: sizeOf(flags.memory, "memory") };
    if (!settings.quiet) tellIfVcpu(flags.cpu);
    const fit = smallestSizeThatFits(demand.cpu, demand.memory, flags.os);
    if (!fit.found) throw usageError(fit.reason.detail);
    await this.print(fitResult(fit, demand, flags.os), settings);
  }
}

const MOST_VCPU = 64;

/** One vCPU is 1,024 units, and nobody asks for so few of them. */
const tellIfVcpu = (text: string | undefined): void => {
  const cpu = Number(text);
  if (text === undefined || !(cpu > 0 && cpu <= MOST_VCPU)) return;
  process.stderr.write(`Warning: --cpu ${text} is read as CPU units, 1024 to a vCPU. Did you mean '${text} vCPU'?\n`);
};

const FORMS = { cpu: "CPU units such as 512, or '.5 vCPU'", memory: "MiB such as 2048, or '2 GB'" } as const;

const sizeOf = (text: string | undefined, flag: "cpu" | "memory"): number => {
  if (text === undefined) return 0;
  const size = flag === "cpu" ? parseCpu(text) : parseMemory(text);
  if (size === undefined) throw usageError(`--${flag} ${text}: expected ${FORMS[flag]}`);
  return size;
};
