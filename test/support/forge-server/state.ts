/** A comment as the server keeps it, for either forge. */
export interface KeptComment {
  readonly id: number;
  body: string;
  readonly author: string;
  hidden: boolean;
  readonly system: boolean;
}

/** What goes wrong with calls that it is meant for. */
export interface Fault {
  /** Method and path, for example `/^POST .*comments$/`. */
  readonly on: RegExp;
  /** How many calls; all, where it is left out. */
  readonly times?: number;
  /** An answer instead of the right one. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
  /** The connection ends without an answer; the call may have been carried out before. */
  readonly cut?: "before" | "after";
}

export interface Call {
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly status: number | "cut";
  readonly body: string;
}

export interface ForgeState {
  readonly token: string;
  /** Who the token belongs to: a login of GitHub, a number of GitLab as text. */
  readonly viewer: string;
  /** Whether the forge tells whose the token is. */
  readonly tellsViewer: boolean;
  /** Most entries of a page. */
  readonly pageSize: number;
  readonly comments: KeptComment[];
  readonly calls: Call[];
  readonly faults: { fault: Fault; left: number }[];
  nextId: number;
}

export interface Reply {
  readonly status: number;
  readonly data?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly data: Readonly<Record<string, unknown>>;
}

export const addComment = (state: ForgeState, body: string, author: string, system = false): KeptComment => {
  const comment = { id: state.nextId, body, author, hidden: false, system };
  state.nextId += 1;
  state.comments.push(comment);
  return comment;
};

/** One page of a list, with the link to the next as both forges give it. */
export const pageOf = <T>(state: ForgeState, url: URL, entries: readonly T[], draw: (entry: T) => unknown): Reply => {
  const size = Math.min(Number(url.searchParams.get("per_page") ?? 20), state.pageSize);
  const page = Number(url.searchParams.get("page") ?? 1);
  const shown = entries.slice((page - 1) * size, page * size).map(draw);
  if (page * size >= entries.length) return { status: 200, data: shown };
  const next = new URL(url);
  next.searchParams.set("page", String(page + 1));
  return { status: 200, data: shown, headers: { link: `<${next.href}>; rel="next"` } };
};
