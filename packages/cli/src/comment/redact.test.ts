import { BorderError } from "@ecs-cost/core/estimate";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redact, redactError } from "./redact.ts";

const secret = fc
  .string({ unit: "binary-ascii", minLength: 8, maxLength: 60 })
  .filter((text) => text.trim().length >= 8);

describe("redaction", () => {
  it("leaves no secret in a text, neither plain nor encoded", () => {
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (token, before, after) => {
        const plain = token.trim();
        const encoded = [plain, encodeURIComponent(plain), btoa(plain), btoa(`x-access-token:${plain}`)];
        for (const form of encoded) expect(redact(`${before}${form}${after}`, [token])).not.toContain(form);
      }),
    );
  });

  it("knows the tokens of both forges without being told", () => {
    for (const token of [`ghp_${"a1".repeat(18)}`, `github_pat_${"b2_".repeat(20)}`, `glpat-${"c3-".repeat(7)}`]) {
      expect(redact(`token ${token} refused`, [])).toBe("token [hidden] refused");
    }
    expect(redact("glue-pipeline-worker and ghost_town_service", [])).toBe(
      "glue-pipeline-worker and ghost_town_service",
    );
  });

  it("keeps a failure what it is", () => {
    const error = redactError(
      new BorderError("no t0ken-secret", {
        ...{ code: "forge-forbidden", source: "forge", hint: "t0ken-secret" },
        problems: [{ where: { file: "a" }, detail: "t0ken-secret" }],
      }),
      ["t0ken-secret", ""],
    );
    expect(error).toMatchObject({ message: "no [hidden]", hint: "[hidden]", source: "forge", code: "forge-forbidden" });
    expect(JSON.stringify(error)).not.toContain("t0ken");
    const defect = redactError(new TypeError("bad header t0ken-secret"), ["t0ken-secret"]) as Error;
    expect([defect.message, defect.stack?.includes("t0ken")]).toEqual(["bad header [hidden]", false]);
  });
});
