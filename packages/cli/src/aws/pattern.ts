const escaped = (text: string): string => text.replace(/[.+^${}()|[\]\\]/g, "\\$&");

const patternOf = (text: string): RegExp =>
  new RegExp(`^${escaped(text).replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");

/** Whether a name is one of these, in which `*` and `?` stand for any characters. */
export const matches = (patterns: readonly string[]): ((name: string) => boolean) => {
  const all = patterns.map(patternOf);
  return (name) => all.some((pattern) => pattern.test(name));
};
