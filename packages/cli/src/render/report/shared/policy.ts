import type { PolicyVerdict } from "../../../policy/judge-policy.ts";
import type { Block, Cell } from "../../document/document.ts";
import { counted } from "../../document/figures.ts";

const TONES = { error: "bad", warning: "strong", info: "plain" } as const;
const SHORT_LIST = 20;

/** Where a report breaks its policy, the gravest first; nothing where there is no policy. */
export const policyBlocks = (verdict: PolicyVerdict | undefined, verbose: boolean): readonly Block[] => {
  if (verdict === undefined) return [];
  const lines = verdict.results.map(policyLine);
  const left = verbose ? 0 : Math.max(0, lines.length - SHORT_LIST);
  const rest: Cell[] =
    left === 0 ? [] : [{ text: `${counted(left, "more result")}: see --verbose or --json`, tone: "faint" }];
  const kept: Cell = { text: `${counted(verdict.rules.length, "rule")} of ${verdict.file} kept.`, tone: "faint" };
  return [
    {
      kind: "lines",
      heading: "Policy",
      bullets: true,
      lines: lines.length === 0 ? [kept] : [...lines.slice(0, lines.length - left), ...rest],
    },
  ];
};

/** `no-big-increase: production/api: message (fargate/linux/x86_64/gb-hour)`. */
export const policyText = ({ rule, subject, lineItem, message, verdict }: PolicyVerdict["results"][number]): string => {
  const line = lineItem === null || message.includes(lineItem) ? "" : ` (${lineItem})`;
  const open = verdict === "undecided" ? "cannot be decided, because a figure is not known: " : "";
  return `${rule}: ${subject}: ${open}${message}${line}`;
};

const policyLine = (result: PolicyVerdict["results"][number]): Cell => ({
  text: `${result.verdict === "undecided" ? "unknown" : result.severity} ${policyText(result)}`,
  tone: result.verdict === "undecided" ? "faint" : TONES[result.severity],
});
