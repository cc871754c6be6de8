import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText } from "../../../test/hostile-text.ts";
import { safeText } from "./safe-text.ts";

describe("safeText", () => {
  it("leaves no control, direction, zero-width or line-breaking character", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const safe = safeText(text);
        expect(safe).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(safe.isWellFormed()).toBe(true);
      }),
    );
  });

  it("says the same when it is said again", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(safeText(safeText(text))).toBe(safeText(text));
      }),
    );
  });

  it("keeps names in any script as they are", () => {
    for (const name of ["api", "日本語サービス", "café", "naïve-Übung", "сервис", "שירות", "a_b-c.d/e:f", "🚀"]) {
      expect(safeText(name)).toBe(name);
    }
  });

  it.each([
    ["api\u001b[31m-red", "api-red"],
    ["a\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\", "alink"],
    ["a\u009b31mb", "ab"],
    ["two\r\nlines\tand a tab", "two lines and a tab"],
    ["exe\u202egnp.txt", "exegnp.txt"],
    ["a\u200bp\ufeffi", "api"],
    ["\u{e0041}hidden tag", "hidden tag"],
    ["half \ud83d of a pair", "half  of a pair"],
  ])("%j becomes %j", (text, safe) => {
    expect(safeText(text)).toBe(safe);
  });
});
