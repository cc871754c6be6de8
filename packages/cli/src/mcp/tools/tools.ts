import type { Tool } from "../tool.ts";
import { COMPARE_TOOL } from "./compare.ts";
import { ESTIMATE_TOOL } from "./estimate.ts";
import { EXPLAIN_TOOL } from "./explain.ts";
import { PLAN_TOOL } from "./plan.ts";
import { PRICES_TOOL } from "./prices.ts";
import { REVIEW_TOOL } from "./review.ts";
import { RIGHTSIZE_TOOL } from "./rightsize.ts";

/** Every tool of the server. */
export const TOOLS: readonly Tool[] = [
  ...[ESTIMATE_TOOL, COMPARE_TOOL, RIGHTSIZE_TOOL, PLAN_TOOL],
  ...[REVIEW_TOOL, EXPLAIN_TOOL, PRICES_TOOL],
];
