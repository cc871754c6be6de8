import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { jsonSchemas } from "@ecs-cost/core/schema";
import { describe, expect, it } from "vitest";

const FOLDER = join(import.meta.dirname, "..", "schema");

describe("the published JSON Schemas", () => {
  it.each(Object.entries(jsonSchemas))("%s is what `pnpm build-schemas` writes", (name, make) => {
    const written: unknown = JSON.parse(readFileSync(join(FOLDER, `${name}.schema.json`), "utf8"));
    expect(written).toEqual(JSON.parse(JSON.stringify(make())));
  });

  it("has a file for each and no other", () => {
    expect(readdirSync(FOLDER).sort()).toEqual(
      Object.keys(jsonSchemas)
        .map((name) => `${name}.schema.json`)
        .sort(),
    );
  });
});
