import { define, madeBy, notReversible, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { nothingToChange } from "./language/invalid.ts";
import { quote } from "./language/literals.ts";
import { clauses, statement, type Statement } from "./language/statement.ts";

export interface AlterExtensionOptions {
  /** The version to update to; true for the server's default one. */
  readonly version?: string | true;
  /** The schema that the extension's objects move to. */
  readonly schema?: string;
  /** What the extension is like before: with its schema, a move can be reversed. */
  readonly existing?: { readonly schema?: string };
}

export interface AlterExtension extends AlterExtensionOptions {
  readonly kind: "alterExtension";
  readonly name: string;
}

/**
 * Updates an extension to a newer version, or moves its objects to another schema.
 *
 * @example
 * op.alterExtension("hstore", { version: "1.8" });
 * // ALTER EXTENSION hstore UPDATE TO '1.8';
 */
export function alterExtension(name: string, changes: AlterExtensionOptions): AlterExtension {
  const op: AlterExtension = frozen({ kind: "alterExtension", name, ...changes });
  if (op.version !== undefined || op.schema !== undefined) return op;
  throw nothingToChange(`alterExtension("${name}")`, "version, schema or both");
}

function statements({ name, version, schema }: AlterExtension): Statement[] {
  const alter = `ALTER EXTENSION ${identifier(name)}`;
  const texts: string[] = [];
  if (version !== undefined) texts.push(clauses(alter, "UPDATE", version !== true && `TO ${quote(version)}`));
  if (schema !== undefined) texts.push(`${alter} SET SCHEMA ${identifier(schema)}`);
  return texts.map((text) => statement(text));
}

function reverse({ name, version, schema, existing }: AlterExtension, before?: SchemaBefore): Reversal {
  if (version !== undefined) return notReversible("An extension's scripts lead to newer versions, and not back.");
  const home = existing?.schema ?? madeBy(before, { kind: "extension", name }, "createExtension")?.schema;
  if (home === undefined) {
    return notReversible("What the extension's schema is before, `existing: { schema: … }` would have to say.");
  }
  return reversedBy(alterExtension(name, frozen({ schema: home, existing: frozen({ schema }) })));
}

export const alterExtensionDefinition = define({
  build: alterExtension,
  statements,
  reverse,
  args: ({ name, ...changes }) => [name, changes],
  fields: { name: true, version: true, schema: true, existing: true },
  docs: {
    summary: "Updates an extension to a newer version, or moves its objects to another schema.",
    examples: [
      {
        call: `op.alterExtension("hstore", { version: "1.8" });`,
        sql: "ALTER EXTENSION hstore UPDATE TO '1.8';",
      },
      {
        call: `op.alterExtension("pg_trgm", { schema: "atlas", existing: { schema: "public" } });`,
        sql: "ALTER EXTENSION pg_trgm SET SCHEMA atlas;",
      },
      {
        call: `op.alterExtension("hstore", { version: true, schema: "atlas" });`,
        sql: "ALTER EXTENSION hstore UPDATE;\nALTER EXTENSION hstore SET SCHEMA atlas;",
      },
    ],
    manual: ["sql-alterextension"],
  },
});
