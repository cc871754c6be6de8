import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonDocuments } from "./json-documents.ts";

describe("JSON documents", () => {
  const document = fc.dictionary(
    fc.string(),
    fc.oneof(fc.string(), fc.array(fc.jsonValue()), fc.double({ noNaN: true })),
  );
  const clean = (documents: unknown) => JSON.parse(JSON.stringify(documents));

  it("are found whether they stand alone, in a list, or one after the other", () => {
    fc.assert(
      fc.property(
        fc.array(document, { minLength: 1, maxLength: 4 }),
        fc.constantFrom("", "\n", "  \r\n"),
        (all, space) => {
          const texts = all.map((each) => JSON.stringify(each, undefined, 1));
          expect(jsonDocuments(texts.join(space))).toEqual(clean(all));
          expect(jsonDocuments(`\uFEFF[${texts.join(",")}]${space}`)).toEqual(clean(all));
        },
      ),
    );
  });

  it("that are cut off are refused", () => {
    const text = JSON.stringify({ ResultsByTime: [{ Groups: ["}"] }] });
    for (let end = 1; end < text.length; end++) expect(() => jsonDocuments(text.slice(0, end))).toThrow(SyntaxError);
  });
});
