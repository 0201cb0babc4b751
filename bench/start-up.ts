import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeProject } from "./make-project.ts";
import { measure, report } from "./paired.ts";

/** How long limbeck takes to start, beside a Node that does nothing: `npm run bench:start-up`. */
const bin = fileURLToPath(new URL("../packages/limbeck/bin/limbeck.cjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "limbeck-bench-"));
try {
  makeProject(folder, 1000);
  const timings = measure(
    [
      { name: "node -e 0", command: "node", args: ["-e", "0"] },
      { name: "limbeck --version", command: "node", args: [bin, "--version"] },
      { name: "limbeck heads, 1,000 revisions", command: "node", args: [bin, "heads"], cwd: folder },
    ],
    25,
  );
  process.exitCode = report(timings, { "limbeck --version": 1.4, "limbeck heads, 1,000 revisions": 2 }) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
