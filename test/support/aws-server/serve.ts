import type { IncomingMessage, ServerResponse } from "node:http";
import type { AccountRecord } from "./account.ts";
import type { CallLog, CallRecord } from "./call-log.ts";
import { AwsFault, deniedFault, expiredFault, throttledFault } from "./fault.ts";
import { type Fault, type FaultPlan, faultOf } from "./fault-plan.ts";
import { contentType, faultBody, type Operation, readOperation, type ServiceTable } from "./operations.ts";
import { spoilOutput } from "./spoil-output.ts";

/** What a server knows and counts. */
export interface ServerState {
  readonly account: AccountRecord;
  readonly log: CallLog;
  readonly tables: ReadonlyMap<string, ServiceTable>;
  /** How often a request came, by what it asks for. */
  readonly attempts: Map<string, number>;
  readonly pagePoints?: number;
  faults: FaultPlan;
}

/** One request on its way to an answer. */
interface Exchange {
  readonly state: ServerState;
  readonly operation: Operation;
  readonly call: CallRecord;
  readonly fault: Fault | undefined;
  readonly response: ServerResponse;
}

const SCOPE = /Credential=[^/]+\/\d{8}\/(?<region>[^/]+)\/(?<service>[^/]+)\/aws4_request/;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
};

const isOver = (count: number, limit: number | undefined): boolean => limit !== undefined && count > limit;

const isDenied = ({ state, operation, call }: Exchange): boolean =>
  (state.faults.denied ?? []).some((rule) => {
    const [name, place = call.region] = rule.split("@");
    const [where, cluster] = place.split("/");
    const asked = String(operation.input["cluster"] ?? "")
      .split("/")
      .at(-1);
    return (name === "*" || name === call.action) && where === call.region && (cluster ?? asked) === asked;
  });

/** Faults that answer instead of the operation. */
const refusal = (exchange: Exchange): AwsFault | undefined => {
  const { state, operation, call, fault } = exchange;
  if (isOver(state.log.calls.length, state.faults.expiredAfter)) return expiredFault(operation.protocol);
  if (isDenied(exchange)) return deniedFault(operation.protocol, call.action);
  if (fault === "throttled") return throttledFault(operation.protocol);
  return fault === "server-error"
    ? new AwsFault("InternalFailure", "We encountered an internal error.", 500)
    : undefined;
};

const sendFault = ({ operation, response }: Exchange, fault: AwsFault): void => {
  const { protocol } = operation;
  response.writeHead(fault.status, {
    "content-type": contentType(protocol),
    "x-amzn-requestid": "req-1",
    "x-amzn-errortype": fault.code,
    ...(protocol === "json-1.0" ? { "x-amzn-query-error": `${fault.code};Sender` } : {}),
  });
  response.end(faultBody(protocol, fault));
};

const sendHalf = (response: ServerResponse, body: string, isCut: boolean): void => {
  response.writeHead(200, { "content-length": String(Buffer.byteLength(body) + 1) });
  response.write(body.slice(0, Math.floor(body.length / 2)), () => {
    if (isCut) response.socket?.destroy();
  });
};

const pointsOf = (output: unknown): number => {
  const results = (output as { readonly MetricDataResults?: readonly { readonly Values: readonly number[] }[] })
    .MetricDataResults;
  return (results ?? []).reduce((sum, { Values: values }) => sum + values.length, 0);
};

const answer = async ({ state, operation, call, fault, response }: Exchange): Promise<void> => {
  const { account, pagePoints } = state;
  const output = await operation.run({
    account,
    region: call.region,
    ...(pagePoints === undefined ? {} : { pagePoints }),
  });
  const body = operation.render(spoilOutput(operation, output, fault));
  if (fault === "cut" || fault === "hung") {
    sendHalf(response, body, fault === "cut");
    return;
  }
  if (fault !== "wrong-type") call.points = pointsOf(output);
  response.writeHead(200, { "content-type": contentType(operation.protocol), "x-amzn-requestid": "req-1" });
  response.end(body);
};

const answerOrFault = async (exchange: Exchange): Promise<void> => {
  try {
    const refused = refusal(exchange);
    if (refused === undefined) await answer(exchange);
    else sendFault(exchange, refused);
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    sendFault(exchange, error);
  }
};

const attemptOf = (state: ServerState, request: string): number => {
  const attempt = (state.attempts.get(request) ?? 0) + 1;
  state.attempts.set(request, attempt);
  return attempt;
};

const tableOf = (state: ServerState, service: string): ServiceTable => {
  const table = state.tables.get(service);
  if (table === undefined) throw new AwsFault("UnknownService", `No such service: ${service}`);
  return table;
};

/** Answers one request, and writes it to the log. */
export const serve = async (state: ServerState, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const scope = SCOPE.exec(request.headers.authorization ?? "")?.groups;
  const region = scope?.["region"] ?? "";
  const body = await bodyOf(request);
  const table = tableOf(state, scope?.["service"] ?? "");
  const url = request.url ?? "/";
  const operation = readOperation(table, url, request.headers, body);
  const action = `${operation.iam}:${operation.name}`;
  const identity = `${region}|${action}|${request.method === "GET" ? url : body}`;
  const fault = faultOf(state.faults, identity, attemptOf(state, identity));
  const queries = operation.input["MetricDataQueries"];
  const count = Array.isArray(queries) ? queries.length : 0;
  const call: CallRecord = { action, region, queries: count, points: 0, ...(fault === undefined ? {} : { fault }) };
  state.log.add(call);
  if (isOver(state.log.calls.length, state.faults.deadAfter)) request.socket.destroy();
  else if (fault !== "stalled") await answerOrFault({ state, operation, call, fault, response });
};
