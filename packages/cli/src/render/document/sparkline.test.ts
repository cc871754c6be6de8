import { describe, expect, it } from "vitest";
import { ASCII, BLOCKS, glyphsFor, sparkline } from "./sparkline.ts";

describe("a sparkline", () => {
  it("draws eight levels of a hundred percent, and more than that as the last", () => {
    expect(sparkline([0, 12.4, 12.5, 50, 87.5, 100, 250], 7, BLOCKS)).toBe("▁▁▂▅███");
    expect(sparkline([0, 12.5, 99], 3, ASCII)).toBe("_.#");
  });

  it("draws the highest of each part, and a gap where nothing was seen", () => {
    expect(sparkline([0, 60, null, null, 99, 0], 3, BLOCKS)).toBe("▅·█");
    expect(sparkline([10, 90], 8, BLOCKS)).toBe("▁█");
    expect(sparkline([], 8, BLOCKS)).toBe("");
  });

  it.each([
    [{}, BLOCKS],
    [{ LANG: "de_DE.UTF-8" }, BLOCKS],
    [{ LANG: "en_US.utf8" }, BLOCKS],
    [{ LANG: "C" }, ASCII],
    [{ LC_ALL: "POSIX", LANG: "en_US.UTF-8" }, ASCII],
    [{ LC_ALL: "", LC_CTYPE: "C.UTF-8", LANG: "C" }, BLOCKS],
  ])("under %j takes signs that can be drawn", (environment, glyphs) => {
    expect(glyphsFor(environment)).toBe(glyphs);
  });
});
