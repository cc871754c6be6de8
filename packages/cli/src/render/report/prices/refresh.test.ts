import { describe, expect, it } from "vitest";
import type { RefreshedRegion } from "../../../prices/refresh-region.ts";
import { plain } from "../../document/palette.ts";
import { renderTerminal } from "../../format/terminal.ts";
import { refreshResult } from "./refresh.ts";

const region = (changes: RefreshedRegion["changes"], refused: RefreshedRegion["refused"] = []): RefreshedRegion => ({
  region: "eu-west-1",
  source: "public" as const,
  versions: [],
  asOf: "2026-11-20",
  file: "/data/prices/eu-west-1.json",
  previous: "/data/prices/eu-west-1.previous.json",
  changes,
  refused,
  absent: [],
  unread: [
    { key: "efs.elastic_read_gb", reason: "no public document spells its usage type" },
    { key: "efs.elastic_write_gb", reason: "no public document spells its usage type" },
    { key: "ec2/*/spot/interruption-band", reason: "the Spot Advisor has no API" },
  ],
  read: 60,
  issues: [],
});

const text = (regions: readonly RefreshedRegion[], verbose = false): string =>
  [...renderTerminal(refreshResult({ regions, issues: [] }, verbose).document(), plain)].join("");

describe("the result of a refresh", () => {
  it("says that nothing changed, and where the book is", () => {
    const shown = text([region([])]);
    expect(shown).toMatch(/^No price changed in eu-west-1\n/);
    expect(shown).toContain("60 prices read, none changed, as of 2026-11-20");
    expect(shown.replace(/\n/g, " ")).toContain("the book before in /data/prices/eu-west-1.previous.json");
  });

  it("names what it never reads by key, with the reason", () => {
    const shown = text([region([])]).replace(/\s+/g, " ");
    expect(shown).toContain("Kept as they are in eu-west-1");
    expect(shown).toContain("efs.elastic_read_gb, efs.elastic_write_gb: no public document spells its usage type");
    expect(shown).toContain("ec2/*/spot/interruption-band: the Spot Advisor has no API");
  });

  it("shows each change with its share, new prices without one, and counts EC2 Spot prices", () => {
    const changes = [
      { key: "ec2/m7g.large/spot/hour", before: "60 % below on demand", after: "61 % below on demand" },
      { key: "nat.gb", before: "0.04", after: "0.05" },
      { key: "nat.hour", after: "0.045" },
    ];
    const shown = text([region(changes)]);
    expect(shown).toMatch(/^3 prices changed in eu-west-1\n/);
    expect(shown).toMatch(/nat\.gb +\$0\.04 +\$0\.05 +\+25\.0%/);
    expect(shown).toMatch(/nat\.hour +\$0\.045 +new/);
    expect(shown).toContain("And 1 more price, 1 of them EC2 Spot");
    expect(shown).not.toContain("m7g.large");
    expect(text([region(changes)], true)).toContain("ec2/m7g.large/spot/hour");
  });

  it("counts the prices that were refused, and names them where more is asked for", () => {
    const refused = [{ key: "alb.hour", detail: "2 items fit" }];
    expect(text([region([], refused)])).toContain("1 price that the price list does not have exactly once");
    expect(text([region([], refused)], true)).toContain("alb.hour: 2 items fit");
  });
});
