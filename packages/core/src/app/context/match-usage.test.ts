import { describe, expect, it } from "vitest";
import { sampleService } from "../../../test/sample-service.ts";
import { emptyUsage } from "../../domain/demand/usage.ts";
import { createNotes } from "../../domain/issues/notes.ts";
import { matchUsage } from "./match-usage.ts";

const service = (cluster: string, name: string) => sampleService({ id: `${cluster}/${name}`, cluster, name });

const SERVICES = [service("blue", "api"), service("green", "api"), service("blue", "worker")];

const match = (...names: string[]) => {
  const notes = createNotes();
  const { byService, ambiguous } = matchUsage(SERVICES, new Map(names.map((name) => [name, emptyUsage()])), notes);
  return {
    matched: [...byService.keys()],
    ambiguous: [...ambiguous],
    issues: notes.issues().map(({ code, severity, subject }) => [code, severity, subject]),
  };
};

describe("a series", () => {
  it("belongs to the service of its cluster and name, or of a name that is had once", () => {
    expect(match("blue/api", "worker")).toEqual({ matched: ["blue/api", "blue/worker"], ambiguous: [], issues: [] });
  });

  it("belongs to none where clusters share its name", () => {
    expect(match("api")).toEqual({
      matched: [],
      ambiguous: ["blue/api", "green/api"],
      issues: [["ambiguous-metrics", "warning", "api"]],
    });
  });

  it("with a cluster settles its service, and leaves the shared name to the others", () => {
    expect(match("blue/api", "api")).toMatchObject({ matched: ["blue/api"], ambiguous: ["green/api"] });
    expect(match("blue/api", "green/api", "api")).toEqual({
      matched: ["blue/api", "green/api"],
      ambiguous: [],
      issues: [],
    });
  });

  it("is used once for a service", () => {
    expect(match("worker", "blue/worker")).toEqual({
      matched: ["blue/worker"],
      ambiguous: [],
      issues: [["ambiguous-metrics", "warning", "worker"]],
    });
  });

  it("without a service is told", () => {
    expect(match("other", "red/api").issues).toEqual([
      ["unmatched-metrics", "info", "other"],
      ["unmatched-metrics", "info", "red/api"],
    ]);
  });
});
