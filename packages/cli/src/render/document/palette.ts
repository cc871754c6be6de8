import { styleText } from "node:util";
import type { Tone } from "./document.ts";

/** Dresses a text in the colours of its tone. */
export type Palette = (text: string, tone: Tone) => string;

const FORMATS = { strong: "bold", good: "green", bad: "red", faint: "dim" } as const;

export const plain: Palette = (text) => text;

export const coloured: Palette = (text, tone) =>
  tone === "plain" || text === "" ? text : styleText(FORMATS[tone], text, { validateStream: false });
