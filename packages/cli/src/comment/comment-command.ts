import type { Interfaces } from "@oclif/core";
import { OutputCommand } from "../command/output-command.ts";
import type { OutputSettings } from "../flags/output-flags.ts";
import { inputsOf, valuesOf } from "../flags/report-flags.ts";
import { writeOut } from "../output/write-out.ts";
import { usageError } from "../program/usage-error.ts";
import { safeText } from "../render/document/safe-text.ts";
import { type BodyRules, commentBody } from "./comment-body.ts";
import type { commentFlags } from "./comment-flags.ts";
import { type CommentOutcome, commentResult, intentOf } from "./comment-result.ts";
import { variable } from "./environment.ts";
import type { Forge } from "./forge.ts";
import { TAG } from "./marker.ts";
import { type Publication, publish } from "./publish.ts";
import { readParts } from "./read-parts.ts";
import { redact, redactError } from "./redact.ts";
import { isMissingTarget } from "./targets.ts";

type CommentFlagValues = Interfaces.InferredFlags<typeof commentFlags>;
type Raw = Parameters<OutputCommand["outputSettings"]>[1];

/** What tells one forge from another. */
export interface ForgeKind<T> {
  readonly rules: BodyRules;
  /** Variables that hold a token, the first one is the one to tell. */
  readonly tokens: readonly string[];
  readonly target: () => T;
  readonly targetName: (target: T) => string;
  /** Loads the client, which nothing else needs. */
  readonly open: (target: T, token: string) => Promise<Forge>;
}

const SECRETS = ["ECS_COST_TOKEN", "GITHUB_TOKEN", "GH_TOKEN", "GITLAB_TOKEN", "CI_JOB_TOKEN"];

/** A command that puts a report on a pull or merge request. */
export abstract class CommentCommand extends OutputCommand {
  protected async runComment<T>(
    kind: ForgeKind<T>,
    reports: unknown,
    flags: CommentFlagValues,
    raw: Raw,
  ): Promise<void> {
    const output = this.outputSettings(flags, raw);
    const { tag, behavior } = flags;
    checkTag(tag);
    const dryRun = flags["dry-run"] === true;
    const target = dryRun ? knownTarget(kind.target) : kind.target();
    const token = dryRun ? undefined : tokenOf(flags.token, kind.tokens);
    const parts = readParts(
      [...(reports === undefined ? [] : inputsOf(reports)), ...valuesOf(flags.report)],
      flags["any-file"],
    );
    const body = commentBody(parts, tag, flags.title, kind.rules);
    const unchanged = parts.every((part) => part.of === "report" && part.unchanged);
    const publication: Publication = { body, tag, behavior, onlyIfEarlier: unchanged && !flags["post-unchanged"] };
    const outcome: CommentOutcome = {
      ...{ forge: kind.rules.forge.toLowerCase(), target: target === undefined ? null : kind.targetName(target) },
      ...{ tag, behavior, dryRun, action: null, url: null, hidden: 0, deleted: 0 },
      ...{ truncated: body.truncated, characters: body.text.length },
    };
    if (target === undefined || token === undefined) return await this.tellIntent(publication, outcome, output);
    const published = await publish(await kind.open(target, token), publication);
    const url = published.url === undefined ? null : redact(published.url, [token]);
    await this.print(commentResult({ ...outcome, ...published, url }), output);
  }

  /** The comment on stdout as it would be posted, and on stderr what would become of it. */
  private async tellIntent(
    { body, onlyIfEarlier }: Publication,
    outcome: CommentOutcome,
    output: OutputSettings,
  ): Promise<void> {
    if (!output.quiet) process.stderr.write(`${safeText(intentOf(outcome, onlyIfEarlier))}\n`);
    if (output.format === "json") await this.print(commentResult({ ...outcome, body: body.text }), output);
    else await writeOut([body.text, "\n"], output.out);
  }

  /** Nothing that is told of a failure has a token in it. */
  protected override async catch(error: Error): Promise<never> {
    throw redactError(error, [...SECRETS.map((name) => process.env[name] ?? ""), ...typedTokens(this.argv)]);
  }
}

const checkTag = (tag: string): void => {
  if (TAG.test(tag)) return;
  throw usageError(`--tag ${tag}: expected up to 64 letters, digits and . _ - /, with a letter or digit at both ends`);
};

const typedTokens = (argv: readonly string[]): readonly string[] =>
  argv.flatMap((word, index) => {
    if (word === "--token") return argv.slice(index + 1, index + 2);
    return word.startsWith("--token=") ? [word.slice("--token=".length)] : [];
  });

const knownTarget = <T>(find: () => T): T | undefined => {
  try {
    return find();
  } catch (error) {
    if (isMissingTarget(error)) return undefined;
    throw error;
  }
};

const tokenOf = (flag: string | undefined, names: readonly string[]): string => {
  const token = flag?.trim() || variable(process.env, ...names);
  if (token === undefined) throw usageError("there is no token", `Set ${names[0]}.`);
  if (!/^[\x21-\x7e]+$/.test(token)) throw usageError("the token has characters that no token has");
  return token;
};
