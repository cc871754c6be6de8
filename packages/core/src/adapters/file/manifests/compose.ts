import type { Issue } from "../../../domain/issues/issue.ts";
import { smallestSizeThatFits } from "../../../domain/sizing/size-fit.ts";
import { Decimal } from "../../../domain/units/decimal.ts";
import { isData, ownEntries } from "../planned/block.ts";
import { type Draft, EMPTY_DRAFT } from "../planned/draft.ts";
import type { InputDocument } from "../text/document.ts";
import { type ManifestService, manifestService, unsized } from "./draft-service.ts";
import { manifestTask } from "./manifest-task.ts";

type Data = Readonly<Record<string, unknown>>;

const inside = (data: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((here, key) => (isData(here) && Object.hasOwn(here, key) ? here[key] : undefined), data);

/** Thousand and more bytes to the unit: Compose takes powers of 1024. */
const UNITS: Readonly<Record<string, number>> = { "": 1, b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** MiB of `512M`, `1gb` or bytes, rounded up. */
export const composeMemory = (value: unknown): number | undefined => {
  const { amount, unit } =
    /^\s*(?<amount>\d{1,15}(?:\.\d{1,6})?)\s*(?<unit>[bkmg]?)b?\s*$/i.exec(String(value))?.groups ?? {};
  const bytes = amount === undefined ? undefined : Number(amount) * (UNITS[(unit ?? "").toLowerCase()] ?? 1);
  return bytes === undefined || bytes <= 0 ? undefined : Math.ceil(bytes / 1024 ** 2);
};

/** CPU units of `0.5` CPUs, rounded up. */
const composeCpu = (value: unknown): number | undefined => {
  if (!/^\s*\d{1,4}(?:\.\d{1,6})?\s*$/.test(String(value))) return undefined;
  const units = new Decimal(String(value)).times(1024).ceil().toNumber();
  return units > 0 ? units : undefined;
};

/** What a service sets aside: its limits, else its reservations, in either spelling of Compose. */
const sizeOf = (service: unknown) => {
  const cpus = [
    inside(service, "deploy", "resources", "limits", "cpus"),
    inside(service, "cpus"),
    inside(service, "deploy", "resources", "reservations", "cpus"),
  ].map(composeCpu);
  const memories = [
    inside(service, "deploy", "resources", "limits", "memory"),
    inside(service, "mem_limit"),
    inside(service, "deploy", "resources", "reservations", "memory"),
    inside(service, "mem_reservation"),
  ].map(composeMemory);
  const known = (all: readonly (number | undefined)[]) => all.find((size) => size !== undefined);
  return { cpu: known(cpus), memory: known(memories) };
};

const missingOf = (size: ReturnType<typeof sizeOf>): string => {
  const open = [
    ...(size.cpu === undefined ? ["deploy.resources.limits.cpus"] : []),
    ...(size.memory === undefined ? ["deploy.resources.limits.memory"] : []),
  ];
  return `the Compose file does not say ${open.join(" and ")}`;
};

const REPLICAS = /^\d{1,6}$/;

const countOf = (service: unknown): number => {
  const replicas = inside(service, "deploy", "replicas") ?? inside(service, "scale");
  return REPLICAS.test(String(replicas)) ? Number(replicas) : 1;
};

const readService = (document: InputDocument, name: string, data: Data): ManifestService => {
  const size = sizeOf(data);
  const { cpu, memory } = size;
  const platform = String(data["platform"] ?? "");
  const isGlobal = inside(data, "deploy", "mode") === "global";
  const fit = cpu === undefined || memory === undefined ? undefined : smallestSizeThatFits(cpu, memory, "linux");
  const task =
    fit?.found === true
      ? manifestTask({ ...fit.size, arch: platform.includes("arm64") ? "arm64" : undefined, compatibility: "FARGATE" })
      : undefined;
  const path = ["services", name];
  const demand = { kind: "count" as const, tasks: countOf(data) };
  const given = { name, demand, ...(task === undefined ? {} : { task }) };
  const why = cpu === undefined || memory === undefined ? missingOf(size) : "no task size of Fargate holds it";
  const draft = manifestService(document, path, given, task === undefined ? unsized(why) : undefined);
  const issues: Issue[] = isGlobal
    ? [
        {
          code: "unknown-demand",
          severity: "warning",
          subject: draft.service.id,
          detail: "deploy.mode global runs one task on each instance; one is priced",
        },
      ]
    : [];
  return { draft, issues };
};

const ASSUMPTION = {
  code: "compose-services",
  detail:
    "A Compose file says nothing of ECS: each of its services is taken for a service on Fargate, with the smallest task size " +
    "that holds its limits (else its reservations), and 1 task where it names no replicas.",
};

/** Reads a Compose file as far as it says something on size and number. */
export const readCompose = (document: InputDocument): Draft => {
  const services = ownEntries((document.data as { readonly services: Data }).services).map(([name, data]) =>
    readService(document, name, isData(data) ? data : {}),
  );
  return {
    ...EMPTY_DRAFT,
    services: services.map(({ draft }) => draft),
    issues: services.flatMap(({ issues }) => issues),
    assumptions: [ASSUMPTION],
  };
};
