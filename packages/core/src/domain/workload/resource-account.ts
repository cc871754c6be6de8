/** Where a resource of an input ends: every one in exactly one of these. */
export type ResourceOutcome = "priced" | "free" | "priced-elsewhere" | "not-understood" | "not-ecs";

/** What becomes of one resource that a plan or template holds. */
export interface AccountedResource {
  /** As its format names it: `aws_efs_file_system.data`, a logical id. */
  readonly address: string;
  readonly type: string;
  readonly file: string;
  readonly outcome: ResourceOutcome;
  /** Why it ends there. */
  readonly reason: string;
}
