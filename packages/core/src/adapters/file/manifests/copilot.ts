import type { Assumption, Issue } from "../../../domain/issues/issue.ts";
import { NO_NETWORK } from "../../../domain/workload/defaults.ts";
import { scheduledRuns } from "../../../domain/workload/scheduled-runs.ts";
import type { Service } from "../../../domain/workload/service.ts";
import { isData, ownEntries } from "../planned/block.ts";
import { type Draft, EMPTY_DRAFT } from "../planned/draft.ts";
import type { InputDocument } from "../text/document.ts";
import { type ManifestService, manifestService } from "./draft-service.ts";
import { manifestTask } from "./manifest-task.ts";

type Data = Readonly<Record<string, unknown>>;

/** What a manifest has where it says nothing. @see https://aws.github.io/copilot-cli/docs/manifest/ checked 2026-12-01 */
const DEFAULTS = { cpu: 256, memory: 512, count: 1, platform: "linux/amd64" } as const;

const map = (value: unknown): Data => (isData(value) ? value : {});
const whole = (value: unknown): number | undefined =>
  /^\d{1,9}$/.test(String(value)) && value !== "" ? Number(value) : undefined;

/** Settings of an environment lie over those of the manifest. */
const overlaid = (base: Data, over: Data): Data => {
  const merged = ownEntries(over).map(([key, value]) => {
    const below = base[key];
    return [key, isData(below) && isData(value) ? overlaid(below, value) : value] as const;
  });
  return { ...base, ...Object.fromEntries(merged) };
};

const platformOf = (value: unknown) => {
  if (isData(value))
    return { os: String(value["osfamily"] ?? "linux"), arch: String(value["architecture"] ?? "x86_64") };
  const [os = "linux", arch = "amd64"] = String(value ?? DEFAULTS.platform).split("/");
  return { os, arch: arch.startsWith("arm") ? "arm64" : "x86_64" };
};

interface Count {
  readonly tasks: number;
  readonly spot: boolean;
  readonly scales?: string;
}

/** `4`, `{ range: 1-10 }`, `{ range: { min, max } }` or `{ spot: 4 }`. */
const countOf = (value: unknown): Count | undefined => {
  if (!isData(value)) {
    const tasks = value === undefined ? DEFAULTS.count : whole(value);
    return tasks === undefined ? undefined : { tasks, spot: false };
  }
  const spot = whole(value["spot"]);
  if (spot !== undefined) return { tasks: spot, spot: true };
  const { range } = value;
  const least = isData(range) ? whole(range["min"]) : whole(/^(\d+)\s*-\s*\d+$/.exec(String(range))?.[1]);
  const most = isData(range) ? whole(range["max"]) : whole(/^\d+\s*-\s*(\d+)$/.exec(String(range))?.[1]);
  const spotFrom = isData(range) ? whole(range["spot_from"]) : undefined;
  if (least === undefined) return undefined;
  return {
    tasks: least,
    spot: spotFrom !== undefined && spotFrom <= 1,
    scales: `${least} to ${most ?? "an unknown number of"}`,
  };
};

const placementOf = (spot: boolean): Service["placement"] =>
  spot
    ? { kind: "strategy", items: [{ capacityProvider: "FARGATE_SPOT", base: 0, weight: 1 }] }
    : { kind: "launch-type", launchType: "FARGATE" };

const isPrivate = (data: Data): boolean => {
  const { placement } = map(map(data["network"])["vpc"]);
  return placement === "private" || isData(placement);
};

const note = (subject: string, severity: Issue["severity"], code: Issue["code"], detail: string): Issue => ({
  ...{ code, severity, subject, detail },
});

const sizeOf = (data: Data) => {
  const cpu = data["cpu"] === undefined ? DEFAULTS.cpu : whole(data["cpu"]);
  const memory = data["memory"] === undefined ? DEFAULTS.memory : whole(data["memory"]);
  const storage = map(data["storage"])["ephemeral"];
  if (cpu === undefined || memory === undefined) return undefined;
  return manifestTask({ cpu, memory, ...platformOf(data["platform"]), ephemeralStorageGiB: whole(storage) });
};

/** Schedules of Copilot name no year. */
const ANY_YEAR = 2026;

const jobDemand = (data: Data, id: string) => {
  const schedule = map(data["on"])["schedule"];
  const runs = typeof schedule === "string" ? scheduledRuns(copilotSchedule(schedule), ANY_YEAR) : undefined;
  const perMonth = runs?.kind === "monthly" ? runs.perMonth.toFixed() : undefined;
  const told =
    perMonth === undefined
      ? "how often it runs"
      : `how long each of its ${runs?.kind === "monthly" ? runs.perMonth.toFixed(1) : ""} runs a month takes`;
  const detail = `${told} is not in the manifest; a workload file can give runs`;
  return {
    ...(perMonth === undefined ? {} : { runsPerMonth: perMonth }),
    issue: note(id, "error", "unknown-demand", detail),
  };
};

const WORDS: Readonly<Record<string, string>> = {
  ...{ "@hourly": "rate(1 hour)", "@daily": "rate(1 day)", "@midnight": "rate(1 day)", "@weekly": "rate(7 days)" },
  ...{ "@monthly": "cron(0 0 1 * ? *)", "@yearly": "cron(0 0 1 1 ? *)", "@annually": "cron(0 0 1 1 ? *)" },
};

/** `@daily`, `@every 5m`, five fields of cron, or a schedule of EventBridge. */
const copilotSchedule = (text: string): string => {
  const every = /^@every\s+(\d+)([mh])/.exec(text);
  if (every !== null) return `rate(${every[1]} ${every[2] === "h" ? "hours" : "minutes"})`;
  const word = WORDS[text.trim()];
  if (word !== undefined) return word;
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 5) return text;
  const [minute, hour, day, month, weekday] = fields;
  return weekday === "*"
    ? `cron(${minute} ${hour} ${day} ${month} ? *)`
    : `cron(${minute} ${hour} ? ${month} ${weekday} *)`;
};

const readEnvironment = (
  document: InputDocument,
  name: string,
  data: Data,
  environment: string | undefined,
): ManifestService => {
  const count = countOf(data["count"]);
  const task = sizeOf(data);
  const cluster = environment ?? "default";
  const id = `${cluster}/${name}`;
  const isJob = data["type"] === "Scheduled Job";
  const job = isJob ? jobDemand(data, id) : undefined;
  const given = {
    name,
    cluster,
    ...(task === undefined ? {} : { task }),
    ...(job?.runsPerMonth === undefined ? {} : { runsPerMonth: job.runsPerMonth }),
    ...(isJob || count === undefined ? {} : { demand: { kind: "count" as const, tasks: count.tasks } }),
    placement: placementOf(count?.spot ?? false),
    network: { ...NO_NETWORK, publicIp: !isPrivate(data) },
  };
  const path = environment === undefined ? [] : ["environments", environment];
  const detail = "cpu or memory of the manifest is no number";
  const draft = manifestService(document, path, given, task === undefined ? { kind: "unsized", detail } : undefined);
  const scales =
    count?.scales === undefined
      ? []
      : [note(id, "info", "unknown-demand", `it scales, ${count.scales} tasks: priced with the least all month`)];
  const open =
    isJob || count !== undefined
      ? []
      : [note(id, "error", "unknown-demand", "count of the manifest is not understood")];
  return { draft, issues: [...(job === undefined ? scales : [job.issue]), ...open] };
};

const ASSUMPTION: Assumption = {
  code: "copilot-defaults",
  detail:
    "Copilot manifests: an environment that is not named in the manifest is not priced; tasks are on Fargate, and in public " +
    "subnets with an address each unless network.vpc.placement says otherwise; the load balancer of an environment is not in a manifest.",
};

const BALANCED = new Set(["Load Balanced Web Service"]);
const ON_ECS = new Set(["Load Balanced Web Service", "Backend Service", "Worker Service", "Scheduled Job"]);

const balancerIssue = (name: string): Issue => ({
  code: "not-understood",
  severity: "warning",
  subject: name,
  detail:
    "the load balancer that its environment shares is not in the manifest and not included; `copilot svc package` prints a template that has it",
});

/** Reads a manifest of AWS Copilot: a service in each environment that it names, or one alone. */
export const readCopilot = (document: InputDocument): Draft => {
  const data = document.data as Data;
  const name = String(data["name"]);
  const type = String(data["type"]);
  if (!ON_ECS.has(type)) {
    const detail = `${type} of Copilot does not run on ECS; it is not included`;
    return { ...EMPTY_DRAFT, issues: [{ code: "unsupported-platform", severity: "info", subject: name, detail }] };
  }
  const environments = ownEntries(map(data["environments"]));
  const services =
    environments.length === 0
      ? [readEnvironment(document, name, data, undefined)]
      : environments.map(([environment, over]) =>
          readEnvironment(document, name, overlaid(data, map(over)), environment),
        );
  return {
    ...EMPTY_DRAFT,
    services: services.map(({ draft }) => draft),
    issues: [...services.flatMap(({ issues }) => issues), ...(BALANCED.has(type) ? [balancerIssue(name)] : [])],
    assumptions: [ASSUMPTION],
  };
};
