import type { Issue } from "../../../domain/issues/issue.ts";
import { NO_EXTRAS, NO_NETWORK } from "../../../domain/workload/defaults.ts";
import type { Service } from "../../../domain/workload/service.ts";
import type { KeyPath } from "../../../schema/problems.ts";
import type { DraftService } from "../planned/draft.ts";
import { originOf, whereOf } from "../text/checked.ts";
import type { InputDocument } from "../text/document.ts";

/** A service that a manifest describes, and what it does not say. */
export interface ManifestService {
  readonly draft: DraftService;
  readonly issues: readonly Issue[];
}

type Given = Partial<Service> & Pick<Service, "name">;

/** A service of a manifest: what is not given is at the defaults of ECS. */
export const manifestService = (
  document: InputDocument,
  path: KeyPath,
  given: Given,
  reference: DraftService["reference"],
): DraftService => {
  const cluster = given.cluster ?? "default";
  const service: Service = {
    tags: {},
    placement: { kind: "unspecified" },
    scheduling: "replica",
    placementConstraints: false,
    interruptible: "unspecified",
    network: NO_NETWORK,
    extras: NO_EXTRAS,
    ...given,
    id: `${cluster}/${given.name}`,
    cluster,
    origin: originOf(document, path),
  };
  return { service, ...(reference === undefined ? {} : { reference }), place: () => whereOf(document, path) };
};

/** Why nothing tells the size of a task. */
export const unsized = (detail: string): NonNullable<DraftService["reference"]> => ({ kind: "unsized", detail });
