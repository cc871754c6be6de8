import { describe, expect, it } from "vitest";
import { drawProgress } from "./progress.ts";

const CLEAR = "\r\u001b[2K";

const terminal = (columns = 80) => {
  const written: string[] = [];
  return { isTTY: true, columns, write: (text: string) => written.push(text), written };
};

describe("progress", () => {
  it("draws one line that is replaced, at most ten times a second, and takes it away at the end", () => {
    const screen = terminal();
    let now = 1000;
    const { observe, end } = drawProgress(screen, false, () => now);
    observe({ code: "discovery-progress", region: "eu-west-1", cluster: "a", services: 3 });
    observe({ code: "discovery-progress", region: "eu-west-1", cluster: "b", services: 4 });
    now += 100;
    observe({ code: "call-repeated", action: "ecs:ListServices", region: "eu-west-1", reason: "throttled" });
    end();
    end();
    expect(screen.written).toEqual([
      `${CLEAR}Reading the account: 1 cluster, 3 services`,
      `${CLEAR}Reading the account: 2 clusters, 7 services (1 call repeated)`,
      CLEAR,
    ]);
  });

  it("tells the task definitions of all regions, which take longest", () => {
    const screen = terminal();
    let now = 0;
    const { observe } = drawProgress(screen, false, () => {
      now += 200;
      return now;
    });
    observe({ code: "discovery-progress", region: "eu-west-1", cluster: "a", services: 3 });
    observe({ code: "definitions-progress", region: "eu-west-1", done: 1, definitions: 3 });
    observe({ code: "definitions-progress", region: "us-east-1", done: 1, definitions: 2 });
    observe({ code: "definitions-progress", region: "eu-west-1", done: 2, definitions: 3 });
    expect(screen.written.slice(1)).toEqual([
      `${CLEAR}Reading the account: 1 cluster, 3 services, 1 of 3 task definitions`,
      `${CLEAR}Reading the account: 1 cluster, 3 services, 2 of 5 task definitions`,
      `${CLEAR}Reading the account: 1 cluster, 3 services, 3 of 5 task definitions`,
    ]);
  });

  it("says how far scans and refreshes are", () => {
    const screen = terminal();
    let now = 0;
    const { observe } = drawProgress(screen, false, () => {
      now += 200;
      return now;
    });
    observe({ code: "metrics-progress", done: 3, calls: 320 });
    observe({ code: "prices-progress", region: "eu-west-1", done: 9, dimensions: 60 });
    observe({ code: "cost-explorer-progress", pages: 7, usd: "0.07" });
    observe({ code: "athena-progress", done: 2, queries: 4, scannedBytes: 1024 });
    expect(screen.written).toEqual([
      `${CLEAR}Reading CloudWatch: 3 of 320 calls`,
      `${CLEAR}Reading prices of eu-west-1: 9 of 60`,
      `${CLEAR}Reading Cost Explorer: 7 pages, $0.07`,
      `${CLEAR}Reading with Athena: 2 of 4 queries`,
    ]);
  });

  it("draws nothing where there is no terminal or it shall be quiet, and nothing wider than the terminal", () => {
    const [screen, narrow] = [terminal(), terminal(20)];
    for (const { observe, end } of [drawProgress({ ...screen, isTTY: false }, false), drawProgress(screen, true)]) {
      observe({ code: "metrics-progress", done: 1, calls: 2 });
      end();
    }
    expect(screen.written).toEqual([]);
    drawProgress(narrow, false).observe({ code: "metrics-progress", done: 1, calls: 2 });
    expect(narrow.written[0]?.length).toBeLessThanOrEqual(CLEAR.length + 19);
  });
});
