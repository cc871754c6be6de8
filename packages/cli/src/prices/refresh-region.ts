import type { Issue, RegionBook } from "@ecs-cost/core";
import type { RefreshedBook, RefreshOptions } from "@ecs-cost/core/aws";
import { isBorderError } from "@ecs-cost/core/estimate";
import { loadRegion } from "@ecs-cost/pricing-data";
import { saveNotes } from "../aws/live-books.ts";
import type { Session } from "../aws/session.ts";
import { bookOfSnapshot } from "./open-catalogue.ts";

/** What a refresh did to the prices of one region. */
export interface RefreshedRegion extends Omit<RefreshedBook, "book"> {
  readonly region: string;
  /** Date of the newest price. */
  readonly asOf: string;
  readonly file: string;
  /** The book that was in use before; undefined where there was none. */
  readonly previous?: string;
}

const newest = ({ origins }: RegionBook): string =>
  origins.reduce((latest, { asOf }) => (asOf !== "undated" && asOf > latest ? asOf : latest), "");

/** A saved book that is damaged is replaced, not mended. */
const savedBook = ({ core }: Session, folder: string, region: string): RegionBook | undefined => {
  try {
    return core.loadBook(folder, region);
  } catch (error) {
    if (isBorderError(error) && error.code === "invalid-price-book") return undefined;
    throw error;
  }
};

/** The book that prices are read over: the newer of the one that was saved and the one that ships. */
const bookInUse = (session: Session, folder: string, region: string): RegionBook => {
  const saved = savedBook(session, folder, region);
  const shipped = loadRegion(region);
  if (saved === undefined) return bookOfSnapshot(region);
  return shipped.found && newest(shipped.book) > newest(saved) ? shipped.book : saved;
};

const MOST_NAMED = 3;

/** What later reports have to tell about prices that are not live ones. */
const notesOf = (region: string, { refused, issues }: RefreshedBook, leftOut: readonly string[]): readonly Issue[] => {
  const named = refused.slice(0, MOST_NAMED).map(({ key }) => key);
  const more = refused.length > MOST_NAMED ? " and others" : "";
  const note = (detail: string): Issue => ({ code: "not-read", severity: "info", subject: region, detail });
  return [
    ...issues,
    ...(refused.length === 0
      ? []
      : [note(`${refused.length} prices could not be read anew and are older: ${named.join(", ")}${more}`)]),
    ...(leftOut.length === 0 ? [] : [note(`Not refreshed, because the refresh left them out: ${leftOut.join(", ")}`)]),
  ];
};

const leftOutBy = ({ savingsPlans, spot, fargateSpotFeed }: RefreshOptions): readonly string[] => [
  ...(savingsPlans === false ? ["Savings Plans rates"] : []),
  ...(spot === false ? ["EC2 Spot prices"] : []),
  ...(fargateSpotFeed === false ? ["Fargate Spot prices"] : []),
];

/** Reads the prices of a region anew and saves them in the folder; the book before is kept. */
export const refreshRegion = async (
  session: Session,
  region: string,
  folder: string,
  options: RefreshOptions,
): Promise<RefreshedRegion> => {
  const { core, aws } = session;
  const refreshed = await core.refreshPrices(aws, bookInUse(session, folder, region), options);
  const { book, ...rest } = refreshed;
  const saved = core.saveBook(folder, book);
  await saveNotes(folder, region, notesOf(region, refreshed, leftOutBy(options)));
  return { region, asOf: newest(book) || "undated", ...saved, ...rest };
};
