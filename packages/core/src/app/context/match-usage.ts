import type { ServiceUsage } from "../../domain/demand/usage.ts";
import type { UsageByService } from "../../domain/demand/usage-by-service.ts";
import type { Notes } from "../../domain/issues/notes.ts";
import type { Service } from "../../domain/workload/service.ts";

/** Series by service id, and the services whose name a series has that could belong to several. */
export interface MatchedUsage {
  /** Names of the series by service id. */
  readonly byService: ReadonlyMap<string, string>;
  readonly ambiguous: ReadonlySet<string>;
  /** The series of a service, read where its source reads it only when it is asked for. */
  readonly usageOf: (id: string) => ServiceUsage | undefined;
}

/**
 * Gives each series to the service that it names, as `cluster/name` or as a name that only one service has. What
 * cannot be given to one is an issue.
 */
export const matchUsage = (
  services: readonly Pick<Service, "id" | "name">[],
  usage: UsageByService,
  notes: Notes,
): MatchedUsage => {
  const ids = new Set(services.map(({ id }) => id));
  const byName = Map.groupBy(services, ({ name }) => name);
  const named = [...usage.keys()];
  const byService = new Map(named.flatMap((name) => (ids.has(name) ? [[name, name] as const] : [])));
  const ambiguous = new Set<string>();
  for (const name of named) {
    if (ids.has(name)) continue;
    const [only, ...others] = byName.get(name) ?? [];
    if (only === undefined) notes.report(unmatched(name));
    else if (others.length > 0) {
      const open = [only, ...others].map(({ id }) => id).filter((id) => !byService.has(id));
      for (const id of open) ambiguous.add(id);
      if (open.length > 0) notes.report(severalHaveIt(name, open));
    } else if (byService.has(only.id)) notes.report(givenTwice(name, only.id));
    else byService.set(only.id, name);
  }
  const usageOf = (id: string): ServiceUsage | undefined => {
    const name = byService.get(id);
    return name === undefined ? undefined : usage.get(name);
  };
  return { byService, ambiguous, usageOf };
};

const unmatched = (name: string) =>
  ({
    code: "unmatched-metrics",
    severity: "info",
    subject: name,
    detail: "No service of the inputs has this name; its series is left out.",
  }) as const;

const severalHaveIt = (name: string, ids: readonly string[]) =>
  ({
    code: "ambiguous-metrics",
    severity: "warning",
    subject: name,
    detail: `Several services have this name (${listed(ids)}); name the series by cluster/name. It is left out.`,
  }) as const;

const givenTwice = (name: string, id: string) =>
  ({
    code: "ambiguous-metrics",
    severity: "warning",
    subject: name,
    detail: `There is a series of ${id} too; that one is used and this one is left out.`,
  }) as const;

const MOST_LISTED = 5;

const listed = (ids: readonly string[]): string =>
  ids.length <= MOST_LISTED
    ? ids.join(", ")
    : `${ids.slice(0, MOST_LISTED).join(", ")} and ${ids.length - MOST_LISTED} more`;
