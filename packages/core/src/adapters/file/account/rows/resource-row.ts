/**
 * What a type of resource is to the cost of ECS:
 * - `read`: it has a reader and is priced by what it says;
 * - `metered`: it is billed by one price, see `metered.ts`;
 * - `use`: it is billed by use alone, which a usage file can give;
 * - `free`: nothing is billed for it;
 * - `part`: it is billed with another resource;
 * - `billed`: it comes along with ECS workloads, is billed for being there, and has no price here;
 * - `other`: it is billed, and is no part of the cost of ECS workloads;
 * - `none`: it is not billed, and no part of ECS.
 */
export type Fate = "read" | "metered" | "use" | "free" | "part" | "billed" | "other" | "none";

/**
 * One type: as CloudFormation names it, as the Terraform provider does (several of them apart by a space; those of
 * `awscc_` follow from the first), its fate, and what it is billed for or why it is not.
 */
export type ResourceRow = readonly [cloudformation: string, terraform: string, fate: Fate, reason: string];
