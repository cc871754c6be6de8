import type { ReviewReport } from "@ecs-cost/core";
import { safeText } from "../../document/safe-text.ts";
import { reviewDigest } from "./digest.ts";

const WIDTH = 76;

const wrapped = (text: string, indent = ""): readonly string[] => {
  const lines: string[] = [];
  let line = indent;
  for (const word of safeText(text).split(" ")) {
    if (line.trim() !== "" && line.length + word.length + 1 > WIDTH) {
      lines.push(line.trimEnd());
      line = " ".repeat(indent.length);
    }
    line += `${line.trim() === "" || line.endsWith(" ") ? "" : " "}${word}`;
  }
  return [...lines, line.trimEnd()];
};

const list = (heading: string, items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : ["", heading, ...items.flatMap((item) => wrapped(item, "- "))];

/** A review as plain text for a mail: the first line is its subject. */
export function* mailText(report: ReviewReport): Generator<string> {
  const { title, lines, budgets, actions, saving, open } = reviewDigest(report);
  const text = [
    safeText(title),
    "",
    ...lines.flatMap((line) => wrapped(line)),
    ...list("Budgets", budgets),
    ...list("What to do first", actions),
    ...(saving === "" ? [] : ["", ...wrapped(saving)]),
    ...list("Incomplete", open),
  ];
  yield `${text.join("\n")}\n`;
}
