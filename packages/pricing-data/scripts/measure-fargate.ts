import { ARM_PAIRS, fargateIndex, type RegionBook } from "@ecs-cost/core";
import type { Sample } from "./held-out.ts";

/** Samples of a rule by the name of the factor that they give. */
export type Samples = ReadonlyMap<string, readonly Sample[]>;

const stated = (book: RegionBook, key: string): number => Number(book.prices[key]?.rate ?? Number.NaN);
const instance = (book: RegionBook, name: string): number => Number(book.ec2.onDemand[name]?.[0] ?? Number.NaN);

const fargate = (book: RegionBook, architecture: string, meter: string): number =>
  stated(book, `fargate/linux/${architecture}/${meter}`);

/** A sample of each region in which both prices are known. */
const overBooks = (
  books: readonly RegionBook[],
  pair: (book: RegionBook) => readonly (readonly [base: number, actual: number])[],
): readonly Sample[] =>
  books.flatMap((book) =>
    pair(book)
      .filter(([base, actual]) => base > 0 && actual > 0)
      .map(([base, actual]) => ({ group: book.region, base, actual })),
  );

const ARCHITECTURES = ["x86_64", "arm64"] as const;
const METERS = ["vcpu-hour", "gb-hour"] as const;

export const ephemeralSamples = (books: readonly RegionBook[]): Samples =>
  new Map([
    [
      "gp3",
      overBooks(books, (book) => [[stated(book, "ebs.gp3_gb_month"), stated(book, "fargate/ephemeral-gb-hour")]]),
    ],
  ]);

export const gbSamples = (books: readonly RegionBook[]): Samples =>
  new Map([
    [
      "gb",
      overBooks(books, (book) =>
        ARCHITECTURES.map((each) => [fargate(book, each, "vcpu-hour"), fargate(book, each, "gb-hour")] as const),
      ),
    ],
  ]);

export const armSamples = (books: readonly RegionBook[]): Samples =>
  new Map(
    ARM_PAIRS.map(([arm, x86]) => [
      `${arm} ${x86}`,
      overBooks(books, (book) =>
        METERS.map((meter) => {
          const ratio = instance(book, arm) / instance(book, x86);
          return [fargate(book, "x86_64", meter) * ratio, fargate(book, "arm64", meter)] as const;
        }),
      ),
    ]),
  );

/** Both indexes are measured in every region that has them, though only one is used there. */
export const indexSamples = (books: readonly RegionBook[]): Samples =>
  new Map([
    ["t3.medium", overBooks(books, (book) => [[instance(book, "t3.medium"), fargate(book, "x86_64", "vcpu-hour")]])],
    [
      "t3.medium r5.large",
      overBooks(books, (book) => {
        const index = fargateIndex(book);
        if (index?.name !== "t3.medium r5.large") return [];
        return [[index.value.toNumber(), fargate(book, "x86_64", "vcpu-hour")]];
      }),
    ],
  ]);

const PLANS = ["1y-no-upfront", "1y-all-upfront", "3y-no-upfront", "3y-all-upfront"] as const;

export const savingsPlanSamples = (books: readonly RegionBook[]): Samples =>
  new Map(
    ARCHITECTURES.flatMap((architecture) =>
      PLANS.map((plan) => [
        `${architecture} ${plan}`,
        overBooks(books, (book) =>
          METERS.map((meter) => {
            const key = `fargate-compute-sp-${plan}/linux/${architecture}/${meter}`;
            return [fargate(book, architecture, meter), stated(book, key)] as const;
          }),
        ),
      ]),
    ),
  );
