import { Decimal, type DiffReport, diff, type ServiceEstimate } from "@ecs-cost/core";
import type { Suggestion } from "@ecs-cost/core/patch";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText } from "../../../../test/hostile-text.ts";
import { estimateReport, lineItem, serviceEstimate } from "../../../../test/reports.ts";
import { collectFindings } from "../../../findings/collect.ts";
import { diffFindings } from "../../../findings/diff-findings.ts";
import { judgePolicy, readPolicy } from "../../../policy/judge-policy.ts";
import { diffRows } from "../../../policy/policy-rows.ts";
import { DIFF_GATES } from "../../../select/diff-gates.ts";
import { parseGate } from "../../../select/gates.ts";
import type { Block } from "../../document/document.ts";
import { plain } from "../../document/palette.ts";
import { renderCsv } from "../../format/csv.ts";
import { renderHtml } from "../../format/html.ts";
import { renderJson } from "../../format/json.ts";
import { renderJunit } from "../../format/junit.ts";
import { renderMarkdown } from "../../format/markdown.ts";
import { renderSarif } from "../../format/sarif.ts";
import { renderTerminal } from "../../format/terminal.ts";
import { policyBlocks } from "../shared/policy.ts";
import { diffDocument } from "./document.ts";
import { diffSheet } from "./lines.ts";

/** A difference whose every text is hostile: added, removed, renamed, with a size, a patch and a policy. */
const hostileDiff = (name: string): DiffReport & { readonly suggestions: readonly Suggestion[] } => {
  const service = (own: string, cost: string, changes: Partial<ServiceEstimate> = {}): ServiceEstimate =>
    serviceEstimate(own, cost, { cluster: name, tags: { [name]: name }, ...changes });
  const lines = [{ ...lineItem("7"), label: name }];
  const before = estimateReport([service(`${name}1`, "1", { address: name }), service(`${name}2`, "2")]);
  const after = estimateReport(
    [service(`${name}3`, "7", { address: name, lineItems: lines }), service(`${name}4`, "2")],
    {
      issues: [{ code: "unknown-cost", severity: "warning", subject: name, detail: name }],
    },
  );
  const report = diff({ of: "report", report: before }, { of: "report", report: after });
  const size = { cpu: 512, memory: 1024 };
  const sizing: NonNullable<DiffReport["changes"][number]["sizing"]> = {
    ...{ verdict: "too-small", fits: false, current: size, proposed: size, recommended: size, demand: size },
    ...{ monthlyCost: new Decimal(7), recommendedMonthlyCost: new Decimal(8), monthlySaving: new Decimal(-1) },
    ...{ reasons: [{ code: "under-provisioned", detail: name }], evidence: null, projected: null },
  };
  const settings = {
    strategy: "default",
    settings: {},
    minPoints: 1,
    lookbackDays: 1,
    minSaving: { percent: 0, usd: "0" },
    allowSizes: null,
    advise: [],
  };
  const resources = [{ kind: "added" as const, address: name }];
  return {
    ...report,
    changes: report.changes.map((change) => ({ ...change, sizing, resources })),
    sizing: { settings, fits: 0, tooSmall: 1, tooLarge: 0, unknown: 0, monthlySaving: new Decimal(0) },
    suggestions: [
      {
        ...{ subjects: [name], format: "workload", file: name, address: name },
        changes: [{ attribute: name, from: name, to: name }],
        patch: `--- a/${name}\n+++ b/${name}\n@@ -1,1 +1,1 @@\n-${name}\n+${name}\n`,
      },
    ],
  };
};

const rendered = (name: string): Readonly<Record<string, string>> => {
  const report = hostileDiff(name);
  const rule = {
    id: "r",
    on: "change" as const,
    when: "increase>-100",
    message: `${name.replace(/[{}]/g, "")} {name} {causes}`,
  };
  const rules = [{ rule, place: () => ({ file: name }) }];
  const policy = judgePolicy(readPolicy(name, rules, "diff"), diffRows(report));
  const gates = [parseGate("service.increase>0", DIFF_GATES)(report)];
  const findings = collectFindings(report, diffFindings(report), { gates, policy }, true, () => ({
    file: name,
    address: name,
  }));
  const drawn = diffDocument(report, { verbose: true });
  const document = { ...drawn, blocks: [...drawn.blocks, ...policyBlocks(policy, true)] };
  const text = (parts: Iterable<string>): string => [...parts].join("");
  return {
    table: text(renderTerminal(document, plain)),
    markdown: text(renderMarkdown({ ...document, blocks: document.blocks.filter(isNoCode) })),
    code: text(renderMarkdown({ title: "", blocks: document.blocks.filter((block) => !isNoCode(block)) })),
    html: text(renderHtml(document)),
    csv: text(renderCsv(diffSheet(report))),
    json: text(renderJson({ ...report, policy })),
    sarif: text(renderSarif(findings)),
    junit: text(renderJunit(findings)),
  };
};

const isNoCode = (block: Block): boolean => block.kind !== "lines" || block.code === undefined;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out
const COMMANDS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Without backslash escapes and entities what is left must not mean anything in Markdown. */
const bare = (markdown: string): string => markdown.replace(/\\[\\`*{}[\]|~_]|&(?:amp|lt|gt|#8203);/g, " ");

describe("a difference with hostile names", () => {
  it("commands nothing in any format", () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        for (const [format, text] of Object.entries(rendered(name))) {
          expect({ format, commands: COMMANDS.exec(text)?.[0] }).toEqual({ format, commands: undefined });
        }
      }),
      { numRuns: 60 },
    );
  });

  it("makes no markup, mention, link or formula", () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const { markdown = "", code = "", html = "", csv = "", json = "", sarif = "", junit = "" } = rendered(name);
        const own = bare(markdown).replaceAll("**", "");
        expect(own).not.toMatch(/[`<>]|[@][\p{L}\p{N}]|\]\(/u);
        const fence = /^(`{3,})diff$/m.exec(code)?.[1] ?? "";
        const [, inside = ""] = code.split(`${fence}diff\n`);
        expect(inside.split("\n").filter((line) => line.startsWith(fence))).toEqual([fence]);
        expect(html.replace(/<\/?(?:!doctype|[a-z][a-z0-9]*)(?: [a-z-]+(?:="[^"<>]*")?)*>/gi, "")).not.toMatch(
          /<(?!style|\/style)/,
        );
        expect(
          csv
            .split("\n")
            .flatMap((row) => row.split(","))
            .filter((cell) => /^"?[=+@]/.test(cell)),
        ).toEqual([]);
        expect(junit.replace(/<[^<>]*>/g, "")).not.toMatch(/[<>]/);
        for (const text of [json, sarif]) expect(() => JSON.parse(text)).not.toThrow();
      }),
      { numRuns: 60 },
    );
  });
});
