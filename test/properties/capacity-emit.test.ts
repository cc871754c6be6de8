import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { emitStrategies } from "../../packages/core/src/domain/capacity/emit/emit-strategy.ts";
import type { ServiceStrategy } from "../../packages/core/src/domain/capacity/emit/service-strategy.ts";

const HOSTILE = [
  "it's",
  'a"b',
  "$(touch /tmp/x)",
  "`id`",
  "$\u007bvar.x}",
  "$$\u007bx}",
  "$$$\u007bx}",
  "%{ if true }",
  "a,b=c",
  "file:///etc/passwd",
  "--help",
  "# x\n- y: z",
  "\\",
  "\\b\\f",
  "tab\there",
  "bell\u0007 del\u007f nel\u0085 ls\u2028",
  "null",
  "1e3",
  "é 日本 🚀",
  "",
];

const names = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }));
const plain = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_-]{0,20}$/);

const services = (text: fc.Arbitrary<string>): fc.Arbitrary<ServiceStrategy[]> =>
  fc.array(
    fc.record({
      name: text,
      cluster: text,
      strategy: fc.array(fc.record({ capacityProvider: text, base: fc.nat(100_000), weight: fc.nat(1000) }), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
    { minLength: 1, maxLength: 4 },
  );

/** Words of each `aws` command as the shell passes them on. */
const awsWords = (script: string): string[][] => {
  const shell = `aws() { for word in "$@"; do printf '%s\\036' "$word"; done; printf '\\035'; }\n`;
  const output = execFileSync("sh", ["-c", shell + script], { encoding: "utf8" });
  const commands = output.split("\u001d").slice(0, -1);
  return commands.map((words) => words.split("\u001e").slice(0, -1));
};

/** Reads the shorthand and the JSON form back as the AWS CLI does. */
const readAws = (words: readonly string[]): ServiceStrategy => {
  expect(words.slice(0, 2)).toEqual(["ecs", "update-service"]);
  if (words[2] === "--cli-input-json") {
    expect(words).toHaveLength(4);
    const input = JSON.parse(words[3] ?? "");
    expect(input.forceNewDeployment).toBe(true);
    return {
      name: input.service,
      cluster: input.cluster,
      strategy: input.capacityProviderStrategy.map((item: object) => ({ base: 0, ...item })),
    };
  }
  const items = words.slice(words.indexOf("--capacity-provider-strategy") + 1, -1);
  expect(words.at(-1)).toBe("--force-new-deployment");
  return {
    cluster: words[words.indexOf("--cluster") + 1] ?? "",
    name: words[words.indexOf("--service") + 1] ?? "",
    strategy: items.map((item) => {
      const fields = new Map(item.split(",").map((pair) => pair.split("=") as [string, string]));
      return {
        capacityProvider: fields.get("capacityProvider") ?? "",
        base: Number(fields.get("base") ?? 0),
        weight: Number(fields.get("weight")),
      };
    }),
  };
};

/** HCL writes a character beyond the first plane with eight digits, after an even number of backslashes. */
const LONG_ESCAPE = /(?<!\\)((?:\\\\)*)\\U([0-9a-f]{8})/g;
const characterOf = (_: string, before: string, digits: string): string =>
  `${before}${String.fromCodePoint(Number.parseInt(digits, 16))}`;

/** Tokens of the HCL that is emitted: strings with their escapes undone, and everything else as words. */
const hclTokens = (text: string): string[] => {
  const token = /#[^\n]*\n|"((?:[^"\\\n$%]|\\u[0-9a-f]{4}|\\U[0-9a-f]{8}|\\[nrt"\\]|[$%](?!\{))*)"|[^\s"#]+|\s+/gy;
  const tokens: string[] = [];
  for (let at = 0; at < text.length; at = token.lastIndex) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) throw new Error(`no HCL at ${JSON.stringify(text.slice(at, at + 60))}`);
    if (match[1] !== undefined) tokens.push(JSON.parse(`"${match[1].replace(LONG_ESCAPE, characterOf)}"`));
    else if (match[0].trim() !== "" && !match[0].startsWith("#")) tokens.push(match[0]);
  }
  return tokens;
};

const readHcl = (text: string): { labels: string[]; services: ServiceStrategy[] } => {
  const tokens = hclTokens(text);
  const labels: string[] = [];
  const read: {
    name: string;
    cluster: string;
    strategy: { capacityProvider: string; base: number; weight: number }[];
  }[] = [];
  let at = 0;
  const next = (expected?: string): string => {
    const found = tokens[at++] ?? "";
    if (expected !== undefined) expect(found).toBe(expected);
    return found;
  };
  const attribute = (name: string): string => {
    next(name);
    next("=");
    return next();
  };
  while (at < tokens.length) {
    next("resource");
    next("aws_ecs_service");
    labels.push(next());
    next("{");
    const service = {
      name: attribute("name"),
      cluster: attribute("cluster"),
      strategy: [] as ServiceStrategy["strategy"][number][],
    };
    expect(attribute("force_new_deployment")).toBe("true");
    while (tokens[at] === "capacity_provider_strategy") {
      next();
      next("{");
      const capacityProvider = attribute("capacity_provider");
      const base = tokens[at] === "base" ? Number(attribute("base")) : 0;
      service.strategy.push({ capacityProvider, base, weight: Number(attribute("weight")) });
      next("}");
    }
    next("}");
    read.push(service);
  }
  return { labels, services: read };
};

/** Half surrogate pairs are no text; they come out as the replacement character. */
const asText = (given: readonly ServiceStrategy[]): ServiceStrategy[] =>
  given.map(({ name, cluster, strategy }) => ({
    name: name.toWellFormed(),
    cluster: cluster.toWellFormed(),
    strategy: strategy.map((item) => ({ ...item, capacityProvider: item.capacityProvider.toWellFormed() })),
  }));

const strategiesOf = (given: readonly ServiceStrategy[]) => given.map(({ strategy }) => strategy);

describe("an emitted strategy", () => {
  it("goes through a shell as one command for each service, whatever the names", () => {
    const all = fc.sample(services(names), { numRuns: 60, seed: 3 }).flat();
    expect(awsWords(emitStrategies("aws-cli", all)).map(readAws)).toEqual(asText(all));
    const ordinary = fc.sample(services(plain), { numRuns: 20, seed: 4 }).flat();
    const text = emitStrategies("aws-cli", ordinary);
    expect(text).not.toContain("'");
    expect(awsWords(text).map(readAws)).toEqual(ordinary);
  });

  it("is YAML of CloudFormation that names nothing but the strategy", () => {
    fc.assert(
      fc.property(services(names), (given) => {
        const { Resources } = parse(emitStrategies("cloudformation", given));
        const resources: { Type: string; Properties: Record<string, unknown> }[] = Object.values(Resources);
        for (const id of Object.keys(Resources)) expect(id).toMatch(/^[A-Za-z0-9]+$/);
        expect(resources.map(({ Type }) => Type)).toEqual(given.map(() => "AWS::ECS::Service"));
        const strategies = asText(given).map(({ strategy }) => ({
          CapacityProviderStrategy: strategy.map(({ capacityProvider, base, weight }) => ({
            CapacityProvider: capacityProvider,
            ...(base === 0 ? {} : { Base: base }),
            Weight: weight,
          })),
        }));
        expect(resources.map(({ Properties }) => Properties)).toEqual(strategies);
      }),
      { numRuns: 150 },
    );
  });

  it("is HCL that no name breaks out of or templates", () => {
    fc.assert(
      fc.property(services(names), (given) => {
        const { labels, services: read } = readHcl(emitStrategies("terraform", given));
        expect(read).toEqual(asText(given));
        expect(new Set(labels).size).toBe(given.length);
        for (const label of labels) expect(label).toMatch(/^[A-Za-z_][A-Za-z0-9_-]*$/);
      }),
      { numRuns: 150 },
    );
  });

  it("is left out for a service that has none", () => {
    const none = { name: "api", cluster: "c", strategy: [] };
    expect(emitStrategies("aws-cli", [none])).toBe("");
    expect(parse(emitStrategies("cloudformation", [none]))).toEqual({ Resources: {} });
    expect(strategiesOf(readHcl(emitStrategies("terraform", [none])).services)).toEqual([]);
  });

  it("reads as people write it", () => {
    const strategy = [
      { capacityProvider: "FARGATE", base: 2, weight: 1 },
      { capacityProvider: "FARGATE_SPOT", base: 0, weight: 3 },
    ];
    const given = [{ name: "my-api", cluster: "production", strategy }];
    expect(emitStrategies("aws-cli", given)).toMatchInlineSnapshot(`
      "aws ecs update-service \\
        --cluster production \\
        --service my-api \\
        --capacity-provider-strategy capacityProvider=FARGATE,base=2,weight=1 capacityProvider=FARGATE_SPOT,weight=3 \\
        --force-new-deployment
      "
    `);
    expect(emitStrategies("cloudformation", given)).toMatchInlineSnapshot(`
      "# Merge into your template under your own logical ids, and remove LaunchType where it is set.
      # Running tasks move with the service's next deployment.
      Resources:
        # service "my-api" in cluster "production"
        MyApiService:
          Type: AWS::ECS::Service
          Properties:
            CapacityProviderStrategy:
              - CapacityProvider: "FARGATE"
                Base: 2
                Weight: 1
              - CapacityProvider: "FARGATE_SPOT"
                Weight: 3
      "
    `);
    expect(emitStrategies("terraform", given)).toMatchInlineSnapshot(`
      "# Merge the blocks into your own resources, and remove launch_type where it is set.

      resource "aws_ecs_service" "my-api" {
        name    = "my-api"
        cluster = "production"

        # ECS moves running tasks only with a deployment.
        force_new_deployment = true

        capacity_provider_strategy {
          capacity_provider = "FARGATE"
          base              = 2
          weight            = 1
        }

        capacity_provider_strategy {
          capacity_provider = "FARGATE_SPOT"
          weight            = 3
        }
      }
      "
    `);
  });
});
