import { define, droppedByName, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";

export interface DropMaterializedViewOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
  /** Drops the views that read from it, too. */
  readonly cascade?: boolean;
}

export interface DropMaterializedView extends DropMaterializedViewOptions {
  readonly kind: "dropMaterializedView";
  readonly name: string;
}

/**
 * Drops a materialized view, with its indexes and the rows in it.
 *
 * @example
 * op.dropMaterializedView("census");
 * // DROP MATERIALIZED VIEW census;
 */
export function dropMaterializedView(name: string, options: DropMaterializedViewOptions = {}): DropMaterializedView {
  return frozen({ kind: "dropMaterializedView", name, ...options });
}

function statements({ name, schema, ifExists, cascade }: DropMaterializedView): Statement[] {
  const view = qualified(schema, name);
  const text = clauses("DROP MATERIALIZED VIEW", ifExists && "IF EXISTS", view, cascade && "CASCADE");
  return [statement(text, lock("ACCESS EXCLUSIVE", view))];
}

export const dropMaterializedViewDefinition = define({
  build: dropMaterializedView,
  statements,
  reverse: ({ name, schema, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "materialized view", schema, name },
      "The query of a dropped materialized view is not in the call that drops it.",
      cascade,
    ),
  ...droppedByName,
  docs: {
    summary: "Drops a materialized view, with its indexes and the rows in it.",
    examples: [
      { call: `op.dropMaterializedView("census");`, sql: "DROP MATERIALIZED VIEW census;" },
      {
        call: `op.dropMaterializedView("census", { schema: "atlas", ifExists: true, cascade: true });`,
        sql: "DROP MATERIALIZED VIEW IF EXISTS atlas.census CASCADE;",
      },
    ],
    manual: ["sql-dropmaterializedview"],
  },
});
