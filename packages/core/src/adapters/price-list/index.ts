export type { RefusedPrice } from "./book/found-prices.ts";
export type { ListVersion } from "./book/list-version.ts";
export type { PriceChange } from "./book/merge-book.ts";
export {
  type BookProvenance,
  loadBook,
  loadProvenance,
  type SavedBook,
  saveBook,
  savedPrices,
} from "./book/saved-book.ts";
export { folderStore, type ListStore, memoryStore } from "./public/list-store.ts";
export {
  type OpenPriceList,
  openPublicPriceList,
  type PublicPriceList,
  type PublicPriceListOptions,
} from "./public/public-price-list.ts";
export type { RefreshedBook, RefreshPart } from "./refresh/refresh-book.ts";
export { type ListRefreshedBook, type ListRefreshOptions, refreshFromList } from "./refresh/refresh-from-list.ts";
