import type { BodyRules } from "./comment-body.ts";
import { disarmQuickActions, escapeDollars } from "./gitlab-markdown.ts";

const asIs = (markdown: string): string => markdown;

/** GitHub refuses a comment above 65,536 characters. */
export const GITHUB_RULES: BodyRules = { forge: "GitHub", limit: 65_536, adapt: asIs, disarm: asIs };

/** GitLab refuses one above 1,000,000, and acts on some lines of it. */
export const GITLAB_RULES: BodyRules = {
  ...{ forge: "GitLab", limit: 1_000_000 },
  ...{ adapt: escapeDollars, disarm: disarmQuickActions },
};
