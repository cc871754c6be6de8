import type { ReviewReport } from "@ecs-cost/core";
import { reviewDigest } from "./digest.ts";

/** Block Kit takes 3,000 characters in a section, 150 in a header and 50 blocks. */
const LONGEST_SECTION = 2900;
const LONGEST_HEADER = 150;

const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

/** Signs that Slack reads as its own. */
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const section = (text: string) => ({
  type: "section",
  text: { type: "mrkdwn", text: cut(text, LONGEST_SECTION) },
});

const list = (heading: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : [section(`*${heading}*\n${lines.map((line) => `• ${escaped(line)}`).join("\n")}`)];

/** A review as a message of Slack: Block Kit, with a text for notifications. */
export const slackMessage = (report: ReviewReport): object => {
  const { title, lines, budgets, actions, saving, open } = reviewDigest(report);
  return {
    text: cut(escaped(title), LONGEST_SECTION),
    blocks: [
      { type: "header", text: { type: "plain_text", text: cut(title, LONGEST_HEADER), emoji: false } },
      section(lines.map(escaped).join("\n")),
      ...list("Budgets", budgets),
      ...list("What to do first", actions),
      ...(saving === "" ? [] : [section(escaped(saving))]),
      ...list("Incomplete", open.slice(0, 3)),
    ],
  };
};
