import type { ReviewFinding } from "../../report/review-report.ts";
import { Decimal, ONE, ZERO } from "../../units/decimal.ts";
import type { CostRow } from "../cost-row.ts";
import type { Claim, FindingDraft } from "./finding-draft.ts";

/** What the findings chosen so far leave of a row. */
interface Left {
  /** Parts of their own that are gone. */
  readonly gone: Decimal;
  /** Share of the cost of the rest that is still paid. */
  readonly share: Decimal;
  /** The finding that buys it in another way. */
  readonly buyer: FindingDraft | undefined;
}

interface Waiting {
  readonly draft: FindingDraft;
  /** What it would add now, or would have added earlier: it can only have become less. */
  adds: Decimal;
}

/**
 * Ranks findings by what each adds to those before it: a row that is made smaller by a fifth leaves four fifths to save
 * on, and usage that is bought in another way is not bought in a third. Those that are at least medium sure come first, so that
 * what they add rests on no guess; findings whose saving is not known come last.
 */
export const rankFindings = (drafts: readonly FindingDraft[], scale: Decimal): readonly ReviewFinding[] => {
  const left = new Map<CostRow, Left>();
  const [sure, low] = [drafts.filter(isSure), drafts.filter((draft) => !isSure(draft))];
  const unknown = drafts.filter(({ monthlySaving }) => monthlySaving === null).sort(byName);
  return [
    ...rankInto(left, sure, scale),
    ...rankInto(left, low, scale),
    ...unknown.map((draft) => findingOf(draft, null)),
  ];
};

const isSure = ({ confidence }: FindingDraft): boolean => confidence !== "low";

const rankInto = (
  left: Map<CostRow, Left>,
  drafts: readonly FindingDraft[],
  scale: Decimal,
): readonly ReviewFinding[] => {
  const waiting = drafts
    .filter(({ monthlySaving }) => monthlySaving !== null)
    .map((draft): Waiting => ({ draft, adds: additionalSaving(draft, left, scale) }))
    .sort(byAddition);
  const ranked: ReviewFinding[] = [];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const adds = additionalSaving(next.draft, left, scale);
    const rival = waiting[0];
    if (rival !== undefined && adds.lessThan(next.adds) && byAddition({ ...next, adds }, rival) > 0) {
      next.adds = adds;
      insert(waiting, next);
      continue;
    }
    take(next.draft, left);
    ranked.push(findingOf(next.draft, adds));
  }
  return ranked;
};

const byName = (a: FindingDraft, b: FindingDraft): number =>
  `${a.code}\n${a.subject}` < `${b.code}\n${b.subject}` ? -1 : 1;

const byAddition = (a: Waiting, b: Waiting): number => b.adds.comparedTo(a.adds) || byName(a.draft, b.draft);

const insert = (waiting: Waiting[], each: Waiting): void => {
  const index = waiting.findIndex((other) => byAddition(each, other) < 0);
  waiting.splice(index < 0 ? waiting.length : index, 0, each);
};

const UNTOUCHED: Left = { gone: ZERO, share: ONE, buyer: undefined };

const isSold = ({ purchase }: Claim, draft: FindingDraft, { buyer }: Left): boolean =>
  purchase === true && buyer !== undefined && buyer !== draft;

/** What a claim is worth once the findings before it are followed. */
const worth = ({ row, saving, part }: Claim, { gone, share }: Left): Decimal => {
  const rest = row.cost.minus(gone);
  if (part === true) return Decimal.max(ZERO, Decimal.min(saving, rest)).times(share);
  return gone.isZero() ? saving.times(share) : saving.times(rest).div(row.cost).times(share);
};

const additionalSaving = (draft: FindingDraft, left: ReadonlyMap<CostRow, Left>, scale: Decimal): Decimal => {
  if (draft.claims.length === 0) return draft.monthlySaving ?? ZERO;
  let total = ZERO;
  for (const claim of draft.claims) {
    const of = left.get(claim.row) ?? UNTOUCHED;
    if (!isSold(claim, draft, of)) total = total.plus(worth(claim, of));
  }
  return Decimal.max(ZERO, total).times(scale).toDecimalPlaces(12);
};

const take = (draft: FindingDraft, left: Map<CostRow, Left>): void => {
  for (const claim of draft.claims) {
    const { row, saving, part, purchase } = claim;
    const before = left.get(row) ?? UNTOUCHED;
    if (row.cost.isZero() || isSold(claim, draft, before)) continue;
    left.set(row, {
      gone: part === true ? Decimal.min(row.cost, before.gone.plus(saving)) : before.gone,
      share: part === true ? before.share : before.share.times(ONE.minus(saving.div(row.cost))),
      buyer: purchase === true ? draft : before.buyer,
    });
  }
};

const findingOf = ({ claims, ...finding }: FindingDraft, additionalSaving: Decimal | null): ReviewFinding => {
  const account = onlyOne(claims.map(({ row }) => row.account));
  const region = onlyOne(claims.map(({ row }) => row.region));
  return { id: idOf(finding, account, region), ...finding, account, region, additionalSaving };
};

const onlyOne = (values: readonly (string | null)[]): string | null => {
  const [first = null, ...others] = new Set(values);
  return others.length === 0 ? first : null;
};

/** What a finding is called from month to month: what it is, where, and of what; the month itself is no part of it. */
const idOf = (
  { code, subject }: Pick<FindingDraft, "code" | "subject">,
  account: string | null,
  region: string | null,
): string => {
  const place = [account, region].filter((part) => part !== null && part !== "").join("/");
  const rest = /^\d{4}-\d{2}$/.test(subject) ? "" : withoutPlace(subject, [account ?? "", region ?? ""]);
  return [code, place, rest].filter((part) => part !== "").join(":");
};

const withoutPlace = (subject: string, places: readonly string[]): string =>
  subject
    .split(" ")
    .filter((word) => !places.includes(word))
    .join(" ");
