import type { Assumption, Issue } from "../../../domain/issues/issue.ts";
import { Decimal } from "../../../domain/units/decimal.ts";
import type { Inventory } from "../../../domain/workload/inventory.ts";
import type { Service } from "../../../domain/workload/service.ts";
import type { LoadBalancer, SharedInfrastructure, VpcEndpoint } from "../../../domain/workload/shared.ts";
import type { DiscoveredRegion } from "../discovery/discover.ts";
import { orderedIssues } from "../discovery/region-run.ts";
import { sharedIssues, type TrafficPart } from "../discovery/shared-facts.ts";
import type { BalancerTraffic, RegionTraffic } from "./region-traffic.ts";
import { withRunSeconds } from "./run-seconds.ts";

const BYTES_PER_GB = 2 ** 30;
const HOURS_PER_MONTH = 730;
const PLACES = 6;

const hoursOf = ({ window }: RegionTraffic): number => (window.to - window.from) / 3600;

const rounded = (value: Decimal): string => value.toDecimalPlaces(PLACES).toFixed();

/** Bytes in the window as GB in a month of 730 hours. */
const gbPerMonth = (bytes: number, traffic: RegionTraffic): string =>
  rounded(new Decimal(bytes).dividedBy(BYTES_PER_GB).times(HOURS_PER_MONTH).dividedBy(hoursOf(traffic)));

const natGatewaysOf = (found: DiscoveredRegion, traffic: RegionTraffic): Pick<SharedInfrastructure, "natGateways"> => {
  const { natGateways } = found.inventory.shared;
  const bytes = found.facts.network.natGateways.map(({ id }) => traffic.natGateways.get(id));
  if (natGateways === undefined) return {};
  if (bytes.some((each) => each === undefined)) return { natGateways };
  const sum = bytes.reduce<number>((all, each) => all + (each ?? 0), 0);
  return { natGateways: { ...natGateways, gb: gbPerMonth(sum, traffic) } };
};

/** Endpoints stand in the inventory in the order of the facts. */
const endpointsOf = (found: DiscoveredRegion, traffic: RegionTraffic): readonly VpcEndpoint[] =>
  found.inventory.shared.vpcEndpoints.map((endpoint, at) => {
    const bytes = traffic.endpoints.get(found.facts.network.endpoints[at]?.id ?? "");
    return bytes === undefined ? endpoint : { ...endpoint, gb: gbPerMonth(bytes, traffic) };
  });

const perHour = (sum: number | undefined, traffic: RegionTraffic, hourly: number): string | undefined =>
  sum === undefined ? undefined : rounded(new Decimal(sum).dividedBy(hoursOf(traffic)).dividedBy(hourly));

const balancerOf = (
  balancer: LoadBalancer,
  measured: BalancerTraffic | undefined,
  traffic: RegionTraffic,
): LoadBalancer => ({
  ...balancer,
  newConnectionsPerSecond: perHour(measured?.newConnections, traffic, 3600) ?? balancer.newConnectionsPerSecond,
  activeConnections: perHour(measured?.activeConnectionMinutes, traffic, 60) ?? balancer.activeConnections,
  processedGbPerHour: perHour(measured?.processedBytes, traffic, BYTES_PER_GB) ?? balancer.processedGbPerHour,
  ruleEvaluationsPerSecond: perHour(measured?.ruleEvaluations, traffic, 3600) ?? balancer.ruleEvaluationsPerSecond,
});

/** Services by the log groups that their tasks write to. */
const writersOf = ({ inventory, facts }: DiscoveredRegion): ReadonlyMap<string, readonly string[]> => {
  const groupsOf = new Map(facts.taskDefinitions.map(({ arn, logGroups }) => [arn, logGroups]));
  const writers = new Map<string, string[]>();
  for (const { id, taskDefinition = "" } of inventory.services) {
    for (const group of groupsOf.get(taskDefinition) ?? []) writers.set(group, [...(writers.get(group) ?? []), id]);
  }
  return writers;
};

interface LoggedServices {
  readonly services: readonly Service[];
  readonly issues: readonly Issue[];
}

/** Logs of the services that have their log groups for themselves; a group that several write to is an issue. */
const withLogs = (found: DiscoveredRegion, traffic: RegionTraffic): LoggedServices => {
  const writers = writersOf(found);
  const groups = new Map(found.facts.logGroups.map((group) => [group.name, group]));
  const own = Map.groupBy(
    [...writers].flatMap(([group, ids]) => (ids.length === 1 ? [{ id: ids[0] ?? "", group }] : [])),
    ({ id }) => id,
  );
  const services = found.inventory.services.map((service): Service => {
    const names = (own.get(service.id) ?? []).map(({ group }) => group);
    const bytes = names.map((name) => traffic.logGroups.get(name));
    if (names.length === 0 || bytes.some((each) => each === undefined)) return service;
    const [first] = names.map((name) => groups.get(name));
    const retentionDays = first?.retentionDays;
    const sum = bytes.reduce<number>((all, each) => all + (each ?? 0), 0);
    const logs = {
      gbPerMonth: gbPerMonth(sum, traffic),
      class: first?.infrequentAccess === true ? ("infrequent-access" as const) : ("standard" as const),
      ...(retentionDays === undefined ? {} : { retentionDays }),
    };
    return { ...service, logs };
  });
  const shared = [...writers].filter(([, ids]) => ids.length > 1).sort(([a], [b]) => (a < b ? -1 : 1));
  const issues = shared.map(
    ([group, ids]): Issue => ({
      code: "unknown-cost",
      severity: "warning",
      subject: group,
      detail: `${ids.length} services write to this log group (${ids.slice(0, 5).join(", ")}): what each of them logs is not known`,
    }),
  );
  return { services, issues };
};

const isWhole = (sums: Iterable<number | undefined>): boolean => {
  const all = [...sums];
  return all.length > 0 && all.every((sum) => sum !== undefined);
};

const measuredParts = ({ natGateways, endpoints, loadBalancers }: RegionTraffic): readonly TrafficPart[] => [
  ...(isWhole(natGateways.values()) ? ["natGateways" as const] : []),
  ...(isWhole(endpoints.values()) ? ["vpcEndpoints" as const] : []),
  ...(isWhole([...loadBalancers.values()].map(({ processedBytes }) => processedBytes))
    ? ["loadBalancers" as const]
    : []),
];

/** The issues of an inventory without those that the traffic settles. */
const openIssues = ({ inventory, facts }: DiscoveredRegion, traffic: RegionTraffic): readonly Issue[] => {
  const left = new Set(sharedIssues(facts, measuredParts(traffic)).map(({ detail }) => detail));
  const settled = new Set(sharedIssues(facts).flatMap(({ detail }) => (left.has(detail) ? [] : [detail])));
  return inventory.issues.filter(({ detail }) => !settled.has(detail));
};

const assumptionsOf = (traffic: RegionTraffic): readonly Assumption[] => [
  {
    code: "traffic-of-past-days",
    detail: `Traffic and logs of a month are those of the last ${hoursOf(traffic) / 24} days, as a month of ${HOURS_PER_MONTH} hours; a GB is 2^30 bytes`,
  },
];

/** A region with the traffic that was measured in the place of what was not known. */
export const withTraffic = (found: DiscoveredRegion, traffic: RegionTraffic): DiscoveredRegion => {
  const { inventory, facts } = found;
  const logged = withLogs(found, traffic);
  const shared: SharedInfrastructure = {
    ...inventory.shared,
    ...natGatewaysOf(found, traffic),
    vpcEndpoints: endpointsOf(found, traffic),
    loadBalancers: inventory.shared.loadBalancers.map((balancer, at) =>
      balancerOf(balancer, traffic.loadBalancers.get(facts.loadBalancers[at]?.arn ?? ""), traffic),
    ),
  };
  const measured: Inventory = {
    ...inventory,
    shared,
    services: logged.services,
    issues: orderedIssues([...openIssues(found, traffic), ...traffic.issues, ...logged.issues]),
    assumptions: [...inventory.assumptions, ...assumptionsOf(traffic)],
  };
  return { ...found, inventory: withRunSeconds(measured, traffic.taskMinutes, traffic.window) };
};
