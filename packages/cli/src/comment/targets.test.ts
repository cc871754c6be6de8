import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { githubTarget, gitlabTarget, isMissingTarget } from "./targets.ts";

const eventFile = (event: unknown): string => {
  const file = join(mkdtempSync(join(tmpdir(), "ecs-cost-event-")), "event.json");
  writeFileSync(file, typeof event === "string" ? event : JSON.stringify(event));
  return file;
};

const numberIn = (environment: Readonly<Record<string, string>>): number =>
  githubTarget({}, { GITHUB_REPOSITORY: "acme/shop", ...environment }).number;

const failing = (run: () => unknown): Error => {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing failed");
};

describe("a pull request", () => {
  it("is the one of the flags before that of the job", () => {
    const environment = {
      GITHUB_REPOSITORY: "other/other",
      GITHUB_REF: "refs/pull/3/merge",
      GITHUB_API_URL: "https://ghe.test/api/v3/",
    };
    expect(githubTarget({ repo: "acme/shop", number: 7 }, environment)).toEqual({
      ...{ owner: "acme", repo: "shop", number: 7, apiUrl: "https://ghe.test/api/v3" },
    });
    expect(githubTarget({ repo: "a/b", number: 1 }, {}).apiUrl).toBe("https://api.github.com");
  });

  it.each([
    [{ pull_request: { number: 7 } }, 7],
    [{ issue: { number: 8, pull_request: { url: "x" } } }, 8],
    [{ workflow_run: { pull_requests: [{ number: 9 }] } }, 9],
  ])("of the event %j is %i", (event, number) => {
    expect(numberIn({ GITHUB_EVENT_PATH: eventFile(event), GITHUB_REF: "refs/pull/3/merge" })).toBe(number);
  });

  it.each([
    "{",
    "null",
    "[]",
    { issue: { number: 8 } },
    { pull_request: { number: "7; rm -rf /" } },
    { pull_request: { number: -1 } },
    { pull_request: { number: 1e300 } },
  ])("is taken from the ref where the event %j names none", (event) => {
    expect(numberIn({ GITHUB_EVENT_PATH: eventFile(event), GITHUB_REF: "refs/pull/3/merge" })).toBe(3);
  });

  it("that nothing names is told apart from one that cannot be", () => {
    for (const [flags, environment] of [
      [{}, {}],
      [{ repo: "a/b" }, { GITHUB_REF: "refs/heads/main" }],
      [{ repo: "a/b" }, { GITHUB_EVENT_PATH: "/nowhere.json" }],
    ] as const) {
      expect(isMissingTarget(failing(() => githubTarget(flags, environment)))).toBe(true);
    }
    for (const repo of ["acme", "a/b/c", "../x", "a/..", "a b/c", "a/b?x", "https://github.com/a/b"]) {
      const error = failing(() => githubTarget({ repo, number: 1 }, {}));
      expect([isMissingTarget(error), error.message]).toEqual([false, `--repo ${repo}: expected OWNER/NAME`]);
    }
  });
});

describe("a merge request", () => {
  it("is the one of the pipeline, in the project that it goes to", () => {
    const environment = {
      ...{ CI_PROJECT_ID: "1", CI_MERGE_REQUEST_PROJECT_ID: "2", CI_MERGE_REQUEST_IID: "5" },
      ...{ CI_API_V4_URL: "https://git.test/sub/api/v4", CI_MERGE_REQUEST_PROJECT_URL: "https://git.test/sub/a/b" },
    };
    expect(gitlabTarget({}, environment)).toEqual({
      ...{ project: "2", number: 5, serverUrl: "https://git.test/sub", projectUrl: "https://git.test/sub/a/b" },
    });
    expect(gitlabTarget({ project: "acme/sub/shop", number: 7 }, environment)).toMatchObject({
      ...{ project: "acme/sub/shop", number: 7, projectUrl: undefined },
    });
    expect(gitlabTarget({ project: "1", number: 7 }, {}).serverUrl).toBe("https://gitlab.com");
  });

  it("that nothing names is told", () => {
    expect(isMissingTarget(failing(() => gitlabTarget({}, { CI_MERGE_REQUEST_IID: "5" })))).toBe(true);
    expect(isMissingTarget(failing(() => gitlabTarget({ project: "1" }, { CI_MERGE_REQUEST_IID: "x" })))).toBe(true);
    expect(isMissingTarget(failing(() => gitlabTarget({ project: "a b?c", number: 1 }, {})))).toBe(false);
  });

  it.each(["ftp://x", "nonsense", "https://user:s3cret-word@git.test"])(
    "is not sent to %s, and the address is not told",
    (url) => {
      const error = failing(() => gitlabTarget({ project: "1", number: 1, apiUrl: url }, {}));
      expect(error.message).toMatch(/^--gitlab-url: /);
      expect(error.message).not.toContain("s3cret-word");
    },
  );
});
