import type { CostRow } from "../cost-row.ts";

/** Shares of a cost in percent, by team; what is missing to 100 stays without an owner. */
export type TeamShares = Readonly<Record<string, string>>;

/** Whose a cost is where all of these hold; patterns may have `*`. */
export interface OwnerRule {
  readonly account?: string;
  readonly region?: string;
  readonly cluster?: string;
  readonly service?: string;
  /** Values of tags, by key. */
  readonly tags?: Readonly<Record<string, string>>;
  /** One team, or shares. */
  readonly team?: string;
  readonly split?: TeamShares;
}

/** How cost is divided over teams: the first rule that fits, then the first tag that names a team, then the shares of what is left. */
export interface Ownership {
  readonly rules: readonly OwnerRule[];
  /** Keys of tags whose value is the team. */
  readonly tags: readonly string[];
  /** What nobody owns: in proportion to what teams own (`cost`), or in fixed shares; undefined leaves it. */
  readonly shared?: "cost" | TeamShares;
}

/** Keys of tags that the rules look at. */
export const ownershipTags = ({ rules, tags }: Ownership): readonly string[] => [
  ...new Set([...tags, ...rules.flatMap((rule) => Object.keys(rule.tags ?? {}))]),
];

const pattern = (text: string): RegExp =>
  new RegExp(`^${text.replaceAll(/[\\^$.+?()[\]{}|]/g, "\\$&").replaceAll("*", ".*")}$`, "su");

/** Tells the shares of the first rule or tag that a row fits; undefined where none does. */
export const sharesOf = ({ rules, tags }: Ownership): ((row: CostRow) => TeamShares | undefined) => {
  const known = rules.map((rule) => ({ fits: fitting(rule), shares: rule.split ?? { [rule.team ?? ""]: "100" } }));
  return (row) => {
    const rule = known.find(({ fits }) => fits(row));
    if (rule !== undefined) return rule.shares;
    const team = tags.map((key) => row.tags[key] ?? "").find((value) => value !== "");
    return team === undefined ? undefined : { [team]: "100" };
  };
};

const fitting = ({ account, region, cluster, service, tags = {} }: OwnerRule): ((row: CostRow) => boolean) => {
  const tests: ((row: CostRow) => boolean)[] = [];
  const test = (given: string | undefined, read: (row: CostRow) => string | null | undefined): void => {
    if (given === undefined) return;
    const expected = pattern(given);
    tests.push((row) => expected.test(read(row) ?? ""));
  };
  test(account, (row) => row.account);
  test(region, (row) => row.region);
  test(cluster, (row) => row.cluster);
  test(service, (row) => row.ecsService);
  for (const [key, value] of Object.entries(tags)) test(value, (row) => row.tags[key]);
  return (row) => tests.every((holds) => holds(row));
};
