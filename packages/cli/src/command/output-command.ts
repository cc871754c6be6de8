import type { Interfaces } from "@oclif/core";
import { Command } from "@oclif/core/command";
import type { OutputSettings, outputFlags } from "../flags/output-flags.ts";
import { writeOut } from "../output/write-out.ts";
import { usageError } from "../program/usage-error.ts";
import type { Findings } from "../render/document/finding.ts";
import type { Result } from "../render/document/result.ts";

type OutputFlagValues = Omit<Interfaces.InferredFlags<typeof outputFlags>, "format"> & Pick<OutputSettings, "format">;
type Token = { readonly type: string; readonly flag?: string };

/** A command that prints one result in the format that was asked for. */
export abstract class OutputCommand extends Command {
  protected outputSettings(flags: OutputFlagValues, raw: readonly Token[]): OutputSettings {
    const typed = new Set(
      raw.flatMap((token) => (token.type === "flag" && token.flag !== undefined ? [token.flag] : [])),
    );
    const json = flags.json && (typed.has("json") || !typed.has("format"));
    if (typed.has("json") && typed.has("format") && flags.format !== "json") {
      throw usageError(`--json and --format ${flags.format} ask for two formats`);
    }
    return {
      format: json ? "json" : flags.format,
      ...(flags.out === undefined ? {} : { out: flags.out }),
      quiet: flags.quiet,
      verbose: flags.verbose,
      colour: wantsColour(flags["no-color"], flags.out),
    };
  }

  /** Sends the result to a webhook: as a message of Slack unless a format was asked for. */
  protected async post(result: Result, address: string, { format }: OutputSettings): Promise<void> {
    const { postResult, webhookOf } = await import("../output/post-result.ts");
    const url = webhookOf(address);
    const sent = format === "table" ? "slack" : format;
    await postResult(url, await rendered(result, sent, false), sent);
  }

  protected async print(result: Result, { format, out, colour }: OutputSettings): Promise<void> {
    await writeOut(await rendered(result, format, colour), out);
  }
}

const wantsColour = (noColour: boolean, out: string | undefined): boolean =>
  !noColour &&
  (process.env["NO_COLOR"] ?? "") === "" &&
  process.env["TERM"] !== "dumb" &&
  (out === undefined || out === "-") &&
  process.stdout.isTTY === true;

const findingsOf = ({ findings }: Result, format: string): Findings => {
  if (findings === undefined) throw usageError(`--format ${format} is for reports that gates and policies judge`);
  return findings();
};

/** Each renderer is loaded only when it draws. */
const rendered = async (
  result: Result,
  format: OutputSettings["format"],
  colour: boolean,
): Promise<Iterable<string>> => {
  switch (format) {
    case "json":
      return (await import("../render/format/json.ts")).renderJson(result.json());
    case "csv":
      return (await import("../render/format/csv.ts")).renderCsv(result.sheet());
    case "markdown":
      return (await import("../render/format/markdown.ts")).renderMarkdown(result.document());
    case "html":
      if (result.page !== undefined) return result.page();
      return (await import("../render/format/html.ts")).renderHtml(result.document());
    case "sarif":
      return (await import("../render/format/sarif.ts")).renderSarif(findingsOf(result, format));
    case "junit":
      return (await import("../render/format/junit.ts")).renderJunit(findingsOf(result, format));
    case "compact":
      if (result.compact === undefined) throw usageError("--format compact stands without --fields and --group-by");
      return (await import("../render/format/compact.ts")).renderCompact(await result.compact());
    case "slack":
      if (result.slack === undefined) throw usageError("--format slack is for the report itself");
      return (await import("../render/format/json.ts")).renderJson(await result.slack());
    case "mail":
      if (result.mail === undefined) throw usageError("--format mail is for the report itself");
      return result.mail();
    case "table": {
      const { coloured, plain } = await import("../render/document/palette.ts");
      const { columnsOf, inAscii, isPlainLocale } = await import("../render/document/terminal-signs.ts");
      const { renderTerminal } = await import("../render/format/terminal.ts");
      const page = renderTerminal(result.document(), colour ? coloured : plain, columnsOf(process.env));
      return isPlainLocale(process.env) ? inAscii(page) : page;
    }
  }
};
