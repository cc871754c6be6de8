import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createCatalogue } from "@ecs-cost/core";
import { parsePriceBook } from "@ecs-cost/core/schema";
import { describe, expect, it } from "vitest";

const text = readFileSync(join(import.meta.dirname, "..", "..", "..", "docs", "prices.md"), "utf8");

describe("the documented price file", () => {
  const example = /```json\n(?<json>[\s\S]*?)```/.exec(text)?.groups?.["json"] ?? "";

  it("is one that the program takes", () => {
    const parsed = parsePriceBook(JSON.parse(example));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const [book] = parsed.book.regions;
    const lookup = book && createCatalogue(book, []).find("ec2/m7g.large/spot/hour");
    expect(lookup?.found && lookup.price.tiers[0]?.rate).toBe("0.03496");
  });
});
