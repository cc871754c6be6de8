import type { FindingCheck, ReviewFinding } from "../../report/review-report.ts";
import { Decimal, ZERO } from "../../units/decimal.ts";

/** What people said of a finding, as a file keeps it. */
export interface KeptFinding {
  readonly id: string;
  /** `YYYY-MM`. */
  readonly firstSeen: string;
  readonly owner?: string;
  readonly state: "open" | "accepted" | "done";
  /** Last day on which it is accepted, ISO date; no end unless given. */
  readonly until?: string;
  /** Month since which it is done, `YYYY-MM`. */
  readonly doneIn?: string;
  /** Saving a month that was promised when it was told first. */
  readonly promised?: string;
}

export interface StatedFindings {
  readonly findings: readonly ReviewFinding[];
  readonly checks: readonly FindingCheck[];
  /** What the file should hold now, by id. */
  readonly kept: readonly KeptFinding[];
}

/** Puts findings beside what is known of them: since when, whose, in which state, and whether those that are done have saved. */
export const statedFindings = (
  findings: readonly ReviewFinding[],
  kept: readonly KeptFinding[],
  { month, lastDay }: { readonly month: string; readonly lastDay: string },
): StatedFindings => {
  const known = new Map(kept.map((each) => [each.id, each]));
  const found = new Map(findings.map((each) => [each.id, each]));
  const stated = findings.map((finding): ReviewFinding => {
    const before = known.get(finding.id);
    return {
      ...finding,
      firstSeen: before?.firstSeen ?? month,
      owner: before?.owner ?? null,
      state: before === undefined ? "open" : stateOf(before, lastDay),
    };
  });
  return {
    findings: stated,
    checks: kept.flatMap((each) => checkOf(each, found.get(each.id), month)),
    kept: [...kept, ...findings.flatMap((finding) => (known.has(finding.id) ? [] : [newlyKept(finding, month)]))].sort(
      (a, b) => (a.id < b.id ? -1 : 1),
    ),
  };
};

const stateOf = ({ state, until }: KeptFinding, lastDay: string): KeptFinding["state"] =>
  state === "accepted" && until !== undefined && until < lastDay ? "open" : state;

const newlyKept = ({ id, monthlySaving }: ReviewFinding, month: string): KeptFinding => ({
  id,
  firstSeen: month,
  state: "open",
  ...(monthlySaving === null ? {} : { promised: monthlySaving.toFixed() }),
});

/** Share of a promise that months differ by without anything having been done. */
const NOISE = "0.1";

const verdictOf = (
  finding: ReviewFinding | undefined,
  promised: Decimal | null,
  saved: Decimal | null,
): FindingCheck["verdict"] => {
  if (finding === undefined) return "saved";
  if (promised === null || saved === null || saved.lessThan(promised.times(NOISE))) return "not-saved";
  return promised.minus(saved).lessThan(promised.times(NOISE)) ? "saved" : "partly";
};

/** What is done should be gone from the bill of a later month: what of it is left was not saved. */
const checkOf = (
  { id, state, doneIn, promised }: KeptFinding,
  finding: ReviewFinding | undefined,
  month: string,
): readonly FindingCheck[] => {
  if (state !== "done" || (doneIn !== undefined && doneIn >= month)) return [];
  const meant = promised === undefined ? null : new Decimal(promised);
  const left = finding === undefined ? ZERO : finding.monthlySaving;
  const saved = meant === null || left === null ? null : Decimal.max(ZERO, meant.minus(left));
  return [{ id, promised: meant, left, saved, verdict: verdictOf(finding, meant, saved) }];
};
