import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = ["@ecs-cost/source"];

/**
 * Files of a worker share the modules that they load: reading them anew for each file takes longer than most tests. FC_RUNS
 * replaces fast-check for every file, so that it needs modules of its own.
 */
const shared = { isolate: process.env.FC_RUNS !== undefined };

/** A limit for what hangs, far above what any test takes on a busy machine. */
const patient = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  resolve: { conditions: source },
  ssr: { resolve: { conditions: source, externalConditions: source } },
  test: {
    disableConsoleIntercept: true,
    setupFiles: [fileURLToPath(new URL("test/support/property-runs.ts", import.meta.url))],
    projects: [
      { extends: true, test: { ...shared, ...patient, name: "unit", include: ["packages/*/{src,test}/**/*.test.ts"] } },
      { extends: true, test: { ...shared, ...patient, name: "properties", include: ["test/properties/**/*.test.ts"] } },
      { extends: true, test: { ...shared, ...patient, name: "scenarios", include: ["test/scenarios/**/*.test.ts"] } },
      { extends: true, test: { ...shared, ...patient, name: "contracts", include: ["test/contracts/**/*.test.ts"] } },
      { extends: true, test: { ...patient, name: "e2e", include: ["test/e2e/**/*.test.ts"] } },
    ],
  },
});
