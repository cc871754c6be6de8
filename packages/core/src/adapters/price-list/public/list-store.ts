import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { writeWhole } from "../book/write-whole.ts";

/** Keeps what was read of the price list, so that nothing is read twice. */
export interface ListStore {
  /** What was kept under a name; undefined for nothing and for what is damaged. */
  load(name: string): unknown;
  save(name: string, value: unknown): void;
}

/** Rises where what is kept has another shape. */
const FORMAT = 1;

interface Kept {
  readonly format: number;
  readonly value: unknown;
}

/** A store in a folder; names are paths below it. */
export const folderStore = (folder: string): ListStore => {
  const fileOf = (name: string): string => join(folder, `${name}.json.gz`);
  return {
    load: (name) => {
      const file = fileOf(name);
      if (!existsSync(file)) return undefined;
      try {
        const kept = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as Kept;
        return kept.format === FORMAT ? kept.value : undefined;
      } catch {
        rmSync(file, { force: true });
        return undefined;
      }
    },
    save: (name, value) => {
      const file = fileOf(name);
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeWhole(file, gzipSync(JSON.stringify({ format: FORMAT, value } satisfies Kept)));
    },
  };
};

/** A store that forgets. */
export const memoryStore = (): ListStore => {
  const kept = new Map<string, unknown>();
  return { load: (name) => kept.get(name), save: (name, value) => void kept.set(name, value) };
};
