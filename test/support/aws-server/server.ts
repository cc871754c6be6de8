import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { RegionBook } from "@ecs-cost/core";
import { type AccountOptions, type AccountRecord, createAccount } from "./account.ts";
import type { ServedBill } from "./billed-lines.ts";
import { type CallLog, createCallLog } from "./call-log.ts";
import type { FaultPlan } from "./fault-plan.ts";
import { serviceTables } from "./operations.ts";
import { type ServerState, serve } from "./serve.ts";

export interface AwsServerOptions extends AccountOptions {
  readonly books?: readonly RegionBook[];
  readonly faults?: FaultPlan;
  readonly bill?: ServedBill;
  /** Most points in a page of metrics, where fewer than the API allows are wanted. */
  readonly pagePoints?: number;
}

/** A server on 127.0.0.1 that speaks the protocols of the AWS SDK clients. */
export interface AwsServer {
  readonly endpoint: string;
  readonly account: AccountRecord;
  readonly log: CallLog;
  /** How often each request came, by what it asks for. */
  readonly asked: ReadonlyMap<string, number>;
  /** Replaces the fault plan. */
  setFaults(plan: FaultPlan): void;
  close(): Promise<void>;
}

const refuse = (response: ServerResponse, error: unknown): void => {
  const message = `loopback server: ${error instanceof Error ? error.message : String(error)}`;
  response.writeHead(400, { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": "ValidationException" });
  response.end(JSON.stringify({ __type: "ValidationException", message }));
};

const closing = (server: Server): (() => Promise<void>) => {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  return () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
};

/** Starts a server on a free port. */
export const startAwsServer = async (options: AwsServerOptions = {}): Promise<AwsServer> => {
  const state: ServerState = {
    account: createAccount(options),
    log: createCallLog(),
    tables: serviceTables(options.books ?? [], options.bill),
    attempts: new Map(),
    faults: options.faults ?? {},
    ...(options.pagePoints === undefined ? {} : { pagePoints: options.pagePoints }),
  };
  const server = createServer((request, response) => {
    serve(state, request, response).catch((error: unknown) => refuse(response, error));
  });
  const close = closing(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    account: state.account,
    log: state.log,
    asked: state.attempts,
    setFaults: (plan) => {
      state.faults = plan;
    },
    close,
  };
};
