import { Help } from "@oclif/core/help";
import { EXIT_MEANINGS } from "./program/exit-codes.ts";

/** The help of oclif with the exit codes, which mean the same in every command. */
export default class EcsCostHelp extends Help {
  override formatRoot(): string {
    return `${super.formatRoot()}\n\n${this.exitCodes()}`;
  }

  override formatCommand(command: Parameters<Help["formatCommand"]>[0]): string {
    return `${super.formatCommand(command).trimEnd()}\n\n${this.exitCodes()}`;
  }

  private exitCodes(): string {
    const list = Object.entries(EXIT_MEANINGS).map(([code, meaning]): [string, string] => [code, meaning]);
    return this.section(
      "EXIT CODES",
      this.renderList(list, { indentation: 2, stripAnsi: this.opts.stripAnsi ?? false }),
    );
  }
}
