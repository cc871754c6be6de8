import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface ManifestFlag {
  readonly name: string;
  readonly type: "boolean" | "option";
  readonly char?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly options?: readonly string[];
  readonly allowNo?: boolean;
  readonly hidden?: boolean;
}

export interface ManifestCommand {
  /** Words joined by colons: `capacity:split`. */
  readonly id: string;
  readonly summary?: string;
  readonly hidden?: boolean;
  readonly flags: Readonly<Record<string, ManifestFlag>>;
  readonly args: Readonly<Record<string, { readonly name: string; readonly options?: readonly string[] }>>;
}

/** Every command as the build wrote it down; an empty list where nothing was built. */
export const readCommands = (): readonly ManifestCommand[] => {
  try {
    const text = readFileSync(fileURLToPath(new URL("../../oclif.manifest.json", import.meta.url)), "utf8");
    const { commands } = JSON.parse(text) as { commands: Record<string, ManifestCommand> };
    return Object.values(commands).filter((command) => command.hidden !== true);
  } catch {
    return [];
  }
};

/** The command that an argument list names, by its longest id. */
export const commandOf = (argv: readonly string[], commands: readonly ManifestCommand[]): ManifestCommand | undefined =>
  commands
    .filter(({ id }) => id.split(":").every((word, index) => argv[index] === word))
    .sort((a, b) => b.id.length - a.id.length)[0];
