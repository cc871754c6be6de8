import { describe, expect, it } from "vitest";
import { columnsOf, inAscii, isPlainLocale } from "./terminal-signs.ts";

describe("the page of a terminal", () => {
  it.each([
    ["60", 60],
    ["200", 200],
    ["12", 40],
    ["0", undefined],
    ["", undefined],
    ["wide", undefined],
    ["-5", undefined],
  ])("with COLUMNS=%j is %j wide", (COLUMNS, width) => {
    expect(columnsOf({ COLUMNS })).toBe(width);
  });

  it("is in ASCII where the locale is C, and only there", () => {
    expect(isPlainLocale({ LANG: "C" })).toBe(true);
    expect(isPlainLocale({ LANG: "de_DE.UTF-8", LC_ALL: "POSIX" })).toBe(true);
    for (const LANG of ["", "C.UTF-8", "en_US.UTF-8", undefined]) expect(isPlainLocale({ LANG })).toBe(false);
    expect([...inAscii(["── a…b", "2 × 3"])]).toEqual(["-- a~b", "2 x 3"]);
  });
});
