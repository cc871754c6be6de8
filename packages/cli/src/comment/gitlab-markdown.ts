const FENCE = /^\s*(?:```|~~~)/;
const SUMMARY = /^<details>/;

/** Amounts as text: GitLab takes `$5` for a snippet and `$x$` for a formula. Code and HTML know no such escape. */
export const escapeDollars = (markdown: string): string => {
  let code = false;
  return markdown
    .split("\n")
    .map((line) => {
      if (FENCE.test(line)) code = !code;
      if (code) return line;
      return SUMMARY.test(line) ? line.replaceAll("$", "&#36;") : line.replaceAll("$", "\\$");
    })
    .join("\n");
};

/** A line that begins with `/close` or the like would be done by GitLab, with the rights of the token. */
export const disarmQuickActions = (markdown: string): string =>
  markdown.replace(/^(?<space>[^\S\n]*)\/(?=\p{L})/gmu, "$<space>\u200b/");
