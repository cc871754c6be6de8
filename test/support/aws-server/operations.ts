import type { IncomingHttpHeaders } from "node:http";
import type { RegionBook } from "@ecs-cost/core";
import type { ServedBill } from "./billed-lines.ts";
import { AwsFault, type Protocol } from "./fault.ts";
import { priceItems } from "./price-items.ts";
import { type Tree, toXml } from "./query-format.ts";
import type { CallContext, Input, JsonHandlers } from "./request.ts";
import { athenaHandlers } from "./services/athena.ts";
import { cloudwatchHandlers } from "./services/cloudwatch.ts";
import { computeOptimizerHandlers } from "./services/compute-optimizer.ts";
import { costExplorerHandlers } from "./services/cost-explorer.ts";
import { ec2Handlers, type QueryHandlers } from "./services/ec2.ts";
import { ecsHandlers } from "./services/ecs.ts";
import { eventBridgeHandlers } from "./services/event-bridge.ts";
import { loadBalancingHandlers } from "./services/load-balancing.ts";
import { logsHandlers } from "./services/logs.ts";
import { pricingHandlers } from "./services/pricing.ts";
import { savingsPlansHandlers } from "./services/savings-plans.ts";
import { scalingHandlers } from "./services/scaling.ts";
import { schedulerHandlers, schedulerOperation } from "./services/scheduler.ts";

/** A request taken apart: which operation of which service it calls, and with what. */
export interface Operation {
  readonly protocol: Protocol;
  /** Prefix of the service's actions in IAM. */
  readonly iam: string;
  readonly name: string;
  readonly input: Input;
  readonly run: (context: CallContext) => unknown;
  /** Body of a successful answer. */
  readonly render: (output: unknown) => string;
}

/** Operations of one service. */
export interface ServiceTable {
  readonly iam: string;
  readonly protocol: Protocol;
  /** What stands before the operation in `x-amz-target`. */
  readonly target?: string;
  readonly json?: JsonHandlers;
  readonly query?: QueryHandlers;
  /** The operation and its input by path and query, where the path is more than its name. */
  readonly rest?: (path: string, query: URLSearchParams) => { readonly name: string; readonly input: Input };
}

/** Services by the name that requests are signed for. */
export const serviceTables = (books: readonly RegionBook[], bill: ServedBill = {}): ReadonlyMap<string, ServiceTable> =>
  new Map<string, ServiceTable>([
    [
      "monitoring",
      { iam: "cloudwatch", protocol: "json-1.0", target: "GraniteServiceVersion20100801", json: cloudwatchHandlers },
    ],
    [
      "compute-optimizer",
      {
        iam: "compute-optimizer",
        protocol: "json-1.0",
        target: "ComputeOptimizerService",
        json: computeOptimizerHandlers,
      },
    ],
    ["ecs", { iam: "ecs", protocol: "json-1.1", target: "AmazonEC2ContainerServiceV20141113", json: ecsHandlers }],
    [
      "pricing",
      {
        iam: "pricing",
        protocol: "json-1.1",
        target: "AWSPriceListService",
        json: pricingHandlers(books.flatMap(priceItems)),
      },
    ],
    [
      "ce",
      {
        iam: "ce",
        protocol: "json-1.1",
        target: "AWSInsightsIndexService",
        json: costExplorerHandlers(bill.lines, bill.pageGroups),
      },
    ],
    [
      "application-autoscaling",
      {
        iam: "application-autoscaling",
        protocol: "json-1.1",
        target: "AnyScaleFrontendService",
        json: scalingHandlers,
      },
    ],
    ["athena", { iam: "athena", protocol: "json-1.1", target: "AmazonAthena", json: athenaHandlers(bill.athena) }],
    ["events", { iam: "events", protocol: "json-1.1", target: "AWSEvents", json: eventBridgeHandlers }],
    ["scheduler", { iam: "scheduler", protocol: "rest-json", json: schedulerHandlers, rest: schedulerOperation }],
    ["logs", { iam: "logs", protocol: "json-1.1", target: "Logs_20140328", json: logsHandlers }],
    ["ec2", { iam: "ec2", protocol: "ec2-query", query: ec2Handlers }],
    ["elasticloadbalancing", { iam: "elasticloadbalancing", protocol: "aws-query", query: loadBalancingHandlers }],
    ["savingsplans", { iam: "savingsplans", protocol: "rest-json", json: savingsPlansHandlers(books) }],
  ]);

const unknown = (name: string): AwsFault => new AwsFault("UnknownOperationException", `Unknown operation ${name}`);

const CONTENT_TYPES: Readonly<Record<Protocol, string>> = {
  "json-1.0": "application/x-amz-json-1.0",
  "json-1.1": "application/x-amz-json-1.1",
  "rest-json": "application/json",
  "ec2-query": "text/xml;charset=UTF-8",
  "aws-query": "text/xml",
};

/** Content type of the answers of a protocol. */
export const contentType = (protocol: Protocol): string => CONTENT_TYPES[protocol];

const bodyInput = (body: string): Input => JSON.parse(body === "" ? "{}" : body) as Input;

const jsonOperation = (table: ServiceTable, name: string, input: Input): Operation => {
  const handler = table.json?.[name];
  const run = (context: CallContext): unknown => {
    if (handler === undefined) throw unknown(name);
    return handler(input, context);
  };
  return { protocol: table.protocol, iam: table.iam, name, input, run, render: (output) => JSON.stringify(output) };
};

const queryXml = (protocol: Protocol, name: string, output: Tree): string =>
  protocol === "ec2-query"
    ? toXml(`${name}Response`, { requestId: "req-1", ...(output as Record<string, Tree>) }, "item")
    : toXml(`${name}Response`, { [`${name}Result`]: output, ResponseMetadata: { RequestId: "req-1" } }, "member");

const queryOperation = (table: ServiceTable, body: string): Operation => {
  const form = new URLSearchParams(body);
  const name = form.get("Action") ?? "";
  const handler = table.query?.[name];
  const run = (context: CallContext): Tree => {
    if (handler === undefined) throw unknown(name);
    return handler(form, context);
  };
  const input = Object.fromEntries(form);
  return {
    protocol: table.protocol,
    iam: table.iam,
    name,
    input,
    run,
    render: (output) => queryXml(table.protocol, name, output as Tree),
  };
};

/** The operation that a request calls. */
export const readOperation = (
  table: ServiceTable,
  url: string,
  headers: IncomingHttpHeaders,
  body: string,
): Operation => {
  if (table.query !== undefined) return queryOperation(table, body);
  const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
  const rest = table.rest?.(pathname, searchParams);
  if (rest !== undefined) return jsonOperation(table, rest.name, rest.input);
  if (table.protocol === "rest-json") return jsonOperation(table, pathname.replace(/^\//, ""), bodyInput(body));
  const [target = "", name = ""] = String(headers["x-amz-target"] ?? "").split(".");
  if (target !== table.target) throw unknown(`${target}.${name}`);
  if (headers["content-type"] !== contentType(table.protocol))
    throw new AwsFault("SerializationException", "Unexpected content type");
  return jsonOperation(table, name, bodyInput(body));
};

/** Body of an error as the protocol spells it. */
export const faultBody = (protocol: Protocol, fault: AwsFault): string => {
  if (protocol === "ec2-query") {
    return toXml(
      "Response",
      {
        Errors: [{ Error: { Code: fault.code, Message: fault.message } }].map(({ Error: error }) => error),
        RequestID: "req-1",
      },
      "item",
    ).replaceAll(/<(\/?)item>/g, "<$1Error>");
  }
  if (protocol === "aws-query") {
    return toXml(
      "ErrorResponse",
      { Error: { Type: "Sender", Code: fault.code, Message: fault.message }, RequestId: "req-1" },
      "member",
    );
  }
  return JSON.stringify({ __type: fault.code, message: fault.message });
};
