import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { parseDocument } from "yaml";
import type { ReviewReport } from "../../../domain/report/review-report.ts";
import type { KeptFinding } from "../../../domain/review/findings/finding-states.ts";

const EMPTY =
  "# What is known of the findings of ecs-cost review: owner, state (open, accepted, done) and why.\nversion: 1\nfindings: []\n";

const entryOf = ({ id, monthlySaving }: ReviewReport["findings"][number], month: string) => ({
  id,
  firstSeen: month,
  state: "open",
  ...(monthlySaving === null ? {} : { promised: monthlySaving.toFixed() }),
});

/** Adds findings that the file does not hold yet; what people wrote, comments among it, stays. */
export const keepFindings = (file: string, kept: readonly KeptFinding[], report: ReviewReport): number => {
  const known = new Set(kept.map(({ id }) => id));
  const added = report.findings.filter(({ id }) => !known.has(id));
  if (added.length === 0) return 0;
  const document = parseDocument(existsSync(file) ? readFileSync(file, "utf8") : EMPTY);
  for (const finding of added) document.addIn(["findings"], document.createNode(entryOf(finding, report.month)));
  const list = document.get("findings");
  if (list !== null && typeof list === "object" && "flow" in list) list.flow = false;
  writeFileSync(`${file}.new`, document.toString({ lineWidth: 0 }));
  renameSync(`${file}.new`, file);
  return added.length;
};
