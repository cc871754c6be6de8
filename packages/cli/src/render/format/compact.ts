import { Decimal } from "@ecs-cost/core/estimate";
import type { Compact, CompactValue } from "../document/compact.ts";
import { safeText } from "../document/safe-text.ts";

const CENTS = 2;
const LEAST = new Decimal("0.01");
const SMALL_DIGITS = 3;
const UNKNOWN = "?";

/** Cents; what is less than one keeps three digits, so that it is not taken for nothing. */
const moneyText = (value: Decimal): string => {
  if (value.isZero()) return "0";
  return value.abs().lt(LEAST) ? value.toSignificantDigits(SMALL_DIGITS).toFixed() : value.toFixed(CENTS);
};

/** One cell: no line break, no control character, and no bar that is not marked. */
const cellText = (value: CompactValue): string => {
  if (value === null) return UNKNOWN;
  if (typeof value === "string") return safeText(value).replaceAll("\\", "\\\\").replaceAll("|", "\\|");
  return value instanceof Decimal ? moneyText(value) : String(value);
};

/** Lines of `key value`, then tables: a line `#name column|column`, and a line for each row. */
export function* renderCompact({ command, head, tables }: Compact): Generator<string> {
  yield `ecs-cost ${command} compact/1\n`;
  for (const [key, value] of head) yield `${key} ${cellText(value)}\n`;
  for (const { name, columns, rows } of tables) {
    if (rows.length === 0) continue;
    yield `#${name} ${columns.join("|")}\n`;
    for (const row of rows) yield `${row.map(cellText).join("|")}\n`;
  }
}
