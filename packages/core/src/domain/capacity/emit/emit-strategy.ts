import { emitAwsCli } from "./aws-cli.ts";
import { emitCloudFormation } from "./cloudformation.ts";
import type { ServiceStrategy } from "./service-strategy.ts";
import { emitTerraform } from "./terraform.ts";

export const EMIT_FORMATS = ["aws-cli", "cloudformation", "terraform"] as const;
export type EmitFormat = (typeof EMIT_FORMATS)[number];

const EMITTERS: Readonly<Record<EmitFormat, (services: readonly ServiceStrategy[]) => string>> = {
  "aws-cli": emitAwsCli,
  cloudformation: emitCloudFormation,
  terraform: emitTerraform,
};

/** Text that gives services their strategies, ready to paste; services without a strategy are left out. */
export const emitStrategies = (format: EmitFormat, services: readonly ServiceStrategy[]): string =>
  EMITTERS[format](services.filter(({ strategy }) => strategy.length > 0));
