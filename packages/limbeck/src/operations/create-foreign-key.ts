import { alterTable } from "./language/alter-table.ts";
import { constraintReversal } from "./language/added-constraint.ts";
import type { ForeignKeyOptions } from "./language/column.ts";
import { constraintAction, checkForeignKeyColumns } from "./language/constraint.ts";
import { define } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { lock, type Statement } from "./language/statement.ts";

export interface CreateForeignKeyOptions extends ForeignKeyOptions {
  readonly sourceSchema?: string;
  readonly referentSchema?: string;
  /** Leaves the rows that are there unchecked until `op.validateConstraint`. */
  readonly notValid?: boolean;
}

export interface CreateForeignKey extends CreateForeignKeyOptions {
  readonly kind: "createForeignKey";
  readonly name: string | null;
  readonly source: string;
  readonly referent: string;
  readonly localColumns: readonly string[];
  readonly remoteColumns: readonly string[];
}

/**
 * Adds a foreign key from one table, the source, to another, the referent. PostgreSQL chooses the name when it is null.
 *
 * @example
 * op.createForeignKey("fk_city_country", "city", "country", ["country_id"], ["id"]);
 * // ALTER TABLE city ADD CONSTRAINT fk_city_country FOREIGN KEY (country_id) REFERENCES country (id);
 */
export function createForeignKey(
  name: string | null,
  source: string,
  referent: string,
  localColumns: readonly string[],
  remoteColumns: readonly string[],
  options: CreateForeignKeyOptions = {},
): CreateForeignKey {
  checkForeignKeyColumns("op.createForeignKey", localColumns, remoteColumns);
  return frozen({ kind: "createForeignKey", name, source, referent, localColumns, remoteColumns, ...options });
}

function statements(op: CreateForeignKey): Statement[] {
  const source = qualified(op.sourceSchema, op.source);
  const referent = qualified(op.referentSchema, op.referent);
  const added = constraintAction(op.name, {
    element: "foreignKey",
    columns: op.localColumns,
    referencedTable: op.referent,
    referencedColumns: op.remoteColumns,
    ...(op.referentSchema !== undefined && { referencedSchema: op.referentSchema }),
    ...op,
  });
  const others = referent === source ? [] : [lock("SHARE ROW EXCLUSIVE", referent)];
  return [alterTable(source, added, "SHARE ROW EXCLUSIVE", ...others)];
}

export const createForeignKeyDefinition = define({
  build: createForeignKey,
  statements,
  reverse: ({ name, source, sourceSchema }) => constraintReversal({ name, table: source, schema: sourceSchema }),
  args: ({ name, source, referent, localColumns, remoteColumns, ...options }) => [
    name,
    source,
    referent,
    localColumns,
    remoteColumns,
    options,
  ],
  fields: {
    name: true,
    source: true,
    referent: true,
    localColumns: true,
    remoteColumns: true,
    sourceSchema: true,
    referentSchema: true,
    onDelete: true,
    onDeleteColumns: true,
    onUpdate: true,
    match: true,
    deferrable: true,
    initially: true,
    notValid: true,
  },
  docs: {
    summary:
      "Adds a foreign key from one table, the source, to another, the referent. PostgreSQL chooses the name when it is null.",
    examples: [
      {
        call: `op.createForeignKey("fk_city_country", "city", "country", ["country_id"], ["id"]);`,
        sql: "ALTER TABLE city ADD CONSTRAINT fk_city_country FOREIGN KEY (country_id) REFERENCES country (id);",
      },
      {
        call:
          `op.createForeignKey("fk_city_country", "city", "country", ["country_id"], ["id"], {\n` +
          `  sourceSchema: "atlas",\n` +
          `  referentSchema: "world",\n` +
          `  match: "full",\n` +
          `  onDelete: "cascade",\n` +
          `  onUpdate: "no action",\n` +
          `  deferrable: true,\n` +
          `  initially: "deferred",\n` +
          `  notValid: true,\n` +
          `});`,
        sql:
          "ALTER TABLE atlas.city ADD CONSTRAINT fk_city_country FOREIGN KEY (country_id) REFERENCES world.country (id) " +
          "MATCH FULL ON DELETE CASCADE ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED NOT VALID;",
      },
      {
        call:
          `op.createForeignKey("fk_city_mayor", "city", "person", ["country", "mayor"], ["country", "id"], {\n` +
          `  onDelete: "set null",\n` +
          `  onDeleteColumns: ["mayor"],\n` +
          `});`,
        sql:
          "ALTER TABLE city ADD CONSTRAINT fk_city_mayor FOREIGN KEY (country, mayor) REFERENCES person (country, id) " +
          "ON DELETE SET NULL (mayor);",
      },
    ],
    manual: ["sql-altertable"],
  },
});
