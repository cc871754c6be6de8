import {
  type DiffReport,
  type DiffSide,
  divideContainers,
  type RightsizeReport,
  type ServiceRightsizing,
} from "@ecs-cost/core";
import type { Suggestion } from "@ecs-cost/core/patch";

/** A report with what would apply its advice, where that was asked for. */
export type Suggested<R> = R & { readonly suggestions?: readonly Suggestion[] };

/** Adds what would apply the advised sizes of the services that pass. */
export const suggestResizes = async (
  report: RightsizeReport,
  inputs: readonly string[],
  passes: (service: ServiceRightsizing) => boolean,
): Promise<Suggested<RightsizeReport>> => {
  const { suggestSizes } = await import("@ecs-cost/core/patch");
  const changes = report.services
    .filter(passes)
    .flatMap(({ cluster, name, advice, current, recommended, containers }) =>
      advice === "resize" && recommended !== null
        ? [{ id: `${cluster}/${name}`, size: recommended, containers, ...(current === null ? {} : { current }) }]
        : [],
    );
  const { suggestions, issues } = suggestSizes(inputs, changes);
  return { ...report, suggestions, issues: [...report.issues, ...issues] };
};

/** Adds what would give the services of a change the sizes that fit; `stdin` is the text of the input `-`. */
export const suggestBetter = async (
  report: DiffReport,
  after: readonly DiffSide[],
  inputs: readonly string[],
  stdin: string | undefined,
): Promise<Suggested<DiffReport>> => {
  const { suggestSizes } = await import("@ecs-cost/core/patch");
  const services = new Map(
    after.flatMap((side) =>
      side.of === "inventory" ? side.inventory.services.map((service) => [service.id, service] as const) : [],
    ),
  );
  const changes = report.changes.flatMap(({ subject, sizing }) => {
    if (sizing?.fits !== false || sizing.recommended === null || sizing.proposed === null) return [];
    const { recommended, proposed } = sizing;
    const containers = divideContainers(services.get(subject)?.task?.containers ?? [], proposed, recommended);
    return [{ id: subject, size: recommended, containers, current: proposed }];
  });
  const { suggestions, issues } = suggestSizes(inputs, changes, stdin);
  return { ...report, suggestions, issues: [...report.issues, ...issues] };
};
