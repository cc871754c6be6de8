import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical, isCanonical, uncovered, valuesOver } from "./coverage.ts";
import { openPointCache } from "./point-cache.ts";
import { decodeFile, encodeSegment, MAGIC, type Segment } from "./records.ts";

const folder = (): string => join(mkdtempSync(join(tmpdir(), "ecs-cost-points-")), "cache");

const segment: fc.Arbitrary<Segment> = fc
  .record({
    series: fc.constantFrom("cpu", "memory", "größe"),
    begin: fc.nat(20),
    values: fc.array(fc.oneof(fc.double({ min: 0, max: 100, noNaN: true }), fc.constant(Number.NaN)), {
      minLength: 1,
      maxLength: 12,
    }),
  })
  .map(({ series, begin, values }) => {
    const [from, to] = [begin * 300, (begin + values.length) * 300];
    return { series, period: 300, from, to, values: Float64Array.from(values) };
  });

const onlyFile = (path: string): string => join(path, readdirSync(path)[0] ?? "");

const sizeOf = (each: Segment): number => Buffer.concat(encodeSegment(each)).length;

describe("records", () => {
  it("come back as they were written", () => {
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 8 }), (segments) => {
        const bytes = Buffer.concat([MAGIC, ...segments.flatMap(encodeSegment)]);
        expect(decodeFile(bytes)).toEqual({ records: segments, validBytes: bytes.length });
      }),
    );
  });

  it("before a cut are kept and the one that is cut is dropped, wherever the cut is", () => {
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.nat(), (segments, at) => {
        const records = segments.map((each) => Buffer.concat(encodeSegment(each)));
        const bytes = Buffer.concat([MAGIC, ...records]);
        const cut = MAGIC.length + (at % (bytes.length - MAGIC.length));
        let end = MAGIC.length;
        const whole = records.filter((record) => {
          end += record.length;
          return end <= cut;
        });
        expect(decodeFile(bytes.subarray(0, cut)).records).toEqual(segments.slice(0, whole.length));
      }),
    );
  });

  it("that were changed are dropped with all that follows", () => {
    fc.assert(
      fc.property(segment, segment, fc.nat(), (first, second, at) => {
        const bytes = Buffer.concat([MAGIC, ...encodeSegment(first), ...encodeSegment(second)]);
        const place = MAGIC.length + sizeOf(first) + (at % sizeOf(second));
        bytes[place] = (bytes[place] ?? 0) ^ 0x10;
        expect(decodeFile(bytes).records).toEqual([first]);
      }),
    );
  });
});

describe("coverage", () => {
  const stretch = fc.tuple(fc.nat(30), fc.nat(10)).map(([from, length]) => ({ from, to: from + length }));

  it("and what is missing make up the whole, without overlap", () => {
    fc.assert(
      fc.property(stretch, fc.array(stretch, { maxLength: 6 }), (wanted, covered) => {
        const gaps = uncovered(wanted, covered);
        for (let at = wanted.from; at < wanted.to; at++) {
          const isIn = ({ from, to }: { from: number; to: number }) => at >= from && at < to;
          expect(gaps.filter(isIn).length).toBe(covered.some(isIn) ? 0 : 1);
        }
      }),
    );
  });

  it("in its canonical form is the same whatever the order of the segments, where they agree", () => {
    const pieces = fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(pieces, fc.nat(), (all, shift) => {
        const segments = all.map(([begin, length]) => {
          const values = Float64Array.from({ length }, (_, at) => ((begin + at) % 5 === 0 ? Number.NaN : begin + at));
          return { series: "cpu", period: 60, from: begin * 60, to: (begin + length) * 60, values };
        });
        const turned = [...segments.slice(shift % segments.length), ...segments.slice(0, shift % segments.length)];
        expect(canonical(turned)).toEqual(canonical(segments));
        expect(canonical(canonical(segments))).toEqual(canonical(segments));
        expect(isCanonical(canonical(segments))).toBe(true);
        expect(isCanonical(segments)).toBe(
          canonical(segments).length === segments.length && isDeepStrictEqual(canonical(segments), segments),
        );
      }),
    );
  });

  it("gives the values of a stretch that begins before and ends after a segment", () => {
    const values = Float64Array.of(1, Number.NaN, 3);
    const one = { series: "cpu", period: 60, from: 120, to: 300, values };
    expect([...valuesOver({ from: 60, to: 360 }, 60, [one])]).toEqual([Number.NaN, 1, Number.NaN, 3, Number.NaN]);
    expect([...valuesOver({ from: 180, to: 240 }, 60, [one])]).toEqual([Number.NaN]);
  });
});

describe("the cache", () => {
  const first: Segment = { series: "cpu", period: 300, from: 0, to: 600, values: Float64Array.of(1, 2) };
  const second: Segment = { series: "cpu", period: 300, from: 600, to: 900, values: Float64Array.of(3) };

  it("goes on after a record that was cut off", () => {
    const path = folder();
    openPointCache(path).append("api", [first, second]);
    const file = onlyFile(path);
    writeFileSync(file, readFileSync(file).subarray(0, -3));
    const again = openPointCache(path);
    expect(again.settle("api")).toEqual([first]);
    again.append("api", [second]);
    expect(openPointCache(path).settle("api")).toEqual([{ ...first, to: 900, values: Float64Array.of(1, 2, 3) }]);
  });

  it("begins anew where the file is not its own", () => {
    const path = folder();
    openPointCache(path).append("api", [first]);
    writeFileSync(onlyFile(path), "something else that is long enough");
    const again = openPointCache(path);
    again.append("api", [second]);
    expect(again.settle("api")).toEqual([second]);
  });

  it("settles to the same bytes whatever the order of the appends", () => {
    const [one, other] = [folder(), folder()];
    const [a, b] = [openPointCache(one), openPointCache(other)];
    a.append("api", [first, second]);
    b.append("api", [second]);
    b.append("api", [first]);
    a.settle("api");
    b.settle("api");
    expect(readFileSync(onlyFile(other))).toEqual(readFileSync(onlyFile(one)));
    expect(readdirSync(one)).toHaveLength(1);
  });

  it("forgets what is too old, keeps the rest as it was, and says the same for ever after", () => {
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 6 }), fc.nat(36 * 300), (segments, oldest) => {
        const path = folder();
        const kept = Math.ceil(oldest / 300) * 300;
        const cache = openPointCache(path);
        cache.append("a", segments);
        const before = cache.settle("a");
        cache.forget(0, () => oldest);
        const after = cache.settle("a");
        expect(after.every(({ from, to }) => from >= oldest && to > from)).toBe(true);
        for (const { series, period, from, to } of before) {
          if (to <= kept) continue;
          const wanted = { from: Math.max(from, kept), to };
          const of = (all: readonly Segment[]) =>
            valuesOver(
              wanted,
              period,
              all.filter((each) => each.series === series),
            );
          expect(of(after)).toEqual(of(before));
        }
        expect(openPointCache(path).settle("a")).toEqual(after);
      }),
      { numRuns: 50 },
    );
  });

  it("deletes files of owners that nobody adds to once all of it is too old, and what a kill left over", () => {
    const path = folder();
    const cache = openPointCache(path);
    const old = { series: "cpu", period: 300, from: 0, to: 600, values: new Float64Array([1, 2]) };
    cache.append("gone", [old]);
    writeFileSync(join(path, "x.points.17.new"), "half");
    writeFileSync(join(path, "notes.txt"), "not ours");
    const now = Date.now() / 1000;
    cache.forget(now, () => 600);
    expect(readdirSync(path).length).toBe(3);
    const later = now + 16 * 86_400;
    cache.forget(later, () => 300);
    expect(readdirSync(path).length).toBe(2);
    cache.forget(later, () => 600);
    expect(readdirSync(path)).toEqual(["notes.txt"]);
    expect(cache.covered("gone")).toEqual([]);
  });

  it("is private to the user", () => {
    const path = folder();
    openPointCache(path).append("api", [first]);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(onlyFile(path)).mode & 0o777).toBe(0o600);
  });

  it("says so where it cannot be", () => {
    const path = folder();
    writeFileSync(path, "a file");
    expect(() => openPointCache(path)).toThrow(expect.objectContaining({ code: "unusable-cache", source: "user" }));
  });
});
