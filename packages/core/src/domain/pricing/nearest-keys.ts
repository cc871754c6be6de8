import { editDistance } from "./edit-distance.ts";
import { fixedPriceKeys } from "./parsed-key.ts";
import type { PriceKey } from "./price.ts";
import { ec2Key, managedInstancesFeeKey } from "./price-key.ts";
import { EC2_PURCHASES } from "./purchase.ts";

const LONGEST_KEY = 100;
const SHORTEST_PART = 3;

/** Price keys that a misspelled one most likely means, nearest first, five at most; none where nothing is near. */
export const nearestKeys = (key: PriceKey): readonly PriceKey[] => {
  if (key.length > LONGEST_KEY) return [];
  const typed = key.toLowerCase();
  return [...fixedPriceKeys(), ...instanceKeys(typed)]
    .map((candidate) => ({ candidate, score: score(typed, candidate) }))
    .filter(({ candidate, score }) => score <= Math.max(2, candidate.length / 3))
    .sort((a, b) => a.score - b.score || byLengthThenName(a.candidate, b.candidate))
    .slice(0, 5)
    .map(({ candidate }) => candidate);
};

const byLengthThenName = (a: PriceKey, b: PriceKey): number => a.length - b.length || (a < b ? -1 : 1);

const SIZED_TYPE = /^[a-z][a-z0-9-]*\.(?:nano|micro|small|medium|large|\d*xlarge|metal[a-z0-9-]*)$/;

/** Keys of the instance type that the text names, if it names one. */
const instanceKeys = (typed: string): readonly PriceKey[] => {
  const name = typed.split("/").find((part) => SIZED_TYPE.test(part));
  if (name === undefined) return [];
  return [...EC2_PURCHASES.map((purchase) => ec2Key(name, purchase)), managedInstancesFeeKey(name)];
};

/** A key that begins with the text, or holds all its parts, counts as near however much longer it is. */
const score = (typed: string, candidate: string): number => {
  const distance = editDistance(typed, candidate);
  if (typed.length < SHORTEST_PART) return distance;
  if (candidate.startsWith(typed)) return Math.min(distance, 1);
  return typed.split("/").every((part) => candidate.includes(part)) ? Math.min(distance, 2) : distance;
};

/** Instance types of a list whose names are near a misspelled one, nearest first, five at most. */
export const nearestTypes = (name: string, known: readonly string[]): readonly string[] =>
  name.length > LONGEST_KEY
    ? []
    : known
        .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate) }))
        .filter(({ distance }) => distance <= 2)
        .sort((a, b) => a.distance - b.distance || byLengthThenName(a.candidate, b.candidate))
        .slice(0, 5)
        .map(({ candidate }) => candidate);
