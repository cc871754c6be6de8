import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Decimal } from "@ecs-cost/core";
import { type PlacedRule, readPolicyFile } from "@ecs-cost/core/file";
import { POLICY_COMMANDS, type PolicyRule } from "@ecs-cost/core/schema";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareReport, estimateReport, option, serviceComparison, serviceEstimate } from "../../test/reports.ts";
import { COMPARE_FIELDS, ESTIMATE_FIELDS } from "../select/fields.ts";
import { COMPARE_GATES, ESTIMATE_GATES } from "../select/gate-figures.ts";
import { judgePolicy, readPolicy } from "./judge-policy.ts";
import { POLICY_FIELDS } from "./policy-fields.ts";
import { servicesRows } from "./policy-rows.ts";

const placed = (...rules: readonly PolicyRule[]): readonly PlacedRule[] =>
  rules.map((rule, index) => ({
    rule,
    place: (key) => ({ file: "p.yml", line: 3 + index, key: `rules[${index}].${key}` }),
  }));

const SERVICES = [
  serviceEstimate("api", "120.5", { tags: { team: "web" } }),
  serviceEstimate("cron", null, { cluster: "batch", memory: null }),
];
const ESTIMATE = estimateReport(SERVICES);
const ROWS = servicesRows(ESTIMATE, ESTIMATE_FIELDS, ESTIMATE_GATES);

const judged = (rule: Omit<PolicyRule, "id">) =>
  judgePolicy(readPolicy("p.yml", placed({ id: "r", ...rule }), "estimate"), ROWS).results.map(
    ({ subject, verdict, message }) => [subject, verdict, message],
  );

describe("a rule", () => {
  it.each<[string, Omit<PolicyRule, "id">, readonly (readonly [string, string])[]]>([
    ["of a total that is incomplete and above", { when: "monthly>100" }, [["estimate", "failed"]]],
    ["of a total that is incomplete and not above yet", { when: "monthly>200" }, [["estimate", "undecided"]]],
    [
      "of services",
      { on: "service", when: "monthlyCost>100" },
      [
        ["production/api", "failed"],
        ["batch/cron", "undecided"],
      ],
    ],
    ["of what is not known", { on: "service", when: "monthlyCost=unknown" }, [["batch/cron", "failed"]]],
    ["of a field that is not known", { on: "service", when: "memory>2048" }, [["batch/cron", "undecided"]]],
    ["of a tag", { on: "service", when: "tag.team=web" }, [["production/api", "failed"]]],
    ["with exceptions", { on: "service", when: "monthlyCost>100", unless: "name~AP" }, [["batch/cron", "undecided"]]],
    [
      "whose conditions are and",
      { on: "service", when: "monthlyCost>100,cluster=batch" },
      [["batch/cron", "undecided"]],
    ],
    ["whose conditions are or", { on: "service", when: ["name=x", "cluster=batch"] }, [["batch/cron", "failed"]]],
    ["of lines", { on: "line", when: "dimension~vcpu,cost>=$120.5" }, [["production/api", "failed"]]],
    ["that is kept", { on: "service", when: "cpu>9999" }, []],
  ])("%s", (_, rule, expected) => {
    expect(judged(rule).map(([subject, verdict]) => [subject, verdict])).toEqual(expected);
  });

  it("tells values in its message, and the condition where it has none", () => {
    const message = "{name}: {monthlyCost} {{x}} {tag.team}";
    expect(judged({ on: "service", when: "name=api", message })[0]?.[2]).toBe("api: 120.5 {x} web");
    expect(judged({ on: "service", when: "cluster=batch", message: "{monthlyCost}" })[0]?.[2]).toBe("at least 0");
    expect(judged({ on: "service", when: "monthlyCost>1,name=api" })[0]?.[2]).toBe(
      "monthlyCost>1 (it is 120.5) and name=api (it is api)",
    );
  });

  it("names the line of the bill that most comes from", () => {
    const [result] = judgePolicy(
      readPolicy("p.yml", placed({ id: "r", on: "service", when: "name=api" }), "estimate"),
      ROWS,
    ).results;
    expect(result?.lineItem).toBe("fargate/linux/x86_64/vcpu-hour");
  });

  it("is passed over in reports that lack its fields or that it does not name", () => {
    const rules = placed(
      { id: "a", on: "advice", when: "advice=change" },
      { id: "b", on: "service", when: "bestMonthlyCost>1" },
      { id: "c", when: "monthly>0", commands: ["compare"] },
    );
    const report = compareReport([serviceComparison("api", "100", [option("fargate-spot", "40")])]);
    const verdict = judgePolicy(
      readPolicy("p.yml", rules, "compare"),
      servicesRows(report, COMPARE_FIELDS, COMPARE_GATES),
    );
    expect(verdict.rules.map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(verdict.results.map(({ rule }) => rule)).toEqual(["a", "b", "c"]);
    expect(readPolicy("p.yml", rules, "estimate").rules).toEqual([]);
  });

  it.each<[Omit<PolicyRule, "id">, string, string]>([
    [{ when: "montly>1" }, "p.yml:3: rules[0].when: there is no field montly", "Did you mean monthly?"],
    [
      { on: "line", when: "cost>1", message: "{dimensoin}" },
      "p.yml:3: rules[0].message: there is no field dimensoin",
      "Did you mean dimension?",
    ],
    [{ when: "monthly>1", unless: "x=1" }, "p.yml:3: rules[0].unless: there is no field x", "Fields of report"],
    [{ when: "monthly" }, 'p.yml:3: rules[0].when: cannot read "monthly"', "Conditions look like"],
    [
      { when: "increase>1", commands: ["estimate"] },
      "p.yml:3: rules[0].when: there is no field increase",
      "Fields of report",
    ],
    [
      { on: "service", when: "availability>1,best=x" },
      "p.yml:3: rules[0].when: no command has all of availability, best",
      "",
    ],
  ])("that cannot be read is refused with its place: %j", (rule, message, hint) => {
    const read = () => readPolicy("p.yml", placed({ id: "r", ...rule }), "estimate");
    expect(read).toThrow(message);
    try {
      read();
    } catch (error) {
      expect((error as { hint?: string }).hint ?? "").toContain(hint);
    }
  });

  it("compares exactly, as the filter does", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 25n }), fc.bigInt({ min: 0n, max: 10n ** 25n }), (a, b) => {
        const digits = (value: bigint) => new Decimal(value.toString()).div(1e12).toFixed();
        const report = estimateReport([serviceEstimate("s", digits(a))]);
        const policy = readPolicy(
          "p.yml",
          placed({ id: "r", on: "service", when: `monthlyCost>${digits(b)}` }),
          "estimate",
        );
        const { results } = judgePolicy(policy, servicesRows(report, ESTIMATE_FIELDS, ESTIMATE_GATES));
        expect(results.length === 1).toBe(a > b);
      }),
    );
  });
});

describe("the documentation", () => {
  const guide = readFileSync(new URL("../../../../docs/policy.md", import.meta.url), "utf8");

  it("has a policy that every command can read", () => {
    const file = join(mkdtempSync(join(tmpdir(), "ecs-cost-policy-")), "policy.yml");
    writeFileSync(file, /```yaml\n([\s\S]*?)```/.exec(guide)?.[1] ?? "");
    const rules = readPolicyFile(file);
    const judging = POLICY_COMMANDS.map((command) => readPolicy(file, rules, command).rules.map(({ id }) => id));
    expect(new Set(judging.flat())).toEqual(new Set(rules.map(({ rule }) => rule.id)));
  });

  it("names fields that there are", () => {
    const rows = guide.matchAll(
      /^\| `(report|service|change|cause|line|advice|issue)` \| [^|]+ \| (?<fields>.*) \|$/gm,
    );
    for (const [, on = "", fields = ""] of rows) {
      const known = new Set(POLICY_COMMANDS.flatMap((command) => POLICY_FIELDS[command][on as "report"] ?? []));
      const named = [...fields.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
      const other = ["--fail-on", "--filter", "diff", "estimate", "service", "compare", "rightsize", "capacity"];
      expect({ on, unknown: named.filter((name) => !known.has(name) && !other.includes(name)) }).toEqual({
        on,
        unknown: [],
      });
    }
  });
});
