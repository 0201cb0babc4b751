import { namedColumn, type ColumnSpec } from "./language/column.ts";
import type { ConstraintSpec } from "./language/constraint.ts";
import { frozen } from "./language/freeze.ts";
import type { IndexColumn } from "./language/index-column.ts";
import { conventionalName, type NamedKind, type NamingConvention, type Unnamed } from "./language/naming.ts";
import { isSql, type Sql } from "./language/sql-text.ts";
import type { TableElement } from "./language/table-element.ts";
import type { Operation, SingleOperation } from "./operation.ts";

type Table = Pick<Unnamed, "table" | "schema">;

/** The operation with a name by convention for each of its indexes and constraints that has none. */
export function named(operation: Operation, convention: NamingConvention): Operation {
  if (operation.kind !== "batch") return frozen(namedSingle(operation, convention)) as Operation;
  const operations = operation.operations.map((each) => namedSingle(each, convention));
  return frozen({ ...operation, operations });
}

function namedSingle(op: SingleOperation, convention: NamingConvention): SingleOperation {
  const given = <Op extends { readonly name: string | null }>(to: Op, kind: NamedKind, unnamed: Unnamed): Op =>
    to.name === null ? { ...to, name: conventionalName(convention, kind, unnamed) ?? null } : to;
  switch (op.kind) {
    case "createTable": {
      const table = { table: op.name, schema: op.schema };
      return { ...op, elements: op.elements.map((element) => namedElement(element, table, convention)) };
    }
    case "addColumn":
      return { ...op, column: namedElement(op.column, op, convention) as ColumnSpec };
    case "createIndex":
      return given(op, "ix", { ...op, columns: op.columns.map(columnName) });
    case "createPrimaryKey":
      return op.usingIndex === undefined ? given(op, "pk", op) : op;
    case "createUniqueConstraint":
      return op.usingIndex === undefined ? given(op, "uq", op) : op;
    case "createCheckConstraint":
      return given(op, "ck", { ...op, columns: [] });
    case "createForeignKey": {
      const { source, sourceSchema, localColumns, referent, remoteColumns } = op;
      const table = { table: source, schema: sourceSchema };
      return given(op, "fk", {
        ...table,
        columns: localColumns,
        referredTable: referent,
        referredColumns: remoteColumns,
      });
    }
    default:
      return op;
  }
}

function columnName(column: string | Sql | IndexColumn): string | undefined {
  if (typeof column === "string") return column;
  return isSql(column) ? undefined : columnName(column.column);
}

function namedElement(element: TableElement, table: Table, convention: NamingConvention): TableElement {
  if (element.element === "column") {
    return namedColumn(element, (kind, referred) =>
      conventionalName(convention, kind, { ...table, columns: [element.name], ...referred }),
    );
  }
  const [kind, unnamed] = constraintOf(element, table);
  if (element.name !== undefined || kind === undefined) return element;
  const name = conventionalName(convention, kind, unnamed);
  return name === undefined ? element : { ...element, name };
}

function constraintOf(spec: ConstraintSpec, table: Table): [kind: NamedKind | undefined, unnamed: Unnamed] {
  switch (spec.element) {
    case "primaryKey":
      return ["pk", { ...table, columns: spec.columns }];
    case "unique":
      return ["uq", { ...table, columns: spec.columns }];
    case "check":
      return ["ck", { ...table, columns: [] }];
    case "foreignKey": {
      const { columns, referencedTable: referredTable, referencedColumns: referredColumns } = spec;
      return ["fk", { ...table, columns, referredTable, referredColumns }];
    }
    case "exclude":
      return [undefined, { ...table, columns: [] }];
  }
}
