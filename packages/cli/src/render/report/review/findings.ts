import type { ReviewFinding, ReviewReport } from "@ecs-cost/core";
import type { Block, Cell, LinesBlock } from "../../document/document.ts";
import { counted } from "../../document/figures.ts";
import type { Money } from "../../document/money.ts";
import type { Detail } from "../shared/report-parts.ts";

const SHORT_LIST = 10;

/** What to do, the largest saving first; what each rests on where all is asked for. */
export const findingsBlocks = (report: ReviewReport, money: Money, { verbose }: Detail): readonly Block[] => {
  const { findings, findingsSaving, lowConfidenceSaving } = report;
  if (findings.length === 0) return [];
  const shown = verbose ? findings : findings.slice(0, SHORT_LIST);
  const left = findings.length - shown.length;
  const list: LinesBlock = {
    kind: "lines",
    heading: "What to do first",
    bullets: true,
    lines: shown.map((finding) => findingLine(finding, money, verbose)),
  };
  const rest = left === 0 ? "" : ` ${counted(left, "more finding")}: see --verbose or --json.`;
  const sum: Cell = {
    text: `Together ${money.plain(findingsSaving)} a month that is at least medium sure${
      lowConfidenceSaving.isZero() ? "" : `, and ${money.plain(lowConfidenceSaving)} that is not`
    }; what overlaps counted once.${rest}`,
    tone: "strong",
  };
  return [list, { kind: "lines", lines: [sum] }];
};

const findingLine = (finding: ReviewFinding, money: Money, verbose: boolean): string => {
  const { subject, action, detail, code, effort, confidence, monthlySaving, additionalSaving } = finding;
  const saves = monthlySaving === null ? "Saving unknown" : money.plain(monthlySaving);
  const overlaps = monthlySaving !== null && additionalSaving !== null && !additionalSaving.equals(monthlySaving);
  const adds = overlaps ? `; ${money.plain(additionalSaving)} beside those above` : "";
  const why = verbose ? ` ${code}: ${detail}` : "";
  const { owner, state = "open" } = finding;
  const whose = `${owner ? `${owner}; ` : ""}${state === "open" ? "" : `${state}; `}`;
  return `${saves}: ${subject}: ${action} (${whose}${effort} effort, ${confidence} confidence${adds})${why}`;
};
