import type { Tag, TaskDefinition } from "@aws-sdk/client-ecs";
import { malformedAnswer } from "../client/aws-error.ts";
import { attempt, callOf, type RegionRun, sortedBy } from "./region-run.ts";

/** A task definition with what bears on size, placement and cost; environment and secrets are left out. */
export interface FoundTaskDefinition {
  readonly arn: string;
  readonly definition: Readonly<Record<string, unknown>>;
  readonly tags: readonly Tag[];
  /** CloudWatch log groups that its containers write to. */
  readonly logGroups: readonly string[];
}

const KEPT = [
  "taskDefinitionArn",
  "family",
  "revision",
  "cpu",
  "memory",
  "networkMode",
  "requiresCompatibilities",
  "runtimePlatform",
  "ephemeralStorage",
  "ipcMode",
] as const;

const KEPT_OF_CONTAINER = [
  "name",
  "essential",
  "cpu",
  "memory",
  "memoryReservation",
  "privileged",
  "disableNetworking",
  "portMappings",
  "resourceRequirements",
  "dnsServers",
  "dnsSearchDomains",
  "dockerSecurityOptions",
  "extraHosts",
  "links",
] as const;

const kept = (from: object, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    keys.flatMap((key) => {
      const value = (from as Record<string, unknown>)[key];
      const isEmpty = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
      return isEmpty ? [] : [[key, value]];
    }),
  );

type ApiContainer = NonNullable<TaskDefinition["containerDefinitions"]>[number];

const linuxOf = ({ linuxParameters }: ApiContainer) => {
  const parameters = kept(linuxParameters ?? {}, ["maxSwap", "swappiness"]);
  return Object.keys(parameters).length === 0 ? {} : { linuxParameters: parameters };
};

const containerOf = (container: ApiContainer): Record<string, unknown> => ({
  ...kept(container, KEPT_OF_CONTAINER),
  ...linuxOf(container),
});

const definitionOf = (definition: TaskDefinition): Record<string, unknown> => ({
  ...kept(definition, KEPT),
  ...((definition.placementConstraints ?? []).length > 0
    ? { placementConstraints: definition.placementConstraints }
    : {}),
  containerDefinitions: (definition.containerDefinitions ?? []).map(containerOf),
});

const logGroupsOf = (definition: TaskDefinition, region: string): readonly string[] => {
  const groups = (definition.containerDefinitions ?? []).flatMap(({ logConfiguration }) => {
    const { logDriver, options = {} } = logConfiguration ?? {};
    const isHere = logDriver === "awslogs" && (options["awslogs-region"] ?? region) === region;
    const group = options["awslogs-group"];
    return isHere && group !== undefined ? [group] : [];
  });
  return [...new Set(groups)].sort();
};

const describe = async (run: RegionRun, arn: string): Promise<FoundTaskDefinition> => {
  const { aws, region } = run;
  const client = await aws.clients.ecs(region);
  const { DescribeTaskDefinitionCommand } = await import("@aws-sdk/client-ecs");
  const call = callOf(run, "ecs:DescribeTaskDefinition");
  return aws.call(call, async (abortSignal) => {
    const command = new DescribeTaskDefinitionCommand({ taskDefinition: arn, include: ["TAGS"] });
    const { taskDefinition, tags = [] } = await client.send(command, { abortSignal });
    if (typeof taskDefinition?.family !== "string" || !Array.isArray(taskDefinition.containerDefinitions)) {
      throw malformedAnswer(call, "it has no task definition");
    }
    return { arn, definition: definitionOf(taskDefinition), tags, logGroups: logGroupsOf(taskDefinition, region) };
  });
};

/** Reads task definitions while others are still being found. */
export interface DefinitionReader {
  /** Starts to read those with these ARNs that nobody asked for yet. */
  readonly want: (arns: readonly string[]) => void;
  /** Everything that was asked for, in the order of the ARNs; what cannot be read is an issue. */
  readonly all: () => Promise<readonly FoundTaskDefinition[]>;
}

/** A reader that asks for each ARN once, however many services name it. Action: DescribeTaskDefinition. */
export const definitionReader = (run: RegionRun): DefinitionReader => {
  const asked = new Map<string, Promise<FoundTaskDefinition | undefined>>();
  let done = 0;
  const read = async (arn: string): Promise<FoundTaskDefinition | undefined> => {
    const name = arn.split("/").at(-1) ?? arn;
    const found = await attempt(run, name, "the size of its tasks is missing", () => describe(run, arn));
    done += 1;
    run.aws.observe({ code: "definitions-progress", region: run.region, done, definitions: asked.size });
    return found;
  };
  return {
    want: (arns) => {
      for (const arn of arns) {
        if (asked.has(arn)) continue;
        const reading = read(arn);
        reading.catch(() => undefined);
        asked.set(arn, reading);
      }
    },
    all: async () => {
      const found = await Promise.all(sortedBy([...asked], ([arn]) => arn).map(([, reading]) => reading));
      return found.flatMap((each) => (each === undefined ? [] : [each]));
    },
  };
};
