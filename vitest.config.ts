import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { SlowestFirst } from "./packages/testkit/src/slowest-first.ts";

// A test never reaches the developer's own database by accident: workers inherit this environment.
for (const name of Object.keys(process.env)) {
  if (/^(PG[A-Z]+|DATABASE_URL|LIMBECK_(ENV|LOG_LEVEL|APPLICATION_VERSION)|ALEMBIC_LOG_LEVEL|PORT)$/.test(name))
    delete process.env[name];
}
process.env["XDG_CACHE_HOME"] = join(tmpdir(), "limbeck-test-cache");

// Workspace packages are imported as source, so tests run with no dist. The rest are the conditions that Node knows.
const conditions = ["@limbeck/source", "node", "development|production"];

export default defineConfig({
  test: {
    reporters: ["default", "./packages/testkit/src/reporter.ts"],
    update: process.env["LIMBECK_UPDATE"] === "1",
    pool: "forks",
    sequence: { sequencer: SlowestFirst },
    // Two more than there are cores: many tests wait for locks and processes most of their time.
    maxWorkers: Math.min(4, availableParallelism() + 2),
    projects: [
      {
        resolve: { conditions },
        ssr: { resolve: { conditions } },
        test: {
          name: "unit",
          setupFiles: ["./test/property-seed.ts"],
          isolate: false,
          include: ["packages/*/src/**/*.test.ts", "apps/*/src/**/*.test.ts"],
          testTimeout: 30_000,
        },
      },
      {
        resolve: { conditions },
        ssr: { resolve: { conditions } },
        test: {
          name: "integration",
          setupFiles: ["./test/property-seed.ts"],
          isolate: false,
          include: ["packages/*/test/**/*.test.ts", "apps/*/test/**/*.test.ts"],
          globalSetup: ["./packages/testkit/src/global-setup.ts"],
          // For the slowest machine, under load: a test that hangs is found by the bound of the whole run before.
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: { name: "architecture", include: ["test/**/*.test.ts"], testTimeout: 60_000 },
      },
    ],
  },
});
