/** Turns the facts of `facts/` into the files of `data/`: `pnpm build-prices`. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bookFiles, readFacts } from "./book-files.ts";

const DATA = join(import.meta.dirname, "..", "data");

const files = bookFiles(readFacts(join(import.meta.dirname, "..", "facts")));
mkdirSync(DATA, { recursive: true });
for (const file of readdirSync(DATA)) if (!files.has(file)) rmSync(join(DATA, file));
for (const [file, text] of files) writeFileSync(join(DATA, file), text);
process.stderr.write(`${files.size} files in ${DATA}\n`);
