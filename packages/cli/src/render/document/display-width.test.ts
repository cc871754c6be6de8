import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText } from "../../../test/hostile-text.ts";
import { cutToWidth, displayWidth } from "./display-width.ts";
import { safeText } from "./safe-text.ts";

describe("width of text in a terminal", () => {
  it.each([
    ["", 0],
    ["api", 3],
    ["café", 4],
    ["cafe\u0301", 4],
    ["日本語", 6],
    ["ｗｉｄｅ", 8],
    ["한국어", 6],
    ["🚀", 2],
    ["…", 1],
  ])("%j takes %d columns", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it("is never more than asked for after cutting, and what fits stays whole", () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 30 }), (text, width) => {
        const safe = safeText(text);
        const cut = cutToWidth(safe, width);
        expect(displayWidth(cut)).toBeLessThanOrEqual(width);
        if (displayWidth(safe) <= width) expect(cut).toBe(safe);
        else expect(cut.endsWith("…")).toBe(true);
        expect(cut.isWellFormed()).toBe(true);
      }),
    );
  });
});
