import type { MetricUnit } from "../reading/unit.ts";

/** A number of a cell, with the unit that stands behind it. */
export interface CellNumber {
  readonly value: number;
  readonly unit?: MetricUnit;
}

const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[+-]?inf(?:inity)?|nan)\s*([a-zA-Zµ%]*)$/i;
const NOTHING = /^(|null|none|undefined|n\/a|-|--)$/i;

/** Units as dashboards write them behind a number; of bytes the decimal ones too. */
const UNITS: Readonly<Record<string, readonly [MetricUnit, number]>> = {
  "%": ["percent", 1],
  B: ["bytes", 1],
  bytes: ["bytes", 1],
  kB: ["bytes", 1e3],
  KB: ["bytes", 1e3],
  MB: ["bytes", 1e6],
  GB: ["bytes", 1e9],
  KiB: ["KiB", 1],
  MiB: ["MiB", 1],
  GiB: ["GiB", 1],
  mcores: ["millicores", 1],
  ncores: ["nanocores", 1],
  cores: ["vcpu", 1],
  vCPU: ["vcpu", 1],
};

/**
 * The number of a cell: `21.3`, `21.3 %`, `1.5 GiB`; with `decimalComma` also `21,3`. Undefined for an empty cell, and text
 * that is no number comes as NaN.
 */
export const cellNumber = (text: string, decimalComma: boolean): CellNumber | undefined => {
  const trimmed = text.trim();
  if (NOTHING.test(trimmed)) return undefined;
  const match = NUMBER.exec(decimalComma ? trimmed.replace(",", ".") : trimmed);
  if (match === null) return { value: Number.NaN };
  const [, digits = "", suffix = ""] = match;
  const value = /inf/i.test(digits) ? (digits.startsWith("-") ? -Infinity : Infinity) : Number(digits);
  if (suffix === "") return { value };
  const known = Object.hasOwn(UNITS, suffix) ? UNITS[suffix] : undefined;
  return known === undefined ? { value: Number.NaN } : { value: value * known[1], unit: known[0] };
};
