import { Decimal } from "@ecs-cost/core/estimate";

const AMOUNT = /^-?\d{1,40}(?:\.\d{1,200})?$/;

/** Keys of reports whose values are text or were typed by someone, even where they look like a number. */
const TEXT_KEYS: ReadonlySet<string> = new Set(
  [
    "name cluster subject id label title detail description message reason code kind of address file path resource",
    "tags from to key value attribute rule severity lineItem effort method confidence version best strategyId",
    "service services runsOn provider capacityProvider instanceType instanceTypes container containers family revision",
    "dimension usageType unit region currency command source asOf month day date period option",
    "account accountId arn taskDefinition",
  ].flatMap((line) => line.split(" ")),
);

/** A saved report with its decimal strings as decimals; what is not an amount stays as it is. */
export const revive = (value: unknown): unknown => {
  if (typeof value === "string") return AMOUNT.test(value) ? new Decimal(value) : value;
  if (Array.isArray(value)) return value.map(revive);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, reviveKey(key, entry)]));
};

/** A whole report: its hours to the month are text as they were given, those of a break-even point are an amount. */
export const reviveReport = (report: Readonly<Record<string, unknown>>): unknown => {
  const { hoursPerMonth, ...others } = report;
  return { ...(revive(others) as object), ...(hoursPerMonth === undefined ? {} : { hoursPerMonth }) };
};

const reviveKey = (key: string, value: unknown): unknown => {
  if (key === "tags" && isMap(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([tag, entry]) => [tag, isText(entry) ? entry : revive(entry)]),
    );
  }
  return TEXT_KEYS.has(key) && isText(value) ? value : revive(value);
};

const isMap = (value: unknown): value is object => value !== null && typeof value === "object" && !Array.isArray(value);

/** Text, or a list of texts alone. */
const isText = (value: unknown): boolean =>
  typeof value === "string" || (Array.isArray(value) && value.every((entry) => typeof entry === "string"));
