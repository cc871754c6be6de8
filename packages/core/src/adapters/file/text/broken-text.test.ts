import { describe, expect, it } from "vitest";
import { readDocument } from "./document.ts";

const read = (text: string) => () => readDocument("w", text);

describe("text that no file can hold", () => {
  it.each([
    '{"a":[{"name":"x\\u0000"}]}',
    '{"a":[{"name":"\\ud800"}]}',
    '{"a":[{"name":"\\uDC00x"}]}',
    '{"\\ud800":1}',
    'a:\n  - name: "x\\0"\n',
    'a:\n  - name: "x\\x00"\n',
  ])("is refused in %s", (text) => {
    expect(read(text)).toThrow("is no character");
  });

  it.each(['{"a":"\\ud83d\\ude00"}', '{"a":"\\\\u0000"}', "a: '\\0'\n", '{"a":"C:\\\\0"}'])("is none in %s", (text) => {
    expect(read(text)).not.toThrow();
  });

  it("is told by line and key", () => {
    expect(read('{"services":[\n{"name":"a\\ud800b"}]}')).toThrow(expect.objectContaining({ code: "broken-text" }));
  });
});
