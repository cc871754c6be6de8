import { addComment, type ForgeState, type Incoming, type KeptComment, pageOf, type Reply } from "./state.ts";

const LONGEST = 1_000_000;
const NOTES = /^\/api\/v4\/projects\/(?:4711|acme%2Fshop)\/merge_requests\/7\/notes(?:\/(?<id>\d+))?$/;
const NOT_FOUND: Reply = { status: 404, data: { message: "404 Not found" } };

/** Notes of acme/shop!7 (project 4711) and the token's user; undefined for anything else. */
export const gitlabReply = (state: ForgeState, incoming: Incoming): Reply | undefined => {
  const { method, url, data } = incoming;
  if (!url.pathname.startsWith("/api/v4/")) return undefined;
  if (url.pathname === "/api/v4/user") {
    const told = { id: Number(state.viewer), username: "project_bot" };
    return state.tellsViewer ? { status: 200, data: told } : { status: 403, data: { message: "403 Forbidden" } };
  }
  const found = NOTES.exec(url.pathname);
  if (found === null) return { status: 404, data: { message: "404 Project Not Found" } };
  const id = found.groups?.["id"];
  if (id === undefined) return method === "GET" ? listed(state, url) : created(state, data);
  const note = state.comments.find((kept) => kept.id === Number(id));
  return note === undefined ? NOT_FOUND : changed(state, note, method, data);
};

const listed = (state: ForgeState, url: URL): Reply => {
  const ascending = url.searchParams.get("sort") === "asc";
  return pageOf(state, url, ascending ? state.comments : state.comments.toReversed(), drawn);
};

const created = (state: ForgeState, data: Incoming["data"]): Reply => {
  const body = String(data["body"] ?? "");
  return body.length > LONGEST ? tooLong() : { status: 201, data: drawn(addComment(state, body, state.viewer)) };
};

const changed = (state: ForgeState, note: KeptComment, method: string, data: Incoming["data"]): Reply => {
  if (method === "DELETE") {
    state.comments.splice(state.comments.indexOf(note), 1);
    return { status: 204 };
  }
  const body = String(data["body"] ?? "");
  if (body.length > LONGEST) return tooLong();
  note.body = body;
  return { status: 200, data: drawn(note) };
};

const tooLong = (): Reply => ({
  status: 400,
  data: { message: { note: ["is too long (maximum is 1000000 characters)"] } },
});

const drawn = ({ id, body, author, system }: KeptComment): object => ({
  ...{ id, body, system, noteable_type: "MergeRequest", noteable_iid: 7 },
  author: { id: Number(author), username: `user-${author}` },
});
