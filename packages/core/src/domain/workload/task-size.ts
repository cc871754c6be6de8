import { Decimal } from "../units/decimal.ts";
import { CPU_UNITS_PER_VCPU, type CpuUnits, MIB_PER_GB, type MiB } from "../units/size.ts";

/** What ECS takes as text for task CPU: units, or vCPUs with the unit. */
export const CPU_TEXT = /^\s*(?:\d{1,7}|(?:\d{1,4}(?:\.\d{0,6})?|\.\d{1,6})\s*[vV][cC][pP][uU])\s*$/;
/** What ECS takes as text for task memory: MiB, or GB with the unit. */
export const MEMORY_TEXT = /^\s*(?:\d{1,9}|(?:\d{1,6}(?:\.\d{0,6})?|\.\d{1,6})\s*[gG][bB])\s*$/;

const fromText = (text: string, unitLetters: number, perUnit: number): number => {
  const trimmed = text.trim();
  if (!/[a-z]$/i.test(trimmed)) return Number(trimmed);
  const amount = trimmed.slice(0, -unitLetters).trim().replace(/\.$/, "");
  return new Decimal(amount).times(perUnit).toNumber();
};

const parse = (value: string | number, text: RegExp, unitLetters: number, perUnit: number): number | undefined => {
  if (typeof value === "string" && !text.test(value)) return undefined;
  const size = typeof value === "string" ? fromText(value, unitLetters, perUnit) : value;
  return Number.isSafeInteger(size) && size >= 0 ? size : undefined;
};

/**
 * CPU units of a task CPU as ECS takes it, or undefined for anything else.
 *
 * @example parseCpu(".5 vCPU") // 512
 */
export const parseCpu = (value: string | number): CpuUnits | undefined => parse(value, CPU_TEXT, 4, CPU_UNITS_PER_VCPU);

/**
 * MiB of a task memory as ECS takes it, or undefined for anything else.
 *
 * @example parseMemory("2GB") // 2048
 */
export const parseMemory = (value: string | number): MiB | undefined => parse(value, MEMORY_TEXT, 2, MIB_PER_GB);
