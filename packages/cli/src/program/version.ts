import { readFileSync } from "node:fs";

/** Version of the program, as its package names it. */
export const programVersion = (): string => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return String(version);
};
