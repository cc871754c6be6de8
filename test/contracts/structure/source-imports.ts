import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** One import of a source file by another, as paths from the root. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

const SPECIFIER = /(?:\bfrom|\bimport)\s*\(?\s*["'](?<path>\.{1,2}\/[^"']*)["']/g;

/** The relative imports, types included, of every source file of the packages; tests left out. */
export const sourceImports = (): readonly Import[] =>
  globSync("packages/*/src/**/*.ts", { cwd: ROOT })
    .filter((file) => !file.endsWith(".test.ts"))
    .flatMap((file) =>
      [...readFileSync(join(ROOT, file), "utf8").matchAll(SPECIFIER)].map(({ groups }) => ({
        from: file,
        to: normalize(join(dirname(file), groups?.["path"] ?? "")),
      })),
    );

/** A folder of one file, or the child of `parent` that it is in; undefined outside of it. */
export const childOf = (parent: string, file: string): string | undefined => {
  const path = relative(parent, file);
  if (path.startsWith("..")) return undefined;
  const [first = "", ...rest] = path.split("/");
  return rest.length === 0 ? "." : first;
};

/** Pairs of rooms that import each other, each with an import either way. */
export const mutualPairs = (
  imports: readonly Import[],
  roomOf: (file: string) => string | undefined,
): readonly string[] => {
  const arrows = new Map<string, Import>();
  for (const arrow of imports) {
    const from = roomOf(arrow.from);
    const to = roomOf(arrow.to);
    if (from !== undefined && to !== undefined && from !== to) arrows.set(`${from} ${to}`, arrow);
  }
  return [...arrows].flatMap(([key, { from, to }]) => {
    const [a = "", b = ""] = key.split(" ");
    const back = arrows.get(`${b} ${a}`);
    return a < b && back !== undefined
      ? [`${a} and ${b}: ${from} imports ${to}, and ${back.from} imports ${back.to}`]
      : [];
  });
};
