import type { Assumption, Issue } from "../../../domain/issues/issue.ts";
import { DEFAULT_EC2 } from "../../../domain/workload/defaults.ts";
import type { InstanceGroup, InstanceVolume } from "../../../domain/workload/instance-group.ts";
import { clusterMatches, nameOfCluster } from "./clusters.ts";
import type { Joined } from "./joined.ts";
import {
  isKnown,
  known,
  type PlannedCluster,
  type PlannedInstanceGroup,
  type PlannedVolume,
  UNKNOWN,
} from "./planned.ts";
import { nameOfProvider } from "./providers.ts";

/** Groups of the planned resources that belong to clusters, and what is to be told of them. */
export interface PlannedGroups {
  readonly groups: readonly InstanceGroup[];
  readonly issues: readonly Issue[];
  readonly assumptions: readonly Assumption[];
}

interface Tie {
  readonly cluster?: string;
  readonly capacityProvider?: string;
  readonly managed: boolean;
  readonly guessed?: true;
}

const providerTie = (joined: Joined, group: PlannedInstanceGroup): Omit<Tie, "cluster"> | undefined => {
  const providers = joined.inputs.flatMap(({ capacityProviders }) => capacityProviders);
  const provider = providers.find((each) => each.group === group.key);
  if (provider === undefined) return undefined;
  return { capacityProvider: nameOfProvider(provider), managed: provider.managedScaling !== false };
};

/** The cluster that the group's user data joins, or whose name it or a tag of it has. */
const namedCluster = (
  joined: Joined,
  group: PlannedInstanceGroup,
  clusters: readonly PlannedCluster[],
): string | undefined => {
  const { joins } = group;
  if (isKnown(joins) && joins !== "none") {
    const cluster = clusters.find((each) => clusterMatches(joined, joins, each));
    if (cluster !== undefined) return nameOfCluster(cluster);
    if (typeof joins === "string") return joins;
  }
  const names = clusters.map(nameOfCluster).toSorted((a, b) => b.length - a.length);
  return names.find((name) => group.texts.some((text) => text === name || text.includes(name)));
};

const tieOf = (joined: Joined, group: PlannedInstanceGroup, clusters: readonly PlannedCluster[]): Tie | undefined => {
  const provider = providerTie(joined, group);
  const named = namedCluster(joined, group, clusters);
  const base = provider ?? { managed: false };
  if (named !== undefined) return { ...base, cluster: named };
  const [only, ...others] = clusters;
  const sole = others.length === 0 ? only : undefined;
  if (provider !== undefined) return sole === undefined ? provider : { ...provider, cluster: nameOfCluster(sole) };
  if (sole === undefined || group.joins === "none") return undefined;
  return { ...base, cluster: nameOfCluster(sole), guessed: true };
};

const issue = (group: PlannedInstanceGroup, detail: string): Issue => ({
  code: "unknown-cost",
  severity: "warning",
  subject: group.address,
  detail,
});

const volumeOf = (volume: PlannedVolume): InstanceVolume => {
  const [iops, throughput] = [known(volume.iops), known(volume.throughputMiBps)];
  return {
    type: known(volume.type) ?? "gp3",
    gib: known(volume.gib) ?? DEFAULT_EC2.rootVolumeGiB,
    ...(iops === undefined ? {} : { iops }),
    ...(throughput === undefined ? {} : { throughputMiBps: throughput }),
  };
};

const ROOT: InstanceVolume = { type: "gp3", gib: DEFAULT_EC2.rootVolumeGiB };

/** Instances of so much capacity, by the weight of the type that is started first. */
const instancesOf = (capacity: number, { types }: PlannedInstanceGroup): number =>
  Math.ceil(capacity / Math.max(1, known(types[0]?.weight) ?? 1));

const groupOf = (group: PlannedInstanceGroup, tie: Tie): InstanceGroup => {
  const min = known(group.min) ?? 0;
  const max = known(group.max);
  const volumes = group.volumes.map(volumeOf);
  const { guessed: _, ...ties } = tie;
  const purchase = known(group.purchase);
  return {
    name: known(group.name) ?? group.address,
    ...ties,
    min: instancesOf(min, group),
    ...(max === undefined ? {} : { max: instancesOf(max, group) }),
    desired: instancesOf(known(group.desired) ?? min, group),
    instanceTypes: group.types.flatMap(({ name }) => known(name) ?? []),
    purchase: purchase === "spot" ? "spot" : "on-demand",
    ...(purchase === "mixed"
      ? { mix: { base: known(group.onDemandBase) ?? 0, percentAbove: known(group.onDemandPercent) ?? 100 } }
      : {}),
    volumes: group.hasRoot ? volumes : [ROOT, ...volumes],
    address: group.address,
  };
};

const openIssues = (group: PlannedInstanceGroup): readonly Issue[] => {
  const types = group.types.every(({ name }) => !isKnown(name));
  const open = [
    ...(group.desired === UNKNOWN || (group.desired === undefined && group.min === UNKNOWN)
      ? ["how many instances it runs"]
      : []),
    ...(types ? ["its instance type"] : []),
  ];
  return open.length === 0 ? [] : [issue(group, `${open.join(" and ")} is not known; what it costs is not included`)];
};

const GUESSED =
  "These Auto Scaling groups name no cluster; they are taken to hold the instances of the only one in the inputs";
const COUNT =
  "Auto Scaling groups that ECS does not scale are taken to run their desired capacity, or their minimum, all month";
const FIRST =
  "Auto Scaling groups that allow several instance types and are not scaled by ECS are taken to run the first of them";

const listed = (code: string, detail: string, groups: readonly PlannedInstanceGroup[]): Assumption[] =>
  groups.length === 0 ? [] : [{ code, detail: `${detail}: ${groups.map(({ address }) => address).join(", ")}` }];

/** Auto Scaling groups as the instances of clusters. */
export const plannedGroups = (joined: Joined): PlannedGroups => {
  const clusters = joined.inputs.flatMap((input) => input.clusters);
  const all = joined.inputs.flatMap(({ instanceGroups }) => instanceGroups);
  const tied = all.map((group) => ({ group, tie: tieOf(joined, group, clusters) }));
  const ours = tied.flatMap(({ group, tie }) => (tie === undefined ? [] : [{ group, tie, open: openIssues(group) }]));
  const strangers =
    clusters.length < 2 ? [] : tied.filter(({ group, tie }) => tie === undefined && group.joins !== "none");
  const priced = ours.filter(({ open }) => open.length === 0);
  const fixed = priced.filter(({ tie }) => !tie.managed).map(({ group }) => group);
  return {
    groups: priced.map(({ group, tie }) => groupOf(group, tie)),
    issues: [
      ...ours.flatMap(({ open }) => open),
      ...strangers.map(({ group }) =>
        issue(group, "which cluster its instances belong to is not known, if any; it is not included"),
      ),
    ],
    assumptions: [
      ...listed(
        "instance-group-cluster",
        GUESSED,
        priced.filter(({ tie }) => tie.guessed).map(({ group }) => group),
      ),
      ...listed(
        "instance-group-size",
        COUNT,
        fixed.filter(({ min, max, desired }) => min !== max || desired === UNKNOWN),
      ),
      ...listed(
        "instance-group-type",
        FIRST,
        fixed.filter(({ types }) => types.length > 1),
      ),
    ],
  };
};
