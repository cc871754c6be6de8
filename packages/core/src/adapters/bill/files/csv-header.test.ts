import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvHeader } from "./csv-header.ts";

const quoted = (field: string): string => `"${field.replaceAll('"', '""')}"`;

describe("the first line of a CSV file", () => {
  it("gives back the names that were written, whatever they are", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom("a", "é", ",", '"', "\n", "\r", " ", "/") }), { minLength: 1 }),
        fc.constantFrom("\n", "\r\n"),
        fc.constantFrom("", "\uFEFF"),
        (names, end, mark) => {
          expect(csvHeader(`${mark}${names.map(quoted).join(",")}${end}1,2\n`)).toEqual(names);
        },
      ),
    );
  });

  it("is none where it does not end", () => {
    expect(csvHeader("a,b")).toBeNull();
    expect(csvHeader('a,"b\n')).toBeNull();
    expect(csvHeader("")).toBeNull();
  });
});
