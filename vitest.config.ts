import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = ["@ecs-cost/source"];

export default defineConfig({
  resolve: { conditions: source },
  ssr: { resolve: { conditions: source, externalConditions: source } },
  test: {
    disableConsoleIntercept: true,
    setupFiles: [fileURLToPath(new URL("test/support/property-runs.ts", import.meta.url))],
    projects: [
      { extends: true, test: { name: "unit", include: ["packages/*/{src,test}/**/*.test.ts"] } },
      { extends: true, test: { name: "properties", include: ["test/properties/**/*.test.ts"] } },
      { extends: true, test: { name: "scenarios", include: ["test/scenarios/**/*.test.ts"] } },
      { extends: true, test: { name: "contracts", include: ["test/contracts/**/*.test.ts"] } },
      { extends: true, test: { name: "e2e", include: ["test/e2e/**/*.test.ts"], testTimeout: 60_000 } },
    ],
  },
});
