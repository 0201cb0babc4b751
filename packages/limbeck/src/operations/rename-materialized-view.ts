import { define, reversedBy, renamedByName } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { lock, statement, type Statement } from "./language/statement.ts";

export interface RenameMaterializedViewOptions {
  readonly schema?: string;
}

export interface RenameMaterializedView extends RenameMaterializedViewOptions {
  readonly kind: "renameMaterializedView";
  readonly name: string;
  readonly newName: string;
}

/**
 * Renames a materialized view.
 *
 * @example
 * op.renameMaterializedView("census", "headcount");
 * // ALTER MATERIALIZED VIEW census RENAME TO headcount;
 */
export function renameMaterializedView(
  name: string,
  newName: string,
  options: RenameMaterializedViewOptions = {},
): RenameMaterializedView {
  return frozen({ kind: "renameMaterializedView", name, newName, ...options });
}

function statements({ name, newName, schema }: RenameMaterializedView): Statement[] {
  const view = qualified(schema, name);
  return [
    statement(`ALTER MATERIALIZED VIEW ${view} RENAME TO ${identifier(newName)}`, lock("ACCESS EXCLUSIVE", view)),
  ];
}

export const renameMaterializedViewDefinition = define({
  build: renameMaterializedView,
  statements,
  reverse: ({ name, newName, schema }) => reversedBy(renameMaterializedView(newName, name, frozen({ schema }))),
  ...renamedByName,
  docs: {
    summary: "Renames a materialized view.",
    examples: [
      {
        call: `op.renameMaterializedView("census", "headcount");`,
        sql: "ALTER MATERIALIZED VIEW census RENAME TO headcount;",
      },
      {
        call: `op.renameMaterializedView("census", "headcount", { schema: "atlas" });`,
        sql: "ALTER MATERIALIZED VIEW atlas.census RENAME TO headcount;",
      },
    ],
    manual: ["sql-altermaterializedview"],
  },
});
