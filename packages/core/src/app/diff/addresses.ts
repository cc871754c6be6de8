import type { ChangeKind, ResourceChange } from "../../domain/report/diff-report.ts";
import type { SharedInfrastructure } from "../../domain/workload/shared.ts";

interface Addressed {
  readonly address: string;
  /** Everything that is told of it, as text: it differs where this does. */
  readonly text: string;
}

/** Resources that services share and that a plan or template names. */
const addressedIn = ({
  natGateways,
  vpcEndpoints,
  loadBalancers,
  resources = [],
  logGroups = [],
}: SharedInfrastructure): readonly Addressed[] => [
  ...(natGateways?.addresses ?? []).map((address) => ({ address, text: natGateways?.type ?? "" })),
  ...[...vpcEndpoints, ...loadBalancers, ...resources, ...logGroups].flatMap(({ address, ...rest }) =>
    address === undefined ? [] : [{ address, text: JSON.stringify(rest) }],
  ),
];

const kindOf = (before: string | undefined, after: string | undefined): ChangeKind | undefined => {
  if (before === undefined) return "added";
  if (after === undefined) return "removed";
  return before === after ? undefined : "changed";
};

/** Shared resources that are added, removed or changed, matched by their addresses, in their order. */
export const resourceChanges = (
  before: SharedInfrastructure,
  after: SharedInfrastructure,
): readonly ResourceChange[] => {
  const was = new Map(addressedIn(before).map(({ address, text }) => [address, text]));
  const is = new Map(addressedIn(after).map(({ address, text }) => [address, text]));
  const all = [...new Set([...was.keys(), ...is.keys()])].sort();
  return all.flatMap((address) => {
    const kind = kindOf(was.get(address), is.get(address));
    return kind === undefined ? [] : [{ kind, address }];
  });
};
