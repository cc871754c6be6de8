import { join } from "node:path";
import type { BillCacheOptions, BillRequest, BillSource, Observer } from "@ecs-cost/core/aws";
import { cacheFolder } from "../aws/folders.ts";
import { accountInUse } from "../aws/point-folder.ts";
import { openSession, regionsToRead, type Session } from "../aws/session.ts";
import type { AthenaBillPlace, BillPlace } from "./bill-place.ts";
import type { BillQuestion } from "./bill-question.ts";

/** A live place: anything but files. */
export type LivePlace = Exclude<BillPlace, { readonly kind: "files" }>;

/** A live source of the bill, perhaps with what was kept of it. */
interface LiveBill {
  readonly source: BillSource;
  readonly core: Session["core"];
  /** Whether a reading is kept that is still good, so that nothing will be asked. */
  readonly isKept: (request: BillRequest) => boolean;
}

/** Athena in the region that is named or configured. */
export const athenaPlaceOf = async (
  place: AthenaBillPlace,
  { region, profile, workgroup, outputLocation }: BillQuestion,
) => {
  const [first] = await regionsToRead(region === undefined ? [] : [region], profile);
  return {
    ...{ region: first, database: place.database, table: place.table },
    ...(workgroup === undefined ? {} : { workgroup }),
    ...(outputLocation === undefined ? {} : { outputLocation }),
  };
};

const sourceOf = async ({ core, aws }: Session, place: LivePlace, question: BillQuestion) => {
  if (place.kind === "cost-explorer") return { source: core.costExplorerBill(aws), name: "cost-explorer" };
  const athena = await athenaPlaceOf(place, question);
  return { source: core.athenaBill(aws, athena), name: JSON.stringify(athena) };
};

/** Cost Explorer is asked in one region whatever the account's is; any does to find the account. */
const HOME = "us-east-1";

/** Opens a live source of the bill; nothing is sent yet. */
export const liveBill = async (place: LivePlace, question: BillQuestion, observe: Observer): Promise<LiveBill> => {
  const session = await openSession(question.profile, observe);
  const { core } = session;
  const { source, name } = await sourceOf(session, place, question);
  if (!question.cache) return { source, core, isKept: () => false };
  const options: BillCacheOptions = {
    folder: join(cacheFolder(question.cacheDir), "bills"),
    source: name,
    identity: (await accountInUse(session, HOME, "ecs")) ?? question.profile ?? "",
  };
  return { source: core.cachedBill(source, options), core, isKept: (request) => core.hasCachedBill(options, request) };
};
