import type { CompareReport } from "@ecs-cost/core";

type Compared = Pick<CompareReport, "services" | "fleets">;

/**
 * Whether the best options of all services can be had at the same time: the cost of a fleet is that of all its members, so
 * each of them has to move to it. Where one does not, savings overlap and their sum is nobody's.
 */
export const holdTogether = ({ services, fleets }: Compared): boolean => {
  const chosen = new Map(
    services.map(({ cluster, name, best, options }) => [
      `${cluster}/${name}`,
      options.find(({ id }) => id === best)?.fleet,
    ]),
  );
  const isChosen = (fleet: { readonly id: string; readonly cluster: string }, name: string): boolean => {
    const own = chosen.get(`${fleet.cluster}/${name}`);
    return own?.id === fleet.id && own.cluster === fleet.cluster;
  };
  return [...chosen.values()].every((fleet) => {
    if (fleet === undefined) return true;
    const members = fleets.find(({ id, cluster }) => id === fleet.id && cluster === fleet.cluster)?.services ?? [];
    return members.every((name) => isChosen(fleet, name));
  });
};
