import type { ServiceIdentity } from "../../domain/report/report.ts";
import type { Service } from "../../domain/workload/service.ts";

/** What a report says of a service before any cost. */
export const identityOf = ({
  name,
  cluster,
  region,
  account,
  tags,
  task,
  address,
  previousAddress,
}: Service): ServiceIdentity => ({
  name,
  cluster,
  ...(region === undefined ? {} : { region }),
  ...(account === undefined ? {} : { account }),
  tags,
  cpu: task?.cpu ?? null,
  memory: task?.memory ?? null,
  architecture: task?.architecture ?? null,
  os: task?.os ?? null,
  ...(address === undefined ? {} : { address }),
  ...(previousAddress === undefined ? {} : { previousAddress }),
});
