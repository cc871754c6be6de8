/** Apart from the other entry points, which start often and never write task definitions. */
export {
  type PatchedDefinitions,
  type PatchedFile,
  patchTaskDefinitions,
  type SizeChange,
} from "./patch-task-definitions.ts";
export { type AttributeChange, type Suggestion, type Suggestions, suggestSizes } from "./suggest-sizes.ts";
export { writePatches } from "./write-patches.ts";
