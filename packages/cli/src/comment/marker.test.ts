import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markerLine, readMarker, sameBody, TAG } from "./marker.ts";

const tag = fc.stringMatching(TAG);

describe("a marker", () => {
  it("is read as it was written, whatever follows it", () => {
    fc.assert(
      fc.property(tag, fc.boolean(), fc.string(), fc.constantFrom("\n", "\r\n"), (name, replaced, rest, end) => {
        expect(readMarker(`${markerLine({ tag: name, replaced })}${end}${rest}`)).toEqual({ tag: name, replaced });
      }),
    );
  });

  it("is nothing but a whole first line", () => {
    fc.assert(
      fc.property(tag, fc.string({ minLength: 1 }), (name, before) => {
        const line = markerLine({ tag: name, replaced: false });
        expect(readMarker(`${before}\n${line}`)).toBeUndefined();
        if (!before.startsWith("\n")) expect(readMarker(`${before}${line}`)).toBeUndefined();
        if (before.trim() !== "" && !/^\s*\n/.test(before)) expect(readMarker(`${line}x${before}`)).toBeUndefined();
      }),
    );
  });

  it("takes no tag that could end it", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        if (!TAG.test(name)) return;
        expect(name).not.toMatch(/[<>!\s"'=]/);
      }),
    );
    expect(["a -->", "-->", "", "-a", "a-", "a".repeat(65), "a\n", "ä"].filter((name) => TAG.test(name))).toEqual([]);
    expect(["a", "team/api", "env.prod_2", "a".repeat(64)].every((name) => TAG.test(name))).toBe(true);
  });

  it("compares texts without their line ends", () => {
    expect(sameBody("a\r\nb\r\n", "a\nb")).toBe(true);
    expect(sameBody("a\nb", "a\n\nb")).toBe(false);
  });
});
