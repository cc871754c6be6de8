import { isData } from "../planned/block.ts";

/** What a file is that is near to an input, and what to give instead. */
export interface NearMiss {
  readonly what: string;
  readonly hint: string;
}

const PLAN =
  "Give what `terraform show -json` prints: terraform plan -out plan.bin && terraform show -json plan.bin > plan.json";
const STATE = "Give what `terraform show -json` prints of it: terraform show -json > state.json";

const LOG_LINE = /^\s*\{[^\n]*"@(?:level|module)"\s*:/;
const HCL =
  /^[ \t]*(?:(?:resource|data)[ \t]+"[^"\n]+"[ \t]+"[^"\n]+"|(?:module|provider|variable|output)[ \t]+"[^"\n]+"|(?:terraform|locals))[ \t]*\{/m;
const SHOWN_RESOURCE = /^\s*[+~-]\s+resource "aws_/m;
const JSONNET = /^\s*(?:local\s+\w+\s*=|import\s|\{\s*(?:local|\w+\s*:\s*std\.))/m;
const TEMPLATED = /\{\{-?\s*(?:must_env|env|must_var|tfstate|ssm)\s+["`']/;
const PLACEHOLDERS = /\{\{[^}\n]*\}\}|<%=?[^%\n]*%>/;

const TEXTS: readonly (readonly [RegExp, NearMiss])[] = [
  [LOG_LINE, { what: "the log of `terraform plan -json`, which does not hold the plan", hint: PLAN }],
  [HCL, { what: "a configuration of Terraform (HCL), whose values only a plan knows", hint: PLAN }],
  [
    TEMPLATED,
    {
      what: "a template of ecspresso",
      hint: "Give what `ecspresso render` prints: ecspresso render servicedef > service.json",
    },
  ],
  [SHOWN_RESOURCE, { what: "what Terraform prints for people", hint: PLAN }],
  [JSONNET, { what: "Jsonnet", hint: "Give the JSON that it makes: jsonnet FILE > FILE.json" }],
];

/** What text is that is not well-formed: placeholders of a template engine stand in it. */
export const nearMissOfBroken = (text: string): NearMiss | undefined =>
  nearMissOfText(text) ??
  (PLACEHOLDERS.test(text.slice(0, 200_000))
    ? { what: "a template with placeholders, and not well-formed as it stands", hint: "Give what is made of it." }
    : undefined);

/** What text is that cannot be read as an input. */
export const nearMissOfText = (text: string): NearMiss | undefined => {
  const start = text.slice(0, 200_000);
  return TEXTS.find(([pattern]) => pattern.test(start))?.[1];
};

type Keys = Readonly<Record<string, unknown>>;

const isRawState = (data: Keys): boolean =>
  typeof data["version"] === "number" &&
  Array.isArray(data["resources"]) &&
  ("lineage" in data || "serial" in data || "terraform_version" in data);

const isTerraformJson = (data: Keys): boolean => {
  const blocks = [data["resource"], data["module"], data["provider"]].filter(isData);
  return blocks.length > 0 && !("Resources" in data);
};

const isChangeSet = (data: Keys): boolean => "ChangeSetName" in data && Array.isArray(data["Changes"]);

const isKubernetes = (data: Keys): boolean =>
  typeof data["apiVersion"] === "string" && typeof data["kind"] === "string";

const list = (key: string) => (data: Keys) => Array.isArray(data[key]);

const TESTS: readonly (readonly [(data: Keys) => boolean, NearMiss])[] = [
  [(data) => "@level" in data, { what: "the log of `terraform plan -json`, which does not hold the plan", hint: PLAN }],
  [isRawState, { what: "a file of state of Terraform, whose form may change with every version", hint: STATE }],
  [isTerraformJson, { what: "a configuration of Terraform (JSON), whose values only a plan knows", hint: PLAN }],
  [
    isChangeSet,
    {
      what: "a change set of CloudFormation",
      hint: "Give its template: aws cloudformation get-template --change-set-name NAME --stack-name STACK",
    },
  ],
  [
    list("serviceArns"),
    { what: "a list of ARNs", hint: "Give what `aws ecs describe-services --services ARN...` prints." },
  ],
  [
    list("taskDefinitionArns"),
    { what: "a list of ARNs", hint: "Give what `aws ecs describe-task-definition` prints of each." },
  ],
  [list("clusterArns"), { what: "a list of ARNs", hint: "Let `ecs-cost discover` read the account." }],
  [
    list("tasks"),
    {
      what: "the output of describe-tasks",
      hint: "Give what `aws ecs describe-services` prints, or let `ecs-cost discover` read the account.",
    },
  ],
  [
    list("clusters"),
    {
      what: "the output of describe-clusters",
      hint: "Give what `aws ecs describe-services` prints, or let `ecs-cost discover` read the account.",
    },
  ],
  [
    (data) => typeof data["app"] === "string" && isData(data["context"]),
    { what: "the settings of a CDK application", hint: "Give what it synthesizes: cdk synth, then the folder cdk.out" },
  ],
  [
    (data) => typeof data["runtime"] === "string" && typeof data["name"] === "string",
    { what: "a project of Pulumi", hint: "Give what it plans: pulumi preview --json > preview.json" },
  ],
  [isKubernetes, { what: "a manifest of Kubernetes", hint: "It does not run on ECS." }],
];

/** What data is that is none of the inputs. */
export const nearMissOfData = (data: unknown): NearMiss | undefined =>
  isData(data) ? TESTS.find(([matches]) => matches(data))?.[1] : undefined;
