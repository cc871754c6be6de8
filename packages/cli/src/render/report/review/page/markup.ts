import { htmlText } from "../../../document/html-text.ts";

/** Markup that is safe to stand in a page. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | readonly Part[];

const drawn = (part: Part): string => {
  if (typeof part === "string" || typeof part === "number") return htmlText(String(part));
  return "markup" in part ? part.markup : part.map(drawn).join("");
};

/** Markup of a template whose values are text, unless they are markup themselves: no name becomes an element. */
export const html = (fixed: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: fixed.reduce((page, text, at) => `${page}${drawn(parts[at - 1] ?? "")}${text}`),
});

export const NOTHING: Markup = { markup: "" };

/** Markup that the program itself holds: its style and its script. */
export const verbatim = (markup: string): Markup => ({ markup });
