import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { RegionBook } from "@ecs-cost/core";
import { type AccountOptions, type AccountRecord, createAccount } from "./account.ts";
import { type CallLog, createCallLog } from "./call-log.ts";
import { AwsFault, deniedFault, expiredFault, throttledFault } from "./fault.ts";
import { type Fault, type FaultPlan, faultOf } from "./fault-plan.ts";
import {
  contentType,
  faultBody,
  type Operation,
  readOperation,
  type ServiceTable,
  serviceTables,
} from "./operations.ts";
import { spoilOutput } from "./spoil-output.ts";

export interface AwsServerOptions extends AccountOptions {
  readonly books?: readonly RegionBook[];
  readonly faults?: FaultPlan;
}

/** A server on 127.0.0.1 that speaks the protocols of the AWS SDK clients. */
export interface AwsServer {
  readonly endpoint: string;
  readonly account: AccountRecord;
  readonly log: CallLog;
  /** Replaces the fault plan. */
  setFaults(plan: FaultPlan): void;
  close(): Promise<void>;
}

interface State {
  readonly account: AccountRecord;
  readonly log: CallLog;
  readonly tables: ReadonlyMap<string, ServiceTable>;
  readonly attempts: Map<string, number>;
  faults: FaultPlan;
}

const SCOPE = /Credential=[^/]+\/\d{8}\/(?<region>[^/]+)\/(?<service>[^/]+)\/aws4_request/;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
};

const isDenied = (plan: FaultPlan, action: string, region: string, operation: Operation): boolean =>
  (plan.denied ?? []).some((rule) => {
    const [name, place] = rule.split("@");
    const [where, cluster] = (place ?? region).split("/");
    const fits = name === "*" || name === action;
    const asked = String(operation.input["cluster"] ?? "")
      .split("/")
      .at(-1);
    return fits && where === region && (cluster === undefined || cluster === asked);
  });

/** Faults that answer instead of the operation. */
const refusal = (
  state: State,
  operation: Operation,
  action: string,
  region: string,
  fault: Fault | undefined,
): AwsFault | undefined => {
  const { protocol } = operation;
  if (state.log.calls.length > (state.faults.expiredAfter ?? Number.POSITIVE_INFINITY)) return expiredFault(protocol);
  if (isDenied(state.faults, action, region, operation)) return deniedFault(protocol, action);
  if (fault === "throttled") return throttledFault(protocol);
  if (fault === "server-error")
    return new AwsFault("InternalFailure", "We encountered an internal error. Please try again.", 500);
  return undefined;
};

const send = (
  response: ServerResponse,
  operation: Pick<Operation, "protocol">,
  status: number,
  body: string,
  code?: string,
): void => {
  const { protocol } = operation;
  const queryMode = protocol === "json-1.0" && code !== undefined;
  response.writeHead(status, {
    "content-type": contentType(protocol),
    "x-amzn-requestid": "req-1",
    ...(code === undefined ? {} : { "x-amzn-errortype": code }),
    ...(queryMode ? { "x-amzn-query-error": `${code};Sender` } : {}),
  });
  response.end(body);
};

const cut = (response: ServerResponse, body: string): void => {
  response.writeHead(200, { "content-length": String(Buffer.byteLength(body) + 1) });
  response.write(body.slice(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
};

const answer = (
  state: State,
  operation: Operation,
  region: string,
  fault: Fault | undefined,
  response: ServerResponse,
): void => {
  const context = { account: state.account, region };
  const output = spoilOutput(operation, operation.run(context), fault);
  const body = operation.render(output);
  if (fault === "cut") cut(response, body);
  else send(response, operation, 200, body);
};

const attemptOf = (state: State, request: string): number => {
  const attempt = (state.attempts.get(request) ?? 0) + 1;
  state.attempts.set(request, attempt);
  return attempt;
};

const tableOf = (state: State, service: string | undefined): ServiceTable => {
  const table = state.tables.get(service ?? "");
  if (table === undefined) throw new AwsFault("UnknownService", `No such service: ${service}`);
  return table;
};

const serve = async (state: State, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const scope = SCOPE.exec(request.headers.authorization ?? "")?.groups;
  const region = scope?.["region"] ?? "";
  const body = await bodyOf(request);
  const table = tableOf(state, scope?.["service"]);
  const operation = readOperation(table, (request.url ?? "/").split("?")[0] ?? "/", request.headers, body);
  const action = `${operation.iam}:${operation.name}`;
  const identity = `${region}|${action}|${body}`;
  const fault = faultOf(state.faults, identity, attemptOf(state, identity));
  const queries = operation.input["MetricDataQueries"];
  state.log.add({
    action,
    region,
    queries: Array.isArray(queries) ? queries.length : 0,
    ...(fault === undefined ? {} : { fault }),
  });
  if (state.log.calls.length > (state.faults.deadAfter ?? Number.POSITIVE_INFINITY)) {
    request.socket.destroy();
    return;
  }
  if (fault === "stalled") return;
  const refused = refusal(state, operation, action, region, fault);
  if (refused !== undefined) {
    send(response, operation, refused.status, faultBody(operation.protocol, refused), refused.code);
    return;
  }
  try {
    answer(state, operation, region, fault, response);
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    send(response, operation, error.status, faultBody(operation.protocol, error), error.code);
  }
};

const handle = (state: State, request: IncomingMessage, response: ServerResponse): void => {
  serve(state, request, response).catch((error: unknown) => {
    const text = error instanceof AwsFault ? error.message : String(error);
    response.writeHead(400, {
      "content-type": "application/x-amz-json-1.1",
      "x-amzn-errortype": "ValidationException",
    });
    response.end(JSON.stringify({ __type: "ValidationException", message: `loopback server: ${text}` }));
  });
};

/** Starts a server on a free port. */
export const startAwsServer = async (options: AwsServerOptions = {}): Promise<AwsServer> => {
  const state: State = {
    account: createAccount(options),
    log: createCallLog(),
    tables: serviceTables(options.books ?? []),
    attempts: new Map(),
    faults: options.faults ?? {},
  };
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => handle(state, request, response));
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    account: state.account,
    log: state.log,
    setFaults: (plan) => {
      state.faults = plan;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};
