/** What becomes of the comment from before. */
export const BEHAVIORS = ["update", "new", "hide-and-new", "delete-and-new"] as const;
export type Behavior = (typeof BEHAVIORS)[number];
