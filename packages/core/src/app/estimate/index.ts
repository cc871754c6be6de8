/**
 * What a program needs that starts often and only estimates: a part of the main entry point that loads a third fewer
 * modules.
 */
export { BorderError, isBorderError, placeText } from "../../domain/issues/border-error.ts";
export { currencyOf } from "../../domain/pricing/book.ts";
export { discountedCatalogue } from "../../domain/pricing/discount/discounted-catalogue.ts";
export { discountServices, isKnownService } from "../../domain/pricing/discount/known-service.ts";
export { nearestKeys } from "../../domain/pricing/nearest-keys.ts";
export { parsePriceKey } from "../../domain/pricing/parsed-key.ts";
export { EMPTY_RATE_CARD } from "../../domain/pricing/rate-card.ts";
export { createCatalogue } from "../../domain/pricing/rates/catalogue.ts";
export { joinEstimates } from "../../domain/report/join-regions.ts";
export { Decimal } from "../../domain/units/decimal.ts";
export { allocateShared } from "./allocate-shared.ts";
export { estimate } from "./estimate.ts";
export { explainResources } from "./explain-resources.ts";
