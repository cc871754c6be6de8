import { afterEach, describe, expect, it } from "vitest";
import { BEHAVIORS, type Behavior } from "../../../packages/cli/src/comment/behaviors.ts";
import { markerLine, readMarker } from "../../../packages/cli/src/comment/marker.ts";
import { type Published, publish } from "../../../packages/cli/src/comment/publish.ts";
import { FORGES, type TestedForge } from "../../support/forge-server/forges.ts";
import { type ForgeServer, type ForgeServerOptions, startForgeServer } from "../../support/forge-server/server.ts";
import type { KeptComment } from "../../support/forge-server/state.ts";

const open: ForgeServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const started = async (forge: TestedForge, options: ForgeServerOptions = {}): Promise<ForgeServer> => {
  const server = await startForgeServer({ viewer: forge.viewer, ...options });
  open.push(server);
  return server;
};

const bodyOf = (text: string, tag = "default"): string => `${markerLine({ tag, replaced: false })}\n${text}`;

interface Posting {
  readonly behavior?: Behavior;
  readonly tag?: string;
  readonly onlyIfEarlier?: boolean;
}

const post = (forge: TestedForge, server: ForgeServer, text: string, posting: Posting = {}): Promise<Published> => {
  const { behavior = "update", tag = "default", onlyIfEarlier = false } = posting;
  const body = { text: bodyOf(text, tag), truncated: false };
  return publish(forge.open(server), { body, tag, behavior, onlyIfEarlier });
};

const shown = (server: ForgeServer): readonly string[] =>
  server.comments.filter(({ hidden }) => !hidden).map(({ body }) => body.split("\n").slice(1).join("\n"));

const counted = (server: ForgeServer, call: RegExp): number =>
  server.calls.filter(({ method, path }) => call.test(`${method} ${path.split("?")[0]}`)).length;

const failure = async (running: Promise<unknown>): Promise<{ message: string; source: string; hint: string }> => {
  try {
    await running;
  } catch (error) {
    return error as { message: string; source: string; hint: string };
  }
  throw new Error("nothing failed");
};

describe.each(FORGES)("comments on $name", (forge) => {
  it("update the comment of their tag in place, and leave it where it says the same", async () => {
    const server = await started(forge);
    expect(await post(forge, server, "one")).toMatchObject({ action: "created" });
    expect(await post(forge, server, "two")).toMatchObject({ action: "updated" });
    expect(await post(forge, server, "two")).toMatchObject({ action: "unchanged" });
    expect(shown(server)).toEqual(["two"]);
    expect(counted(server, forge.calls.update)).toBe(1);
  });

  it("are new, hidden or deleted as the behavior says, and only after the new one is there", async () => {
    const server = await started(forge);
    await post(forge, server, "one");
    await post(forge, server, "two", { behavior: "new" });
    expect(await post(forge, server, "three", { behavior: "hide-and-new" })).toMatchObject({ hidden: 2 });
    const folded = server.comments.filter(({ hidden, body }) => hidden || readMarker(body)?.replaced === true);
    expect(folded.map(({ body }) => /one|two/.exec(body)?.[0])).toEqual(["one", "two"]);
    expect(await post(forge, server, "four", { behavior: "delete-and-new" })).toMatchObject({ action: "created" });
    expect(server.comments.at(-1)?.body).toBe(bodyOf("four"));
    const last = server.calls.findLastIndex(({ method }) => method === "DELETE");
    expect(server.calls.findLastIndex(({ method, body }) => method === "POST" && body.includes("four"))).toBeLessThan(
      last,
    );
  });

  it("hide each comment once", async () => {
    const server = await started(forge);
    for (const text of ["one", "two", "three", "four"]) await post(forge, server, text, { behavior: "hide-and-new" });
    const before = server.calls.length;
    await post(forge, server, "five", { behavior: "hide-and-new" });
    const hiding = server.calls
      .slice(before)
      .filter(({ body }) => /minimizeComment|"body":"<!-- [^>]*replaced -->/.test(body));
    expect(hiding).toHaveLength(1);
    const replaced = server.comments.filter(({ body }) => readMarker(body)?.replaced === true).map(({ body }) => body);
    if (forge.name === "GitLab") {
      expect(replaced[0]).toContain("<details><summary>Replaced by a newer report</summary>\n\none\n\n</details>");
    } else expect(shown(server)).toEqual(["five"]);
  });

  it.each(BEHAVIORS)(
    "with %s touch nothing of another tag, another author or without a marker in the first line",
    async (behavior) => {
      const server = await started(forge);
      const others = [
        server.add(bodyOf("a"), forge.stranger),
        server.add(bodyOf("b", "default-2")),
        server.add(`Look:\n${bodyOf("c")}`),
        server.add(`> ${bodyOf("d")}`),
        server.add(bodyOf("e").replace("ecs-cost:comment", "ecs-cost:comments")),
        server.add(bodyOf("f", "team/default")),
        ...(forge.name === "GitLab" ? [server.add(bodyOf("g"), forge.viewer, true)] : []),
      ].map((comment): KeptComment => ({ ...comment }));
      await post(forge, server, "one", { behavior });
      await post(forge, server, "two", { behavior });
      expect(server.comments.slice(0, others.length)).toEqual(others);
      expect(server.comments.length).toBeGreaterThan(others.length);
    },
  );

  it("are found among many pages, and the newest of several is the one", async () => {
    const server = await started(forge, { pageSize: 3 });
    for (let index = 0; index < 10; index += 1) server.add(`comment ${index}`, forge.stranger);
    server.add(bodyOf("old"));
    for (let index = 0; index < 10; index += 1) server.add(`comment ${index}`);
    const newest = server.add(bodyOf("new"));
    for (let index = 0; index < 5; index += 1) server.add(`comment ${index}`, forge.stranger);
    expect(await post(forge, server, "newer")).toMatchObject({ action: "updated" });
    expect(newest.body).toBe(bodyOf("newer"));
    expect(server.comments).toHaveLength(27);
    expect(counted(server, forge.calls.list)).toBe(9);
  });

  it("are recognised by the marker alone where the token does not say whose it is", async () => {
    const server = await started(forge, { tellsViewer: false });
    await post(forge, server, "one");
    expect(await post(forge, server, "two")).toMatchObject({ action: "updated" });
  });

  it("say nothing where nothing changes and nothing was said, and say so where something was", async () => {
    const server = await started(forge);
    for (const behavior of BEHAVIORS) {
      expect(await post(forge, server, "no change", { behavior, onlyIfEarlier: true })).toMatchObject({
        action: "skipped",
      });
    }
    expect(server.comments).toEqual([]);
    await post(forge, server, "+$30");
    expect(await post(forge, server, "no change", { onlyIfEarlier: true })).toMatchObject({ action: "updated" });
    expect(shown(server)).toEqual(["no change"]);
  });

  it("are the same where the forge gives them back with other line ends", async () => {
    const server = await started(forge);
    server.add(`${bodyOf("one\n\ntwo").replaceAll("\n", "\r\n")}\r\n`);
    expect(await post(forge, server, "one\n\ntwo")).toMatchObject({ action: "unchanged" });
  });

  it("are posted anew where the one to update was deleted meanwhile", async () => {
    const server = await started(forge);
    await post(forge, server, "one");
    server.fail({ on: forge.calls.update, times: 1, status: 404 });
    expect(await post(forge, server, "two")).toMatchObject({ action: "created" });
  });

  it.each([
    ["a problem of the server", { status: 502, text: "<html>" }],
    ["a limit", { status: 429, headers: { "retry-after": "2" } }],
    ["a secondary limit", { status: 403, headers: { "retry-after": "1" }, text: '{"message":"secondary rate limit"}' }],
    ["a cut connection", { cut: "before" as const }],
  ])("get over %s in every call, and are there once", async (_, fault) => {
    const server = await started(forge);
    await post(forge, server, "one");
    const { list, create, update, remove } = forge.calls;
    server.fail(...[list, create, update, remove].map((on) => ({ on, times: 2, ...fault })));
    expect(await post(forge, server, "two")).toMatchObject({ action: "updated" });
    expect(await post(forge, server, "three", { behavior: "delete-and-new" })).toMatchObject({
      action: "created",
      deleted: 1,
    });
    expect(server.comments.map(({ body }) => body)).toEqual([bodyOf("three")]);
  });

  it.each(BEHAVIORS)("with %s are there once where the answer to the posting is lost", async (behavior) => {
    const server = await started(forge);
    server.add(bodyOf("same"));
    server.fail({ on: forge.calls.create, times: 2, cut: "after" });
    await post(forge, server, behavior === "new" ? "same" : "other", {
      behavior: behavior === "update" ? "new" : behavior,
    });
    expect(counted(server, forge.calls.create)).toBe(1);
    expect(server.comments.filter(({ body }) => readMarker(body)?.replaced === false)).toHaveLength(
      behavior === "delete-and-new" || (behavior === "hide-and-new" && forge.name === "GitLab") ? 1 : 2,
    );
  });

  it("are posted again where the posting was lost, also beside an older one of the same words", async () => {
    const server = await started(forge);
    server.add(bodyOf("same"));
    server.fail({ on: forge.calls.create, times: 1, cut: "before" });
    expect(await post(forge, server, "same", { behavior: "new" })).toMatchObject({ action: "created" });
    expect(shown(server)).toEqual(["same", "same"]);
  });

  it("give up after a bounded number of calls", async () => {
    const server = await started(forge, { faults: [{ on: /./, status: 503 }] });
    const error = await failure(post(forge, server, "one"));
    expect(error).toMatchObject({ source: "forge" });
    expect(error.message).toMatch(
      /had a problem of its own, so it could not read the comments of acme\/shop[#!]7 \(503/,
    );
    expect(server.calls).toHaveLength(4);
    const posting = await started(forge, { faults: [{ on: forge.calls.create, status: 503 }] });
    expect((await failure(post(forge, posting, "one"))).message).toContain("could not comment on acme/shop");
    expect(counted(posting, forge.calls.create)).toBe(4);
  });

  it("do not wait for longer than a pipeline should", async () => {
    const server = await started(forge, { faults: [{ on: /./, status: 429, headers: { "retry-after": "3600" } }] });
    const error = await failure(post(forge, server, "one"));
    expect(error.message).toContain("limits the rate of calls");
    expect(error.hint).toContain("3600 seconds");
    expect(server.calls).toHaveLength(1);
  });

  it.each([
    [403, "does not allow it"],
    [404, "found nothing there"],
    [422, "refused"],
  ])("tell a %i at once, with what can be done", async (status, words) => {
    const server = await started(forge, { faults: [{ on: /./, status, text: '{"message":"server words"}' }] });
    const error = await failure(post(forge, server, "one"));
    expect(error).toMatchObject({ source: "forge" });
    expect(error.message).toContain(`${forge.name} ${words}`);
    expect(error.message).toContain("server words");
    expect(server.calls).toHaveLength(1);
  });

  it("tell a token that is not accepted, and a forge that is not there", async () => {
    const server = await started(forge);
    const refused = await failure(publish(forge.open(server, "wrong-token"), publicationOf("one")));
    expect(refused.message).toContain(`${forge.name} did not accept the token`);
    await server.close();
    const gone = await failure(publish(forge.open(server), publicationOf("one")));
    expect(gone.message).toContain(`${forge.name} was not reached`);
    expect(gone.message).toContain("ECONNREFUSED");
  });

  it.each([
    ["a page", { status: 200, headers: { "content-type": "text/html" }, text: "<html>Sign in</html>" }],
    ["an object", { status: 200, text: "{}" }],
    ["nothing", { status: 200, text: "" }],
    ["a list of something else", { status: 200, text: '[{"id":1},null,"x"]' }],
  ])("are not posted to what answers with %s and is no forge", async (_, fault) => {
    const server = await started(forge, { faults: [{ on: /./, ...fault }] });
    const error = await failure(post(forge, server, "one"));
    expect(error).toMatchObject({ source: "forge" });
    expect(error.message).toContain(forge.name);
  });

  it("are there, and it fails, where the old ones may not be hidden", async () => {
    const server = await started(forge);
    await post(forge, server, "one");
    const hiding = forge.name === "GitHub" ? /^POST .*graphql$/ : forge.calls.update;
    const text = '{"errors":[{"type":"FORBIDDEN","message":"no rights"}],"message":"no rights"}';
    server.fail({ on: hiding, ...(forge.name === "GitHub" ? { status: 200 } : { status: 403 }), text });
    const error = await failure(post(forge, server, "two", { behavior: "hide-and-new" }));
    expect(error.message).toContain(`${forge.name} does not allow it`);
    expect(shown(server)).toEqual(["one", "two"]);
  });

  it("follow no redirect to another host, which would see the token", async () => {
    const other = await started(forge);
    const server = await started(forge, {
      faults: [{ on: /./, status: 302, headers: { location: `${other.url}/api/v4/elsewhere` } }],
    });
    await failure(post(forge, server, "one"));
    expect(other.calls.filter(({ status }) => status !== 401)).toEqual([]);
  });

  it("may be as long as the forge takes, and one sign longer is refused", async () => {
    const server = await started(forge);
    const room = forge.limit - bodyOf("").length;
    expect(await post(forge, server, "x".repeat(room))).toMatchObject({ action: "created" });
    expect((await failure(post(forge, server, "x".repeat(room + 1)))).message).toContain("too long");
  });
});

const publicationOf = (text: string) => ({
  ...{ body: { text: bodyOf(text), truncated: false }, tag: "default" },
  ...{ behavior: "update" as const, onlyIfEarlier: false },
});
