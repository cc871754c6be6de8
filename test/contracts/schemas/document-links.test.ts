import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const DOCUMENTS = globSync(["*.md", "{docs,examples}/**/*.md", "packages/*/*.md"], { cwd: ROOT }).sort();

const proseOf = (document: string): string =>
  readFileSync(join(ROOT, document), "utf8").replaceAll(/^ *```[\s\S]*?^ *```/gm, "");

const anchorOf = (heading: string): string =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_\- ]/gu, "")
    .replaceAll(" ", "-");

const anchorsOf = (document: string): readonly string[] =>
  [...proseOf(document).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => anchorOf(heading));

const isBroken = (document: string, link: string): boolean => {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? document : normalize(join(dirname(document), path));
  if (!existsSync(join(ROOT, target))) return true;
  return anchor !== undefined && target.endsWith(".md") && !anchorsOf(target).includes(anchor);
};

const linksOf = (document: string): readonly string[] =>
  [...proseOf(document).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = ""]) => link)
    .filter((link) => !/^[a-z]+:/.test(link));

describe("links between documents", () => {
  it("finds documents and links to check", () => {
    expect(DOCUMENTS).toContain("README.md");
    expect(linksOf("README.md").length).toBeGreaterThan(10);
  });

  it.each(DOCUMENTS)("lead to a file and a heading that exist in %s", (document) => {
    expect(linksOf(document).filter((link) => isBroken(document, link))).toEqual([]);
  });

  it("lead from the README to every page of docs", () => {
    const linked = linksOf("README.md").map((link) => link.split("#")[0]);
    expect(globSync("docs/*.md", { cwd: ROOT }).filter((page) => !linked.includes(page))).toEqual([]);
  });
});
