import { define, droppedByName, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";

export interface DropViewOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
  /** Drops the views that read from it, too. */
  readonly cascade?: boolean;
}

export interface DropView extends DropViewOptions {
  readonly kind: "dropView";
  readonly name: string;
}

/**
 * Drops a view.
 *
 * @example
 * op.dropView("capital");
 * // DROP VIEW capital;
 */
export function dropView(name: string, options: DropViewOptions = {}): DropView {
  return frozen({ kind: "dropView", name, ...options });
}

function statements({ name, schema, ifExists, cascade }: DropView): Statement[] {
  const view = qualified(schema, name);
  const text = clauses("DROP VIEW", ifExists && "IF EXISTS", view, cascade && "CASCADE");
  return [statement(text, lock("ACCESS EXCLUSIVE", view))];
}

export const dropViewDefinition = define({
  build: dropView,
  statements,
  reverse: ({ name, schema, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "view", schema, name },
      "The query of a dropped view is not in the call that drops it.",
      cascade,
    ),
  ...droppedByName,
  docs: {
    summary: "Drops a view.",
    examples: [
      { call: `op.dropView("capital");`, sql: "DROP VIEW capital;" },
      {
        call: `op.dropView("capital", { schema: "atlas", ifExists: true, cascade: true });`,
        sql: "DROP VIEW IF EXISTS atlas.capital CASCADE;",
      },
    ],
    manual: ["sql-dropview"],
  },
});
