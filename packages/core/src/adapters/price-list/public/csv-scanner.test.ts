import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BadCsv, scanCsv } from "./csv-scanner.ts";

const scanned = (pieces: readonly Buffer[]): readonly (readonly string[])[] => {
  const rows: string[][] = [];
  const scanner = scanCsv((record) => rows.push(Array.from({ length: record.size }, (_, at) => record.text(at))));
  for (const piece of pieces) scanner.push(piece);
  scanner.end();
  return rows;
};

const inPieces = (text: string, size: number): readonly Buffer[] => {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
};

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const cells = fc.array(fc.array(fc.string({ unit: "grapheme" }), { minLength: 2, maxLength: 5 }), { minLength: 1 });

describe("the scanner of tables", () => {
  it("gives the cells that were written, in whatever pieces the file comes", () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 1, max: 40 }), fc.constantFrom("\n", "\r\n"), (rows, size, end) => {
        const text = rows.map((row) => row.map(quoted).join(",")).join(end);
        expect(scanned(inPieces(text + end, size))).toEqual(rows);
        expect(scanned(inPieces(text, size))).toEqual(rows);
      }),
    );
  });

  it("takes cells without quotes, empty ones and both in one line", () => {
    expect(scanned([Buffer.from('a,,"b,c"\n,,\n')])).toEqual([
      ["a", "", "b,c"],
      ["", "", ""],
    ]);
  });

  it("refuses what ends within a cell, and lines that never end", () => {
    expect(() => scanned([Buffer.from('"a","b\n')])).toThrow(BadCsv);
    expect(() => scanned(Array.from({ length: 20 }, () => Buffer.alloc(65_536, "x")))).toThrow("longer than 1 MB");
  });
});
