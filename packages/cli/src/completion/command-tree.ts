import type { ManifestCommand, ManifestFlag } from "../program/manifest.ts";

/** One place in the command line: the words typed so far and what may follow. */
export interface Place {
  /** Words joined by spaces, empty at the start. */
  readonly path: string;
  readonly words: readonly { readonly word: string; readonly summary: string }[];
  readonly flags: readonly ManifestFlag[];
  /** Whether a file or another argument may follow. */
  readonly takesArguments: boolean;
}

const summaryOf = (text: string | undefined): string => (text ?? "").split("\n")[0]?.replace(/\.$/, "") ?? "";

/** Every place that a command line can be at, sorted by path: the root, the topics and the commands. */
export const placesOf = (commands: readonly ManifestCommand[]): readonly Place[] => {
  const ids = commands.map(({ id }) => id.split(":"));
  const paths = new Set(["", ...ids.flatMap((id) => id.map((_, index) => id.slice(0, index + 1).join(" ")))]);
  return [...paths].sort().map((path) => placeAt(path, commands));
};

const placeAt = (path: string, commands: readonly ManifestCommand[]): Place => {
  const prefix = path === "" ? [] : path.split(" ");
  const below = commands.filter(({ id }) => prefix.every((word, index) => id.split(":")[index] === word));
  const next = new Map<string, string>();
  for (const { id, summary } of below) {
    const words = id.split(":");
    const word = words[prefix.length];
    if (word === undefined) continue;
    next.set(word, words.length === prefix.length + 1 ? summaryOf(summary) : (next.get(word) ?? ""));
  }
  const command = commands.find(({ id }) => id.replaceAll(":", " ") === path);
  const choices = Object.values(command?.args ?? {}).flatMap(({ options = [] }) => options);
  for (const choice of choices) next.set(choice, "");
  return {
    path,
    words: [...next].map(([word, summary]) => ({ word, summary })),
    flags: command === undefined ? [] : flagsOf(command),
    takesArguments: choices.length === 0 && Object.keys(command?.args ?? {}).length > 0,
  };
};

const HELP: ManifestFlag = { name: "help", type: "boolean", summary: "Show help" };

const flagsOf = ({ flags }: ManifestCommand): readonly ManifestFlag[] =>
  [...Object.values(flags).filter(({ hidden }) => hidden !== true), HELP].sort((a, b) => (a.name < b.name ? -1 : 1));

export const flagSummary = ({ summary, description }: ManifestFlag): string => summaryOf(summary ?? description);
