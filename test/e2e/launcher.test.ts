import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { NODE, type Outcome, ROOT, runProgram, temporaryFolder } from "./run-cli.ts";

/** A checkout as small as the launcher can tell, with stand-ins for what would install and build it. */
interface Checkout {
  readonly root: string;
  /** What was installed or built, in order. */
  readonly steps: () => readonly string[];
  readonly run: (options?: { fail?: string; cwd?: string; command?: string; args?: string[] }) => Promise<Outcome>;
}

const script = (file: string, text: string): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
};

const INSTALL = `#!/bin/sh
[ "$FAIL" != install ] || { echo "ERR_NO_NETWORK: cannot reach the registry"; exit 1; }
sleep 0.3
mkdir -p node_modules/node/bin node_modules/.bin
ln -sf "$REAL_NODE" node_modules/node/bin/node
printf '#!/bin/sh\\n[ "$FAIL" != build ] || { echo "error TS1005"; exit 2; }\\necho build >> "$STEPS"\\n' > node_modules/.bin/tsc
chmod +x node_modules/.bin/tsc
echo install >> "$STEPS"
`;

const checkout = (): Checkout => {
  const folder = temporaryFolder();
  const root = join(folder, "check out");
  const steps = join(folder, "steps");
  for (const file of ["ecs-cost", "scripts/set-up", "scripts/freshness.sh"]) cpSync(join(ROOT, file), join(root, file));
  for (const file of ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", "tsconfig.base.json"]) {
    writeFileSync(join(root, file), "{}");
  }
  for (const file of ["package.json", "tsconfig.json"]) script(join(root, "packages/cli", file), "{}");
  script(join(root, "packages/cli/src/main.ts"), "");
  script(join(root, "packages/cli/scripts/write-manifest.ts"), "");
  script(join(root, "packages/cli/bin/run.js"), "console.log(JSON.stringify(process.argv.slice(2)));");
  script(join(folder, "bin/npx"), INSTALL);
  symlinkSync(NODE, join(folder, "bin/node"));
  const run: Checkout["run"] = ({ fail = "", cwd = "/", command = join(root, "ecs-cost"), args = ["a b", "c"] } = {}) =>
    runProgram(command, args, {
      cwd,
      env: { PATH: `${join(folder, "bin")}:/usr/bin:/bin`, STEPS: steps, REAL_NODE: NODE, FAIL: fail },
    });
  return { root, run, steps: () => (existsSync(steps) ? readFileSync(steps, "utf8").trim().split("\n") : []) };
};

const RAN = '["a b","c"]\n';
const later = (file: string): void => utimesSync(file, Date.now() / 1000 + 60, Date.now() / 1000 + 60);

describe("the launcher of a checkout", () => {
  it("sets up once, says so on stderr only, and starts at once after that", async () => {
    const { run, steps } = checkout();
    const first = await run();
    expect(first).toMatchObject({ code: 0, stdout: RAN });
    expect(first.stderr).toContain("setting up once");
    expect(steps()).toEqual(["install", "build"]);
    expect(await run()).toEqual({ code: 0, stdout: RAN, stderr: "" });
    expect(steps()).toEqual(["install", "build"]);
  });

  it("works from any folder, through a link and without a slash", async () => {
    const { root, run } = checkout();
    symlinkSync("ecs-cost", join(root, "link"));
    symlinkSync(join(root, "link"), join(root, "packages/far"));
    await run();
    expect(await run({ command: join(root, "packages/far") })).toEqual({ code: 0, stdout: RAN, stderr: "" });
    expect(await run({ command: "sh", args: ["ecs-cost", "a b", "c"], cwd: root })).toMatchObject({ stdout: RAN });
    expect(await run({ command: "../ecs-cost", cwd: join(root, "packages") })).toMatchObject({ stdout: RAN });
  });

  it("builds again when a source changes, comes or goes, and installs again when the lockfile does", async () => {
    const { root, run, steps } = checkout();
    await run();
    later(join(root, "packages/cli/src/main.ts"));
    expect((await run()).stderr).toBe("ecs-cost: building…\n");
    expect(steps()).toEqual(["install", "build", "build"]);
    utimesSync(join(root, "packages/cli/src/main.ts"), 1, 1);
    later(join(root, "packages/cli/src"));
    await run();
    expect(steps()).toHaveLength(4);
    utimesSync(join(root, "packages/cli/src"), 1, 1);
    writeFileSync(join(root, "pnpm-lock.yaml"), "changed");
    await run();
    expect(steps().slice(4)).toEqual(["install", "build"]);
  });

  it("does not build again for a test", async () => {
    const { root, run } = checkout();
    writeFileSync(join(root, "packages/cli/src/main.test.ts"), "");
    await run();
    later(join(root, "packages/cli/src/main.test.ts"));
    expect((await run()).stderr).toBe("");
  });

  it("lets several first runs wait for one set-up", async () => {
    const { run, steps } = checkout();
    const outcomes = await Promise.all([run(), run(), run()]);
    for (const { code, stdout } of outcomes) expect({ code, stdout }).toEqual({ code: 0, stdout: RAN });
    expect(steps()).toEqual(["install", "build"]);
  });

  it.each([
    ["install", "ERR_NO_NETWORK"],
    ["build", "error TS1005"],
  ])("tells what failed where the %s fails, and tries again next time", async (fail, message) => {
    const { run, root } = checkout();
    const failed = await run({ fail });
    expect(failed).toMatchObject({ code: 1, stdout: "" });
    expect(failed.stderr).toContain(message);
    expect(existsSync(join(root, ".ready/lock"))).toBe(false);
    expect(await run()).toMatchObject({ code: 0, stdout: RAN });
  });

  it("takes over from a set-up that was killed", async () => {
    const { root, run } = checkout();
    mkdirSync(join(root, ".ready"), { recursive: true });
    symlinkSync("999999999", join(root, ".ready/lock"));
    expect(await run()).toMatchObject({ code: 0, stdout: RAN });
  });

  it("says what it needs where there is no Node.js", async () => {
    const { root } = checkout();
    const tools = temporaryFolder();
    for (const tool of ["cmp", "dirname", "find", "ln", "mkdir", "readlink", "rm", "sh", "tail"]) {
      symlinkSync(["/usr/bin", "/bin"].map((folder) => join(folder, tool)).find(existsSync) ?? tool, join(tools, tool));
    }
    const { code, stdout, stderr } = await runProgram(join(tools, "sh"), [join(root, "ecs-cost")], {
      env: { PATH: tools },
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("Node.js 20 or newer");
  });
});
