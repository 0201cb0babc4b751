import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Limbeck } from "limbeck";
import { expect, test } from "testkit";
import { describe } from "vitest";

const home = join(import.meta.dirname, "..");

describe("Watcher's schema", () => {
  test(
    "asks for no revision as it stands, and for one when it changes",
    { timeout: 240_000 },
    async ({ databaseUrl, folder }) => {
      for (const part of ["src/schema", "migrations", "limbeck.config.ts", "package.json"]) {
        mkdirSync(join(folder, part, ".."), { recursive: true });
        cpSync(join(home, part), join(folder, part), { recursive: true });
      }
      symlinkSync(join(home, "../../node_modules"), join(folder, "node_modules"));
      const limbeck = await Limbeck.open({ config: join(folder, "limbeck.config.ts"), url: databaseUrl });
      try {
        await limbeck.upgrade();
        expect(await limbeck.autogenerate({ message: "nothing" })).toMatchObject({ revision: null, operations: [] });
        const executions = join(folder, "src/schema/executions.ts");
        const source = readFileSync(executions, "utf8");
        writeFileSync(
          executions,
          source.replace(
            "    updates: integer",
            `    retries: integer("retries").notNull().default(0),\n    updates: integer`,
          ),
        );
        const { path, proven } = await limbeck.autogenerate({ message: "count retries", revisionId: "20260101000000" });
        expect(proven).toBe(true);
        expect(readFileSync(path!, "utf8")).toMatchInlineSnapshot(`
          "import { column, type Operations } from "limbeck";

          export const revision = "20260101000000";
          export const downRevision = "20261122154722";
          export const branchLabels = null;
          export const dependsOn = null;

          /** count retries */
          export async function upgrade(op: Operations) {
            op.addColumn("pipeline_execution", column("retries", "integer", { nullable: false, default: 0 }));
          }

          export async function downgrade(op: Operations) {
            op.dropColumn("pipeline_execution", "retries");
          }
          "
        `);
        await limbeck.upgrade();
        expect(await limbeck.check()).toMatchObject({ ok: true });
      } finally {
        await limbeck.close();
      }
    },
  );
});
