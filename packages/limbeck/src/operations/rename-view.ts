import { define, reversedBy, renamedByName } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { lock, statement, type Statement } from "./language/statement.ts";

export interface RenameViewOptions {
  readonly schema?: string;
}

export interface RenameView extends RenameViewOptions {
  readonly kind: "renameView";
  readonly name: string;
  readonly newName: string;
}

/**
 * Renames a view.
 *
 * @example
 * op.renameView("capital", "main_city");
 * // ALTER VIEW capital RENAME TO main_city;
 */
export function renameView(name: string, newName: string, options: RenameViewOptions = {}): RenameView {
  return frozen({ kind: "renameView", name, newName, ...options });
}

function statements({ name, newName, schema }: RenameView): Statement[] {
  const view = qualified(schema, name);
  return [statement(`ALTER VIEW ${view} RENAME TO ${identifier(newName)}`, lock("ACCESS EXCLUSIVE", view))];
}

export const renameViewDefinition = define({
  build: renameView,
  statements,
  reverse: ({ name, newName, schema }) => reversedBy(renameView(newName, name, frozen({ schema }))),
  ...renamedByName,
  docs: {
    summary: "Renames a view.",
    examples: [
      { call: `op.renameView("capital", "main_city");`, sql: "ALTER VIEW capital RENAME TO main_city;" },
      {
        call: `op.renameView("capital", "main_city", { schema: "atlas" });`,
        sql: "ALTER VIEW atlas.capital RENAME TO main_city;",
      },
    ],
    manual: ["sql-alterview"],
  },
});
