import { join } from "node:path";
import type { RegionBook } from "@ecs-cost/core";
import type { Observer } from "@ecs-cost/core/aws";
import type { BookProvenance, RefreshedBook, RefreshPart } from "@ecs-cost/core/price-list";
import { openSession, type Session } from "../aws/session.ts";
import { bookOfSnapshot } from "./open-catalogue.ts";

/** What a refresh is asked to read, and how. */
export interface RefreshRequest {
  readonly source: BookProvenance["source"];
  /** Folder of the books. */
  readonly folder: string;
  readonly priceListUrl?: string;
  readonly profile?: string;
  readonly savingsPlans: boolean;
  readonly spot: boolean;
  readonly fargateSpotFeed: boolean;
  readonly observe: Observer;
}

/** Reads the prices of a region over the book in use, which may be none. */
export type PriceReader = (
  region: string,
  before: RegionBook | undefined,
) => Promise<RefreshedBook & Pick<BookProvenance, "versions">>;

/** Opened for the first region that needs it: reading public files alone asks for no credentials. */
const sessions = ({ profile, observe }: RefreshRequest): (() => Promise<Session>) => {
  let session: Promise<Session> | undefined;
  return () => {
    session ??= openSession(profile, observe);
    return session;
  };
};

const apiReader = (request: RefreshRequest): PriceReader => {
  const session = sessions(request);
  return async (region, before) => {
    const { core, aws } = await session();
    const { savingsPlans, spot, fargateSpotFeed } = request;
    const refreshed = await core.refreshPrices(aws, before ?? bookOfSnapshot(region), {
      ...{ savingsPlans, spot },
      fargateSpotFeed: fargateSpotFeed ? core.FARGATE_SPOT_FEED : false,
    });
    return { ...refreshed, versions: [] };
  };
};

/** Spot is not in the price list: it takes AWS's API or its feed, where they are asked for. */
const spotParts = async (
  request: RefreshRequest,
  session: () => Promise<Session>,
): Promise<(book: RegionBook) => readonly RefreshPart[]> => {
  if (!request.spot && !request.fargateSpotFeed) return () => [];
  const { core, aws } = await session();
  return (book) => core.spotParts(aws, book, request);
};

const publicReader = (request: RefreshRequest): PriceReader => {
  const session = sessions(request);
  return async (region, before) => {
    const { folderStore, openPublicPriceList, refreshFromList } = await import("@ecs-cost/core/price-list");
    const { folder, priceListUrl, savingsPlans, observe } = request;
    const store = folderStore(join(folder, "offers"));
    const { list, close } = await openPublicPriceList({ region, url: priceListUrl, store, observe });
    try {
      const others = await spotParts(request, session);
      return await refreshFromList(list, region, before, { savingsPlans, others });
    } finally {
      await close();
    }
  };
};

/** Where prices are read from, as the request says. */
export const priceReader = (request: RefreshRequest): PriceReader =>
  request.source === "api" ? apiReader(request) : publicReader(request);
