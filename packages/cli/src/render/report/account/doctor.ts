import type { AwsCheck, LocalCheck } from "../../../aws/check-up.ts";
import type { Block, Cell } from "../../document/document.ts";
import { counted } from "../../document/figures.ts";
import type { Result } from "../../document/result.ts";

/** What was looked at; `aws` is undefined where AWS was not asked. */
export interface CheckUp {
  readonly version: string;
  readonly local: LocalCheck;
  readonly aws: AwsCheck | undefined;
  readonly ok: boolean;
}

const mark = (ok: boolean): Cell => ({ text: ok ? "✓" : "✗", tone: ok ? "good" : "bad" });

const ageText = (asOf: string, ageDays: number | null): string =>
  ageDays === null ? asOf : `${asOf}, ${counted(ageDays, "day")} old`;

const localRows = ({ version, local }: CheckUp): readonly (readonly Cell[])[] => {
  const { node, snapshot, live, folders } = local;
  return [
    [mark(true), "ecs-cost", version],
    [mark(node.ok), "Node.js", `${node.version}, ${node.required} or later is needed`],
    [
      mark(true),
      "Prices that ship",
      `${counted(snapshot.regions, "region")}, as of ${ageText(snapshot.asOf, snapshot.ageDays)}`,
    ],
    ...live.map(({ region, asOf, ageDays, problem }): readonly Cell[] => [
      mark(problem === undefined),
      `Live prices of ${region}`,
      problem ?? `as of ${ageText(asOf, ageDays)}`,
    ]),
    ...(live.length === 0 ? [["-", "Live prices", "none: ecs-cost prices refresh reads them"]] : []),
    ...folders.map(({ name, path, exists, writable }): readonly Cell[] => [
      mark(writable),
      name === "data" ? "Data folder" : "Cache folder",
      `${path}${writable ? (exists ? "" : " (made when it is needed)") : " cannot be written to"}`,
    ]),
  ];
};

const credentialsText = ({ credentials }: AwsCheck): string => {
  if (!credentials.found) return credentials.detail;
  const { account, expires } = credentials;
  return [
    account === undefined ? "found" : `of account ${account}`,
    ...(expires === undefined ? [] : [`until ${expires}`]),
  ].join(", ");
};

interface Refusal {
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
}

/** Each refusal in full, and each hint once. */
const refusalLines = ({ credentials, probes }: AwsCheck): readonly string[] => {
  const refusals: readonly Refusal[] = [
    ...(credentials.found ? [] : [credentials]),
    ...probes.filter(({ allowed }) => !allowed),
  ];
  const hints = new Set(refusals.flatMap(({ hint }) => hint ?? []));
  return [...refusals.flatMap(({ detail }) => detail ?? []), ...hints];
};

const WORKS = { yes: "✓", partly: "✓, in part", no: "✗" } as const;

const awsBlocks = (aws: AwsCheck): readonly Block[] => [
  {
    kind: "table",
    heading: `AWS in ${aws.region}`,
    columns: [{ header: "" }, { header: "What" }, { header: "Is", cutTo: 30 }],
    rows: [
      [mark(true), "Endpoint", aws.endpoint ?? "that of AWS"],
      [mark(aws.credentials.found), "Credentials", credentialsText(aws)],
      ...aws.probes.map(({ action, allowed, region, detail }): readonly Cell[] => [
        mark(allowed),
        action,
        allowed ? `allowed in ${region}` : (detail ?? "refused"),
      ]),
    ],
  },
  { kind: "lines", heading: "What AWS refused", bullets: true, lines: refusalLines(aws) },
  {
    kind: "table",
    heading: "Commands",
    columns: [{ header: "" }, { header: "Command" }, { header: "Lacks", cutTo: 30 }],
    rows: aws.commands.map(({ command, works, missing }) => [
      { text: WORKS[works], tone: works === "no" ? "bad" : "good" },
      command,
      missing.join(", "),
    ]),
  },
];

/** What was looked at and what is wrong; holds no part of a credential. */
export const doctorResult = (check: CheckUp): Result => {
  const { version, local, aws, ok } = check;
  return {
    json: () => ({ schemaVersion: 1, command: "doctor", version, ok, ...local, aws: aws ?? null }),
    document: () => ({
      title: ok ? "Everything is as it should be" : "Something is not as it should be",
      blocks: [
        {
          kind: "table",
          columns: [{ header: "" }, { header: "What" }, { header: "Is" }],
          rows: localRows(check),
        },
        ...(aws === undefined
          ? [{ kind: "lines", lines: ["AWS was not asked: --aws checks credentials and permissions."] } as const]
          : awsBlocks(aws)),
      ],
    }),
    sheet: () => ({
      header: ["action", "region", "allowed", "code"],
      rows: (aws?.probes ?? []).map(({ action, region, allowed, code }) => [
        action,
        region,
        String(allowed),
        code ?? "",
      ]),
    }),
  };
};
