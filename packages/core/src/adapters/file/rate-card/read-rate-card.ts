import { discountServices, isKnownService } from "../../../domain/pricing/discount/known-service.ts";
import { nearestKeys } from "../../../domain/pricing/nearest-keys.ts";
import { parsePriceKey } from "../../../domain/pricing/parsed-key.ts";
import type { RateCard } from "../../../domain/pricing/rate-card.ts";
import { Decimal } from "../../../domain/units/decimal.ts";
import { quoted, type SchemaProblem, schemaProblems } from "../../../schema/problems.ts";
import { type RateCardFile, rateCardSchema } from "../../../schema/rate-card.ts";
import { refuseProblems } from "../text/checked.ts";
import { readDocument } from "../text/document.ts";
import { readText } from "../text/read-text.ts";

/**
 * Reads a rate card, YAML or JSON; every problem in it is reported at once.
 *
 * @throws {BorderError} with source `user` where it cannot be read or is no rate card.
 */
export const readRateCard = (file: string): RateCard => {
  const document = readDocument(file, readText(file, file));
  document.refuseDuplicateKeys();
  refuseProblems(document, schemaProblems(rateCardSchema, document.data));
  const card = document.data as RateCardFile;
  refuseProblems(document, ruleProblems(card));
  return cardOf(card);
};

const MORE_THAN_ALL = "must be a percentage from 0 to 100";

const ruleProblems = ({ discounts = [], edp = [], rates = [], currency }: RateCardFile): readonly SchemaProblem[] => [
  ...discounts.flatMap(({ percent, service, usageType }, index) => [
    ...percentProblem(percent, ["discounts", index, "percent"]),
    ...(service === undefined && usageType === undefined
      ? [{ path: ["discounts", index], detail: "needs a service or a usageType; edp is for everything" }]
      : []),
    ...(service === undefined || isKnownService(service)
      ? []
      : [{ path: ["discounts", index, "service"], detail: `is no service; known: ${discountServices().join(", ")}` }]),
  ]),
  ...edp.flatMap(({ percent }, index) => percentProblem(percent, ["edp", index, "percent"])),
  ...rates.flatMap(({ key }, index) => keyProblem(key, ["rates", index, "key"])),
  ...(currency !== undefined && new Decimal(currency.perUsd).isZero()
    ? [{ path: ["currency", "perUsd"], detail: "must be a number above 0" }]
    : []),
];

const percentProblem = (percent: string | number, path: SchemaProblem["path"]): readonly SchemaProblem[] =>
  new Decimal(percent).greaterThan(100) ? [{ path, detail: MORE_THAN_ALL }] : [];

const keyProblem = (key: string, path: SchemaProblem["path"]): readonly SchemaProblem[] => {
  if (parsePriceKey(key) !== undefined) return [];
  const [nearest] = nearestKeys(key);
  return [{ path, detail: `is no price key${nearest === undefined ? "" : `; did you mean ${quoted(nearest)}?`}` }];
};

const plain = (value: string | number): string => new Decimal(value).toFixed();

/** zod types a key that is left out as undefined; it never is there then. */
const given = <T extends object>(scope: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  scope as { [K in keyof T]: Exclude<T[K], undefined> };

const cardOf = ({ discounts = [], edp = [], rates = [], currency }: RateCardFile): RateCard => ({
  discounts: discounts.map((each) => ({ ...given(each), percent: plain(each.percent) })),
  edp: edp.map((each) => ({ ...given(each), percent: plain(each.percent) })),
  rates: rates.map((each) => ({ ...given(each), rate: plain(each.rate) })),
  ...(currency === undefined
    ? {}
    : { currency: { currency: currency.code, perUsd: plain(currency.perUsd), asOf: currency.asOf } }),
});
