import type { Forge } from "../../../packages/cli/src/comment/forge.ts";
import { githubForge } from "../../../packages/cli/src/comment/github.ts";
import { gitlabForge } from "../../../packages/cli/src/comment/gitlab.ts";
import type { ForgeServer } from "./server.ts";

/** Waits as long as in earnest, in milliseconds instead of seconds. */
const PATIENCE = { retries: 3, secondMs: 1 };

/** One forge as the tests see it: its client on the server's addresses, and how its calls look. */
export interface TestedForge {
  readonly name: "GitHub" | "GitLab";
  readonly viewer: string;
  readonly stranger: string;
  readonly limit: number;
  readonly open: (server: ForgeServer, token?: string) => Forge;
  /** Calls that list, create, change and delete. */
  readonly calls: { readonly list: RegExp; readonly create: RegExp; readonly update: RegExp; readonly remove: RegExp };
}

export const FORGES: readonly TestedForge[] = [
  {
    ...{ name: "GitHub", viewer: "github-actions[bot]", stranger: "mallory", limit: 65_536 },
    open: (server, token = server.token) =>
      githubForge({ owner: "acme", repo: "shop", number: 7, apiUrl: `${server.url}/api/v3` }, token, PATIENCE),
    calls: {
      list: /^GET .*\/issues\/7\/comments$/,
      create: /^POST .*\/issues\/7\/comments$/,
      update: /^PATCH .*\/issues\/comments\/\d+$/,
      remove: /^DELETE .*\/issues\/comments\/\d+$/,
    },
  },
  {
    ...{ name: "GitLab", viewer: "41", stranger: "666", limit: 1_000_000 },
    open: (server, token = server.token) =>
      gitlabForge(
        { project: "acme/shop", number: 7, serverUrl: server.url, projectUrl: "https://gitlab.test/acme/shop" },
        token,
        PATIENCE,
      ),
    calls: {
      list: /^GET .*\/notes$/,
      create: /^POST .*\/notes$/,
      update: /^PUT .*\/notes\/\d+$/,
      remove: /^DELETE .*\/notes\/\d+$/,
    },
  },
];
