import type { Issue } from "../../../domain/issues/issue.ts";
import type { AccountedResource, ResourceOutcome } from "../../../domain/workload/resource-account.ts";
import type { MeteredResource } from "../../../domain/workload/shared.ts";
import type { Joined } from "../planned/joined.ts";
import type { HeldResource, PlannedResources } from "../planned/planned.ts";
import { accountIssues, type Judged } from "./account-issues.ts";
import { heldAddresses } from "./addresses.ts";
import { METERED, type Metering } from "./metered.ts";
import { rowOf } from "./resource-table.ts";
import type { Fate, ResourceRow } from "./rows/resource-row.ts";
import { judgeUnknown } from "./unknown-types.ts";
import { meteringOfUse } from "./used.ts";

/** What becomes of every resource of the inputs, what is billed by itself, and what is to be told of the rest. */
export interface Account {
  readonly resources: readonly AccountedResource[];
  readonly metered: readonly MeteredResource[];
  readonly issues: readonly Issue[];
}

const OUTCOMES: Readonly<Record<Exclude<Fate, "metered" | "use">, ResourceOutcome>> = {
  read: "priced",
  free: "free",
  part: "priced-elsewhere",
  billed: "not-understood",
  other: "not-ecs",
  none: "not-ecs",
};

const billed = (what: string): string => `is billed (${what}) and has no price here`;

/** What is said of a resource; what is billed is what the row says. */
const reasonOf = (fate: Fate, what: string): string => {
  if (fate === "billed") return billed(what);
  return fate === "other" ? `is billed (${what}), but is no part of what ECS workloads cost` : what;
};

interface Scene {
  readonly joined: Joined;
  readonly addresses: ReadonlySet<string>;
  /** Keys of gateway endpoints. */
  readonly gateways: ReadonlySet<string>;
  /** Keys of resources of ECS. */
  readonly ecs: ReadonlySet<string>;
  readonly namedByEcs: ReadonlySet<string>;
}

const metering = (scene: Scene, held: HeldResource, row: ResourceRow): Metering | undefined => {
  if (row[2] === "use") return meteringOfUse(row[0], scene.joined.usageOf(held));
  const read = METERED[row[0]];
  const path = ["resources", held.address];
  return read?.({ document: NO_DOCUMENT, path, data: held.settings() });
};

/** Settings that are read here are never refused by their places. */
const NO_DOCUMENT = {
  ...{ file: "", data: {} },
  ...{ lineOf: () => undefined, knownLineOf: () => undefined, refuseDuplicateKeys: () => undefined },
};

const judgeMetered = (held: HeldResource, row: ResourceRow, found: Metering): Judged => {
  if (found.kind === "free") return { held, outcome: "free", reason: found.reason };
  if (found.kind === "unknown") {
    return { held, outcome: "not-understood", severity: "warning", reason: billed(found.reason) };
  }
  const { key, quantity, per } = found;
  return { held, outcome: "priced", reason: row[3], metered: { address: held.address, key, quantity, per } };
};

const judge = (scene: Scene, held: HeldResource): Judged => {
  const row = rowOf(held.type);
  if (row === undefined) return judgeUnknown(held, scene);
  const [, , fate, reason] = row;
  if (scene.addresses.has(held.key)) {
    return { held, outcome: "priced-elsewhere", reason: "billed with the gateway or load balancer that holds it" };
  }
  if (scene.gateways.has(held.key)) return { held, outcome: "free", reason: "gateway endpoints are not billed" };
  if (fate === "metered" || fate === "use") {
    const found = metering(scene, held, row);
    if (found !== undefined) return judgeMetered(held, row, found);
    return { held, outcome: "priced", severity: "info", reason: `is billed by use (${reason}), which is not known` };
  }
  const outcome = OUTCOMES[fate];
  const severity = fate === "billed" ? ("warning" as const) : fate === "other" ? ("info" as const) : undefined;
  return { held, outcome, reason: reasonOf(fate, reason), ...(severity === undefined ? {} : { severity }) };
};

const isOfEcs = ({ type }: HeldResource): boolean => /^(?:AWS::ECS::|awscc_ecs_|aws_ecs_)/.test(type);

const gatewayEndpoints = ({ inputs }: Joined): ReadonlySet<string> =>
  new Set(inputs.flatMap(({ endpoints }) => endpoints.flatMap(({ key, type }) => (type === "gateway" ? [key] : []))));

const sceneOf = (joined: Joined): Scene => {
  const ecs = joined.inputs.flatMap(({ held }) => held.filter(isOfEcs));
  return {
    ...{ joined, addresses: heldAddresses(joined), gateways: gatewayEndpoints(joined) },
    ecs: new Set(ecs.map(({ key }) => key)),
    namedByEcs: new Set(ecs.flatMap((held) => held.names())),
  };
};

const accounted = ({ file }: PlannedResources, { held, outcome, reason }: Judged): AccountedResource => ({
  ...{ address: held.address, type: held.type, file, outcome, reason },
});

/** Gives every resource of the inputs its place. */
export const accountOf = (joined: Joined): Account => {
  const scene = sceneOf(joined);
  const judged = joined.inputs.flatMap((input) => input.held.map((held) => ({ input, ...judge(scene, held) })));
  return {
    resources: judged.map((item) => accounted(item.input, item)),
    metered: judged.flatMap(({ metered }) => metered ?? []),
    issues: accountIssues(judged),
  };
};
