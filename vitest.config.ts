import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  ssr: { resolve: { conditions: ["@chub/source", "import", "node", "default"] } },
  resolve: { conditions: ["@chub/source", "import", "node", "default"] },
  test: {
    include: ["packages/*/src/**/*.test.ts", "packages/*/test/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    pool: "forks",
    // Many tests wait for processes of their own, so one more than there are processors keeps them busy.
    maxWorkers: availableParallelism() + 1,
  },
});
