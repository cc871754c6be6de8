import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { githubReply } from "./github.ts";
import { gitlabReply } from "./gitlab.ts";
import { addComment, type Call, type Fault, type ForgeState, type KeptComment, type Reply } from "./state.ts";

export interface ForgeServerOptions {
  readonly viewer?: string;
  readonly tellsViewer?: boolean;
  readonly pageSize?: number;
  readonly faults?: readonly Fault[];
}

/** A server on 127.0.0.1 that is a GitHub below `/api/v3` and a GitLab below `/api/v4`, with one request each. */
export interface ForgeServer {
  readonly url: string;
  readonly token: string;
  readonly viewer: string;
  readonly comments: readonly KeptComment[];
  readonly calls: readonly Call[];
  /** A comment that was there before. */
  readonly add: (body: string, author?: string, system?: boolean) => KeptComment;
  readonly fail: (...faults: readonly Fault[]) => void;
  readonly close: () => Promise<void>;
}

/** Looks like a token of neither forge, so that only knowing it can hide it. */
const TOKEN = "s3cr3t/token+for=tests";

export const startForgeServer = async (options: ForgeServerOptions = {}): Promise<ForgeServer> => {
  const state: ForgeState = {
    ...{ token: TOKEN, viewer: options.viewer ?? "41", tellsViewer: options.tellsViewer ?? true },
    ...{ pageSize: options.pageSize ?? 100, comments: [], calls: [], faults: [], nextId: 1 },
  };
  const fail = (...faults: readonly Fault[]): void => {
    state.faults.push(...faults.map((fault) => ({ fault, left: fault.times ?? Number.POSITIVE_INFINITY })));
  };
  fail(...(options.faults ?? []));
  const server = createServer((request, response) => void serve(state, request, response));
  const close = closing(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ token: state.token, viewer: state.viewer, comments: state.comments, calls: state.calls },
    ...{ fail, close },
    add: (body, author = state.viewer, system = false) => addComment(state, body, author, system),
  };
};

const serve = async (state: ForgeState, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { method = "GET", url: path = "/" } = request;
  const body = await textOf(request);
  const note = (status: Call["status"]): void => void state.calls.push({ method, path, status, body });
  const fault = faultFor(state, `${method} ${path.split("?")[0]}`);
  const cut = (): void => {
    note("cut");
    request.socket.destroy();
  };
  if (fault?.cut === "before") return cut();
  if (fault?.status !== undefined) {
    note(fault.status);
    response.writeHead(fault.status, { "content-type": "application/json", ...fault.headers });
    response.end(fault.text ?? JSON.stringify({ message: "a fault of the test" }));
    return;
  }
  const reply = isKnown(state, request)
    ? replyTo(state, method, path, request.headers.host ?? "", body)
    : { status: 401, data: { message: `Bad credentials: ${sentToken(request)}` } };
  if (fault?.cut === "after") return cut();
  note(reply.status);
  response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
  response.end(reply.data === undefined ? undefined : JSON.stringify(reply.data));
};

const replyTo = (state: ForgeState, method: string, path: string, host: string, body: string): Reply => {
  const incoming = { method, url: new URL(path, `http://${host}`), data: body === "" ? {} : JSON.parse(body) };
  return (
    githubReply(state, incoming) ?? gitlabReply(state, incoming) ?? { status: 404, data: { message: "no such page" } }
  );
};

const faultFor = (state: ForgeState, call: string): Fault | undefined => {
  const entry = state.faults.find(({ fault, left }) => left > 0 && fault.on.test(call));
  if (entry !== undefined) entry.left -= 1;
  return entry?.fault;
};

const sentToken = ({ headers }: IncomingMessage): string =>
  String(headers["private-token"] ?? headers.authorization?.replace(/^(?:token|bearer) /i, "") ?? "");

const isKnown = (state: ForgeState, request: IncomingMessage): boolean => sentToken(request) === state.token;

const textOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
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
