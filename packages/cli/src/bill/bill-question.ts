import type { BillRequest } from "@ecs-cost/core/aws";
import { monthPlus } from "../flags/review-flags.ts";
import type { BillPlace } from "./bill-place.ts";

/** Which bill is read, of which months, and how. */
export interface BillQuestion {
  readonly place: BillPlace;
  readonly month: string;
  readonly tagKeys: readonly string[];
  readonly profile: string | undefined;
  readonly region: string | undefined;
  readonly workgroup: string | undefined;
  readonly outputLocation: string | undefined;
  readonly cache: boolean;
  readonly cacheDir: string | undefined;
  readonly leaveOutBroken: boolean;
  /** Bytes that a part unpacks to, and of a line, at most. */
  readonly limits: { readonly unpacked: number; readonly line: number };
  readonly costs: "net" | "gross";
  readonly currency?: string;
  /** Names of resources that workload files tie to services. */
  readonly ecsResources?: NonNullable<BillRequest["ecsResources"]>;
  readonly quiet: boolean;
}

/** Months before the one that is reviewed whose totals are told, where reading them costs nothing. */
const HISTORY_MONTHS = 24;

/** The month, the one before, and the one after as far as it has come, for the forecast. */
export const requestOf = ({ month, tagKeys, place, costs, currency, ecsResources }: BillQuestion): BillRequest => ({
  ...(costs === "gross" ? { costs } : {}),
  ...(currency === undefined ? {} : { currency }),
  ...(ecsResources === undefined ? {} : { ecsResources }),
  ...(place.kind === "files" ? { historyFrom: `${monthPlus(month, -HISTORY_MONTHS)}-01` } : {}),
  from: `${monthPlus(month, -1)}-01`,
  to: `${monthPlus(month, 2)}-01`,
  tagKeys,
});
