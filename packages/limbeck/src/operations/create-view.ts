import { define, recreatedBy, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifiers, qualified } from "./language/identifiers.ts";
import { invalid } from "./language/invalid.ts";
import { querySql } from "./language/query.ts";
import type { Sql } from "./language/sql-text.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";
import { viewOptions, type CheckOption, type ViewSecurity } from "./language/view.ts";

export interface CreateViewOptions extends ViewSecurity {
  readonly schema?: string;

  readonly orReplace?: boolean;
  /** Gone at the end of the session. */
  readonly temporary?: boolean;
  /** The query may read the view itself; `columns` name its columns. */
  readonly recursive?: boolean;
  /** The names of its columns; those of the query by default. */
  readonly columns?: readonly string[];
  /** What a row that is written through the view has to fulfil. */
  readonly checkOption?: CheckOption;
}

export interface CreateView extends CreateViewOptions {
  readonly kind: "createView";
  readonly name: string;
  readonly query: string | Sql;
}

/**
 * Creates a view. With `orReplace` it takes the place of one that has the same columns, and perhaps fewer.
 *
 * @example
 * op.createView("capital", "SELECT id, name FROM city WHERE capital");
 * // CREATE VIEW capital AS SELECT id, name FROM city WHERE capital;
 */
export function createView(name: string, query: string | Sql, options: CreateViewOptions = {}): CreateView {
  if (options.recursive && options.columns === undefined) {
    throw invalid(
      `op.createView("${name}") is recursive, and the names of its columns are missing.`,
      'Pass them as columns: ["id", …].',
    );
  }
  return frozen({ kind: "createView", name, query, ...options });
}

function statements(op: CreateView): Statement[] {
  const view = qualified(op.schema, op.name);
  const options = viewOptions(op);
  const text = clauses(
    "CREATE",
    op.orReplace && "OR REPLACE",
    op.temporary && "TEMPORARY",
    op.recursive && "RECURSIVE",
    "VIEW",
    op.columns === undefined ? view : `${view} (${identifiers(op.columns)})`,
    options.length > 0 && `WITH (${options.join(", ")})`,
    "AS",
    querySql(op.query),
    op.checkOption && `WITH ${op.checkOption.toUpperCase()} CHECK OPTION`,
  );
  return [op.orReplace ? statement(text, lock("ACCESS EXCLUSIVE", view)) : statement(text)];
}

function reverse({ name, schema, orReplace, temporary }: CreateView, before?: SchemaBefore): Reversal {
  // A temporary view is gone by itself when the session is.
  if (temporary) return reversedBy();
  const drop = frozen({ kind: "dropView", name, schema });
  if (!orReplace) return reversedBy(drop);
  const replaced = recreatedBy(
    before,
    { kind: "view", schema, name },
    "Which view, if any, was replaced is not in the call that replaces it.",
  );
  return "notReversible" in replaced ? replaced : reversedBy(drop, ...replaced.operations);
}

export const createViewDefinition = define({
  build: createView,
  statements,
  reverse,
  args: ({ name, query, ...options }) => [name, query, options],
  fields: {
    name: true,
    query: true,
    schema: true,
    orReplace: true,
    temporary: true,
    recursive: true,
    columns: true,
    checkOption: true,
    securityBarrier: true,
    securityInvoker: true,
  },
  docs: {
    summary: "Creates a view. With `orReplace` it takes the place of one that has the same columns, and perhaps fewer.",
    examples: [
      {
        call: `op.createView("capital", "SELECT id, name FROM city WHERE capital");`,
        sql: "CREATE VIEW capital AS SELECT id, name FROM city WHERE capital;",
      },
      {
        call:
          `op.createView("own_city", "SELECT * FROM city WHERE mayor = current_user", {\n` +
          `  schema: "atlas",\n` +
          "  orReplace: true,\n" +
          "  securityBarrier: true,\n" +
          "  securityInvoker: true,\n" +
          `  checkOption: "local",\n` +
          "});",
        sql:
          "CREATE OR REPLACE VIEW atlas.own_city WITH (security_barrier = true, security_invoker = true) AS SELECT * " +
          "FROM city WHERE mayor = current_user WITH LOCAL CHECK OPTION;",
      },
      {
        call:
          `op.createView("countdown", "VALUES (10) UNION ALL SELECT n - 1 FROM countdown WHERE n > 0", {\n` +
          "  temporary: true,\n" +
          "  recursive: true,\n" +
          `  columns: ["n"],\n` +
          "});",
        sql:
          "CREATE TEMPORARY RECURSIVE VIEW countdown (n) AS VALUES (10) UNION ALL SELECT n - 1 FROM countdown WHERE n " +
          "> 0;",
      },
    ],
    manual: ["sql-createview"],
  },
});
