import * as z from "zod/mini";
import { CPU_TEXT, MEMORY_TEXT } from "../domain/workload/task-size.ts";

/** Largest quantity that is taken: above it a JSON or YAML number can no longer be trusted to be what was written. */
const LARGEST_QUANTITY = 1e12;

const DECIMAL_TEXT = /^\d{1,13}(?:\.\d{1,20})?$/;

/** Text that is not empty. */
export const text = (description: string) =>
  z
    .string({ error: "must be text (numbers and yes/no need quotes)" })
    .check(
      z.minLength(1, { error: "must not be empty" }),
      z.maxLength(255, { error: "must have 255 characters at most" }),
      z.meta({ description }),
    );

/** A whole number within bounds. */
export const whole = (least: number, most: number, description: string) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.int({ error }).check(z.gte(least, { error }), z.lte(most, { error }), z.meta({ description }));
};

/** A quantity of zero or more: a number, or decimal text where every digit counts. */
export const quantity = (description: string) => {
  const error = "must be a number of 0 or more";
  const number = z.number({ error }).check(z.gte(0, { error }), z.lte(LARGEST_QUANTITY, { error }));
  const decimal = z.string({ error }).check(z.regex(DECIMAL_TEXT, { error }));
  return z.union([number, decimal], { error }).check(z.meta({ description }));
};

/** Yes or no. */
export const flag = (description: string) =>
  z.boolean({ error: "must be true or false" }).check(z.meta({ description }));

/** One of a few words. */
export const word = <const T extends readonly string[]>(words: T, description: string) =>
  z.enum(words, { error: `must be one of ${words.join(", ")}` }).check(z.meta({ description }));

const size = (pattern: RegExp, error: string, description: string) =>
  z
    .union([z.int({ error }).check(z.gte(1, { error })), z.string({ error }).check(z.regex(pattern, { error }))], {
      error,
    })
    .check(z.meta({ description }));

/** CPU as ECS takes it. */
export const cpuSize = (description: string) =>
  size(CPU_TEXT, 'must be CPU units such as 1024, or text such as "1 vCPU"', description);

/** Memory as ECS takes it. */
export const memorySize = (description: string) =>
  size(MEMORY_TEXT, 'must be MiB such as 2048, or text such as "2 GB"', description);

/** A list. */
export const list = <T extends z.core.SomeType>(element: T, description: string, most = 100_000) =>
  z
    .array(element, { error: "must be a list" })
    .check(z.maxLength(most, { error: `must have ${most} entries at most` }), z.meta({ description }));

/** A map of known keys; any other key is an error. */
export const keys = <T extends z.core.$ZodShape>(shape: T, description: string, also: Record<string, unknown> = {}) =>
  z.strictObject(shape, { error: "must be a map of keys" }).check(z.meta({ description, ...also }));

/** A key that may be left out. */
export const maybe = z.optional;

const REGION = "must be a region code such as eu-west-1";

/** A region code. */
export const regionCode = (description: string) =>
  z
    .string({ error: REGION })
    .check(z.regex(/^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/, { error: REGION }), z.meta({ description }));

const ACCOUNT = 'must be the 12 digits of an account, in quotes: "012345678901"';

/** An account of AWS. */
export const accountId = (description: string) =>
  z.string({ error: ACCOUNT }).check(z.regex(/^\d{12}$/, { error: ACCOUNT }), z.meta({ description }));
