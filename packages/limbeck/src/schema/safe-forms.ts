import type { CreatePrimaryKey } from "../operations/create-primary-key.ts";
import type { CreateUniqueConstraint } from "../operations/create-unique-constraint.ts";
import { alterColumn, type AlterColumn } from "../operations/alter-column.ts";
import { createCheckConstraint, type CreateCheckConstraint } from "../operations/create-check-constraint.ts";
import type { CreateForeignKey } from "../operations/create-foreign-key.ts";
import { createIndex } from "../operations/create-index.ts";
import { dropConstraint } from "../operations/drop-constraint.ts";
import { frozen } from "../operations/language/freeze.ts";
import { identifier, shortened } from "../operations/language/identifiers.ts";
import type { Operation } from "../operations/operation.ts";
import { validateConstraint } from "../operations/validate-constraint.ts";

/** Whether a table, or the table of an index, is so large that nobody may wait while it is read. */
export type IsLarge = (relation: string, schema: string | undefined) => boolean;

/** Whether a table has a constraint of that name, before or after. */
export type IsTaken = (name: string, table: string, schema: string | undefined) => boolean;

/**
 * The same changes in the forms that let an application go on while a large table is read: indexes are built
 * concurrently, constraints are added without a look at the rows and validated afterwards, a column becomes NOT NULL
 * by a check that holds already, and a key takes an index that is there (PostgreSQL manual, ALTER TABLE and CREATE INDEX).
 */
export function safeForms(operations: readonly Operation[], isLarge: IsLarge, isTaken: IsTaken): Operation[] {
  return operations.flatMap((operation) => safeForm(operation, isLarge, isTaken));
}

function safeForm(op: Operation, isLarge: IsLarge, isTaken: IsTaken): Operation[] {
  switch (op.kind) {
    case "createIndex":
      return op.name !== null && !op.only && isLarge(op.table, op.schema)
        ? [frozen({ ...op, concurrently: true })]
        : [op];
    case "dropIndex":
      return isLarge(op.name, op.schema) ? [frozen({ ...op, concurrently: true })] : [op];
    case "createForeignKey":
      return isLarge(op.source, op.sourceSchema) ? validatedLater(op, op.source, op.sourceSchema) : [op];
    case "createCheckConstraint":
      return isLarge(op.table, op.schema) ? validatedLater(op, op.table, op.schema) : [op];
    case "createUniqueConstraint":
    case "createPrimaryKey":
      return isLarge(op.table, op.schema) ? onItsIndex(op) : [op];
    case "alterColumn":
      return isLarge(op.table, op.schema) ? checkedFirst(op, isTaken) : [op];
    default:
      return [op];
  }
}

function validatedLater(
  op: CreateForeignKey | CreateCheckConstraint,
  table: string,
  schema: string | undefined,
): Operation[] {
  if (op.name === null || op.notValid) return [op];
  return [frozen({ ...op, notValid: true }), validateConstraint(op.name, table, frozen({ schema }))];
}

function onItsIndex(op: CreateUniqueConstraint | CreatePrimaryKey): Operation[] {
  const { name, table, columns, schema, usingIndex, include, ...rest } = op;
  if (name === null || usingIndex !== undefined) return [op];
  const { nullsNotDistinct, ...key } = rest as Omit<CreateUniqueConstraint, "name" | "table" | "columns">;
  return [
    createIndex(name, table, columns, frozen({ schema, unique: true, concurrently: true, include, nullsNotDistinct })),
    frozen({ ...key, name, table, columns: [], schema, usingIndex: name }),
  ];
}

/** PostgreSQL 12 and newer does not read the rows again when a valid check says that none is null. */
function checkedFirst(op: AlterColumn, isTaken: IsTaken): Operation[] {
  const { table, column, schema, nullable, ...rest } = op;
  // Another type reads or rewrites the table anyway.
  if (nullable !== false || op.type !== undefined || op.rename !== undefined) return [op];
  const name = freeName(`${table}_${column}_present`, (taken) => isTaken(taken, table, schema));
  const at = frozen({ schema });
  return [
    createCheckConstraint(name, table, `${identifier(column)} IS NOT NULL`, frozen({ schema, notValid: true })),
    validateConstraint(name, table, at),
    alterColumn(table, column, frozen({ ...withoutKind(rest), schema, nullable })),
    dropConstraint(name, table, at),
  ];
}

function freeName(wanted: string, isUsed: (name: string) => boolean): string {
  for (let count = 0; ; count++) {
    const end = count === 0 ? "" : String(count);
    let kept = wanted;
    while (shortened(kept + end) !== kept + end) kept = kept.slice(0, -1);
    if (!isUsed(kept + end)) return kept + end;
  }
}

function withoutKind({ kind: _, ...changes }: Omit<AlterColumn, "table" | "column" | "schema" | "nullable">) {
  return changes;
}
