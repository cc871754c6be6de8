import { Decimal } from "@ecs-cost/core/estimate";

const AMOUNT = /^-?\d{1,40}(?:\.\d{1,60})?$/;

/** Keys of reports whose values are text or were typed by someone, even where they look like a number. */
const TEXT_KEYS: ReadonlySet<string> = new Set([
  ...[
    "name",
    "cluster",
    "subject",
    "id",
    "label",
    "title",
    "detail",
    "description",
    "message",
    "reason",
    "code",
    "kind",
  ],
  ...[
    "tags",
    "from",
    "to",
    "key",
    "value",
    "attribute",
    "file",
    "path",
    "address",
    "resource",
    "of",
    "rule",
    "severity",
  ],
  ...["service", "services", "runsOn", "provider", "capacityProvider", "instanceType", "instanceTypes", "container"],
  ...["dimension", "usageType", "unit", "region", "currency", "command", "source", "asOf", "hoursPerMonth", "month"],
  ...["account", "accountId", "arn", "family", "revision", "taskDefinition", "date", "points", "best", "strategyId"],
]);

/** A saved report with its decimal strings as decimals; what is not an amount stays as it is. */
export const revive = (value: unknown): unknown => {
  if (typeof value === "string") return AMOUNT.test(value) ? new Decimal(value) : value;
  if (Array.isArray(value)) return value.map(revive);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, reviveKey(key, entry)]));
};

const reviveKey = (key: string, value: unknown): unknown => {
  const isText = typeof value === "string" || Array.isArray(value) ? isTextual(value) : key === "tags";
  return TEXT_KEYS.has(key) && isText ? value : revive(value);
};

/** Text, or a list of texts alone. */
const isTextual = (value: string | readonly unknown[]): boolean =>
  typeof value === "string" || value.every((entry) => typeof entry === "string");
