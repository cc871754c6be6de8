import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPassing, limitOf } from "./retry.ts";

const NOW = Date.UTC(2026, 0, 1);

const answer = (status: number, headers: Readonly<Record<string, string>> = {}, text = "") => ({
  ...{ status, text },
  header: (name: string) => headers[name],
});

describe("a limit", () => {
  it.each([
    [429, {}, 1],
    [429, { "retry-after": "7" }, 7],
    [429, { "x-ratelimit-reset": String(NOW / 1000 + 30) }, 1],
    [429, { "retry-after": new Date(NOW + 9000).toUTCString() }, 9],
    [429, { "retry-after": new Date(NOW - 9000).toUTCString() }, 0],
    [403, { "retry-after": "60" }, 60],
    [403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(NOW / 1000 + 30) }, 30],
    [429, { "ratelimit-remaining": "0", "ratelimit-reset": String(NOW / 1000 + 5) }, 5],
    [403, { "x-ratelimit-remaining": "0" }, 60],
    [403, { "x-ratelimit-remaining": "10" }, undefined],
    [500, { "retry-after": "5" }, undefined],
    [200, {}, undefined],
  ])("of %i with %j waits %s seconds", (status, headers, seconds) => {
    expect(limitOf(answer(status, headers), NOW)).toBe(seconds);
  });

  it("is told in words too", () => {
    expect(limitOf(answer(403, {}, "You have exceeded a secondary rate limit"), NOW)).toBe(60);
    expect(limitOf(answer(403, {}, "Resource not accessible by integration"), NOW)).toBeUndefined();
  });

  it("never waits for less than nothing, whatever the server says", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (after, reset) => {
        const headers = { "retry-after": after, "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
        const seconds = limitOf(answer(429, headers), NOW);
        expect(Number.isFinite(seconds) && Number(seconds) >= 0).toBe(true);
      }),
    );
  });

  it("is another thing than a server that has a problem", () => {
    expect([500, 502, 503, 504, 408].every(isPassing)).toBe(true);
    expect([400, 401, 403, 404, 422, 429].some(isPassing)).toBe(false);
  });
});
