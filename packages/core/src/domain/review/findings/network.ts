import { Decimal, sum, ZERO } from "../../units/decimal.ts";
import type { CostRow } from "../cost-row.ts";
import { rowsCost } from "../cost-row.ts";
import {
  amountText,
  type Claim,
  type FindingContext,
  type FindingDraft,
  quantityText,
  savingOf,
} from "./finding-draft.ts";

/** Interface endpoints that tasks need to start: ecr.api, ecr.dkr, logs. Image layers come over a free one for s3. */
const STARTUP_ENDPOINTS = 3;

const NAT_BYTES = new Set(["nat.gb", "nat.regional.gb"]);
const NAT_HOURS = new Set(["nat.hour", "nat.regional.hour"]);

/** Rows by account and region. */
const byPlace = (rows: readonly CostRow[]): ReadonlyMap<string, readonly CostRow[]> => {
  const places = new Map<string, CostRow[]>();
  for (const row of rows) {
    const key = row.account ? `${row.account} ${row.region ?? ""}` : (row.region ?? "");
    const known = places.get(key);
    if (known === undefined) places.set(key, [row]);
    else known.push(row);
  }
  return places;
};

const withDimension = (rows: readonly CostRow[], keys: ReadonlySet<string>): readonly CostRow[] =>
  rows.filter(({ dimension }) => dimension !== null && keys.has(dimension));

/**
 * GB through NAT gateways that endpoints could carry, by account and region. No bill tells where the bytes go, so
 * `shareToAws` of them is assumed to go to services of AWS: through interface endpoints in as many zones as there are
 * gateways, and a free one for s3.
 */
export const natFindings = (context: FindingContext, shareToAws: Decimal): readonly FindingDraft[] =>
  [...byPlace(context.scene.rows.current)].flatMap(([subject, rows]) => {
    const bytes = withDimension(rows, NAT_BYTES);
    const cost = rowsCost(bytes);
    const gb = sum(bytes.map(({ quantity }) => quantity));
    if (!cost.greaterThan(0) || !gb.greaterThan(0)) return [];
    return endpointFinding(subject, rows, bytes, { gb, cost }, context, shareToAws);
  });

const endpointFinding = (
  subject: string,
  rows: readonly CostRow[],
  bytes: readonly CostRow[],
  { gb, cost }: { readonly gb: Decimal; readonly cost: Decimal },
  { scene, rateOf, scale }: FindingContext,
  shareToAws: Decimal,
): readonly FindingDraft[] => {
  const region = bytes[0]?.region ?? "";
  const [hour, endpointGb] = ["vpce.interface_hour", "vpce.interface_gb"].map((key) => rateOf(region, key));
  const base = {
    code: "nat-or-endpoints",
    subject,
    effort: "medium",
    confidence: "low",
    action: "Add a gateway endpoint for s3 (free), and interface endpoints for what else the tasks call.",
  } as const;
  const seen = `${quantityText(gb)} GB through NAT gateways cost ${amountText(cost, { scene })} in the days seen`;
  if (hour === undefined || endpointGb === undefined) {
    return [
      { ...base, monthlySaving: null, detail: `${seen}; prices of endpoints in ${region} are not given.`, claims: [] },
    ];
  }
  const zones = zonesOf(rows, scene.period.days);
  const has = rows.some(({ dimension }) => dimension === "vpce.interface_hour");
  const hours = new Decimal(scene.period.days).times(24);
  const fixed = has ? ZERO : hour.times(hours).times(zones * STARTUP_ENDPOINTS);
  const moved = gb.times(shareToAws);
  const most = cost.minus(gb.times(endpointGb)).minus(fixed);
  const saving = cost.times(shareToAws).minus(moved.times(endpointGb)).minus(fixed);
  if (!saving.greaterThan(0)) return [];
  const percent = shareToAws.times(100).toFixed();
  const claims = bytes.map((row): Claim => ({ row, saving: row.cost.times(saving).div(cost).toDecimalPlaces(12) }));
  const detail =
    `${seen}. If ${percent} % of them go to services of AWS, endpoints in ${zones} zones save this much; ` +
    `if all did, ${amountText(most.times(scale), { scene })} a month; if none, nothing.`;
  return [{ ...base, monthlySaving: savingOf(claims, scale), detail, claims }];
};

/** Gateways on average over the hours seen; at least one. */
const zonesOf = (rows: readonly CostRow[], days: number): number => {
  const hours = sum(withDimension(rows, NAT_HOURS).map(({ quantity }) => quantity));
  return Math.max(
    1,
    hours
      .div(days * 24)
      .toDecimalPlaces(0)
      .toNumber(),
  );
};

/** Public addresses that nothing uses, and what those in use cost, by account and region. */
export const addressFindings = ({ scene, scale }: FindingContext): readonly FindingDraft[] =>
  [...byPlace(scene.rows.current)].flatMap(([subject, rows]) => {
    const addresses = rows.filter(({ service }) => service === "AmazonVPC");
    const idle = addresses.filter(({ usageType }) => usageType.endsWith("PublicIPv4:IdleAddress"));
    const used = addresses.filter(({ dimension }) => dimension === "ipv4.hour");
    return [...idleAddresses(subject, idle, { scene, scale }), ...usedAddresses(subject, used, scene)];
  });

const idleAddresses = (
  subject: string,
  rows: readonly CostRow[],
  { scene, scale }: Pick<FindingContext, "scene" | "scale">,
): readonly FindingDraft[] => {
  const claims = rows.map((row): Claim => ({ row, saving: row.cost }));
  if (!rowsCost(rows).greaterThan(0)) return [];
  return [
    {
      code: "idle-public-addresses",
      subject,
      effort: "low",
      confidence: "high",
      monthlySaving: savingOf(claims, scale),
      detail: `Public IPv4 addresses that nothing uses cost ${amountText(rowsCost(rows), { scene })} in the days seen.`,
      action: "Release the addresses.",
      claims,
    },
  ];
};

const usedAddresses = (
  subject: string,
  rows: readonly CostRow[],
  scene: FindingContext["scene"],
): readonly FindingDraft[] => {
  const cost = rowsCost(rows);
  if (!cost.greaterThan(0)) return [];
  const count = sum(rows.map(({ quantity }) => quantity)).div(scene.period.days * 24);
  return [
    {
      code: "public-addresses",
      subject,
      effort: "medium",
      confidence: "low",
      monthlySaving: null,
      detail:
        `About ${quantityText(count)} public IPv4 addresses cost ${amountText(cost, { scene })} in the days seen. What taking them off ` +
        "tasks saves depends on what carries their traffic instead: endpoints, NAT gateways or IPv6.",
      action:
        "Set assignPublicIp to DISABLED where endpoints or NAT gateways that are there anyway can carry the traffic.",
      claims: [],
    },
  ];
};
