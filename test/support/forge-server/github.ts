import { addComment, type ForgeState, type Incoming, type KeptComment, pageOf, type Reply } from "./state.ts";

const LONGEST = 65_536;
const LIST = /^\/api\/v3\/repos\/acme\/shop\/issues\/7\/comments$/;
const ONE = /^\/api\/v3\/repos\/acme\/shop\/issues\/comments\/(?<id>\d+)$/;
const NOT_FOUND: Reply = { status: 404, data: { message: "Not Found", documentation_url: "https://docs.github.com" } };

/** Comments of acme/shop#7 in the REST API and what GraphQL is asked for; undefined for anything else. */
export const githubReply = (state: ForgeState, incoming: Incoming): Reply | undefined => {
  const { method, url, data } = incoming;
  if (url.pathname === "/api/graphql") return method === "POST" ? graphql(state, data) : NOT_FOUND;
  if (!url.pathname.startsWith("/api/v3/")) return undefined;
  if (LIST.test(url.pathname)) return method === "GET" ? listed(state, url) : created(state, data);
  const id = Number(ONE.exec(url.pathname)?.groups?.["id"]);
  const comment = state.comments.find((kept) => kept.id === id);
  if (comment === undefined) return NOT_FOUND;
  if (method === "DELETE") {
    state.comments.splice(state.comments.indexOf(comment), 1);
    return { status: 204 };
  }
  const body = String(data["body"] ?? "");
  if (body.length > LONGEST) return tooLong();
  comment.body = body;
  return { status: 200, data: drawn(comment) };
};

const listed = (state: ForgeState, url: URL): Reply => pageOf(state, url, state.comments, drawn);

const created = (state: ForgeState, data: Incoming["data"]): Reply => {
  const body = String(data["body"] ?? "");
  return body.length > LONGEST ? tooLong() : { status: 201, data: drawn(addComment(state, body, state.viewer)) };
};

const tooLong = (): Reply => ({
  status: 422,
  data: { message: "Validation Failed", errors: [{ message: "Body is too long (maximum is 65536 characters)" }] },
});

const drawn = ({ id, body, author }: KeptComment): object => ({
  ...{ id, body, node_id: `IC_${id}`, html_url: `https://github.test/acme/shop/pull/7#issuecomment-${id}` },
  user: { login: author, type: author.endsWith("[bot]") ? "Bot" : "User" },
});

const graphql = (state: ForgeState, { query, variables }: Incoming["data"]): Reply => {
  const text = String(query);
  const { ids = [], id } = (variables ?? {}) as { ids?: readonly string[]; id?: string };
  const find = (node: string | undefined): KeptComment | undefined =>
    state.comments.find((comment) => `IC_${comment.id}` === node);
  if (text.includes("viewer")) {
    const refused = { errors: [{ type: "FORBIDDEN", message: "Resource not accessible by integration" }] };
    return { status: 200, data: state.tellsViewer ? { data: { viewer: { login: state.viewer } } } : refused };
  }
  if (text.includes("minimizeComment")) {
    const comment = find(id);
    if (comment === undefined)
      return { status: 200, data: { errors: [{ type: "NOT_FOUND", message: `No node ${id}` }] } };
    comment.hidden = true;
    return { status: 200, data: { data: { minimizeComment: { minimizedComment: { isMinimized: true } } } } };
  }
  const nodes = ids.map((node) => {
    const comment = find(node);
    return comment === undefined ? null : { id: node, isMinimized: comment.hidden };
  });
  return { status: 200, data: { data: { nodes } } };
};
