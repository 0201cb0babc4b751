import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";

export interface RefreshMaterializedViewOptions {
  readonly schema?: string;

  /** Lets readers go on meanwhile. Takes a unique index on the view, without a condition. */
  readonly concurrently?: boolean;
  /** False empties it, and leaves it unreadable. */
  readonly withData?: boolean;
}

export interface RefreshMaterializedView extends RefreshMaterializedViewOptions {
  readonly kind: "refreshMaterializedView";
  readonly name: string;
}

/**
 * Runs the query of a materialized view again, and stores its rows in place of the old ones.
 *
 * @example
 * op.refreshMaterializedView("census");
 * // REFRESH MATERIALIZED VIEW census;
 */
export function refreshMaterializedView(
  name: string,
  options: RefreshMaterializedViewOptions = {},
): RefreshMaterializedView {
  return frozen({ kind: "refreshMaterializedView", name, ...options });
}

function statements(op: RefreshMaterializedView): Statement[] {
  const view = qualified(op.schema, op.name);
  const text = clauses(
    "REFRESH MATERIALIZED VIEW",
    op.concurrently && "CONCURRENTLY",
    view,
    op.withData !== undefined && (op.withData ? "WITH DATA" : "WITH NO DATA"),
  );
  return [statement(text, lock(op.concurrently ? "EXCLUSIVE" : "ACCESS EXCLUSIVE", view))];
}

export const refreshMaterializedViewDefinition = define({
  build: refreshMaterializedView,
  statements,
  // Newer rows are no obstacle to anything that went before.
  reverse: ({ name, schema, withData }) =>
    withData === false ? reversedBy(refreshMaterializedView(name, frozen({ schema }))) : reversedBy(),
  args: ({ name, ...options }) => [name, options],
  fields: { name: true, schema: true, concurrently: true, withData: true },
  docs: {
    summary: "Runs the query of a materialized view again, and stores its rows in place of the old ones.",
    examples: [
      { call: `op.refreshMaterializedView("census");`, sql: "REFRESH MATERIALIZED VIEW census;" },
      {
        call: `op.refreshMaterializedView("census", { schema: "atlas", concurrently: true });`,
        sql: "REFRESH MATERIALIZED VIEW CONCURRENTLY atlas.census;",
      },
      {
        call: `op.refreshMaterializedView("census", { withData: false });`,
        sql: "REFRESH MATERIALIZED VIEW census WITH NO DATA;",
      },
    ],
    manual: ["sql-refreshmaterializedview"],
  },
});
