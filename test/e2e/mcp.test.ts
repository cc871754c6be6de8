import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { describe, expect, it } from "vitest";
import { NODE, ROOT, RUN, runCli } from "./run-cli.ts";

describe("ecs-cost mcp", () => {
  it("answers a client over standard input and output as the command does, and ends with it", async () => {
    const transport = new StdioClientTransport({
      ...{ command: NODE, args: [RUN, "mcp", "--root", "examples"] },
      ...{ cwd: ROOT, stderr: "pipe" },
    });
    const client = new Client({ name: "test", version: "1.0.0" });
    await client.connect(transport);
    expect(client.getServerVersion()?.name).toBe("ecs-cost");
    const { content } = await client.callTool({ name: "estimate", arguments: { inputs: ["web-service.yaml"] } });
    const { stdout } = await runCli(["estimate", "examples/web-service.yaml", "--format", "compact"]);
    expect(content).toEqual([{ type: "text", text: stdout }]);
    const refused = await client.callTool({ name: "estimate", arguments: { inputs: ["../package.json"] } });
    expect(refused).toMatchObject({ isError: true });
    await client.close();
  });

  it("refuses a root that is not there before it serves", async () => {
    const { code, stdout, stderr } = await runCli(["mcp", "--root", "nowhere"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("--root nowhere: there is no such folder");
  });
});
