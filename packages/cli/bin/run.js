#!/usr/bin/env node
import module from "node:module";

// Only what every Node can parse and load may stand in this file.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major > 22 || (major === 22 && minor >= 18)) {
  module.enableCompileCache();
  const { main } = await import("../dist/main.js");
  await main(process.argv.slice(2));
} else {
  process.stderr.write(`Error: ecs-cost needs Node 22.18 or newer, this is ${process.versions.node}\n`);
  process.exitCode = 2;
}
