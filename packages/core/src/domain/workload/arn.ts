/** The parts of an ECS ARN that name things. */
export interface EcsArn {
  readonly region: string;
  readonly account: string;
  readonly kind: string;
  /** What follows the kind: `api:3`, `production`, `production/api`. */
  readonly resource: string;
}

const ARN = /^arn:[^:]*:ecs:(?<region>[^:]*):(?<account>[^:]*):(?<kind>[^/:]+)\/(?<resource>.+)$/s;

/** The parts of an ECS ARN, or undefined where the text is not one. */
export const parseEcsArn = (text: string): EcsArn | undefined => {
  const groups = ARN.exec(text)?.groups;
  if (groups === undefined) return undefined;
  return {
    region: groups["region"] ?? "",
    account: groups["account"] ?? "",
    kind: groups["kind"] ?? "",
    resource: groups["resource"] ?? "",
  };
};

/** The name of a cluster that is given by name or ARN; ECS calls the one that nobody named `default`. */
export const clusterName = (cluster: string | undefined): string =>
  cluster === undefined || cluster === "" ? "default" : (parseEcsArn(cluster)?.resource ?? cluster);

/** A task definition by family and, where it is given, revision. */
export interface TaskDefinitionRef {
  readonly family: string;
  readonly revision?: number;
}

/** Reads `family`, `family:revision` or an ARN. */
export const parseTaskDefinitionRef = (text: string): TaskDefinitionRef => {
  const name = parseEcsArn(text)?.resource ?? text;
  const match = /^(?<family>.+):(?<revision>\d{1,10})$/s.exec(name)?.groups;
  return match === undefined
    ? { family: name }
    : { family: match["family"] ?? name, revision: Number(match["revision"]) };
};
