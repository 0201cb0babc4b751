import { conventionalName } from "../../operations/language/naming.ts";
import type { Operation } from "../../operations/operation.ts";
import type { EnumTypes } from "../enums.ts";
import type { Call } from "../python/values.ts";

/** What a directive of Alembic's does, as operations. Throws NotUnderstood. */
export type Directive = (call: Call, enums: EnumTypes) => readonly Operation[];

/** The name that SQLAlchemy gives to an index without one. */
export function indexName(schema: string | undefined, table: string, column: string): string {
  return conventionalName({ ix: "ix_%(column_0_label)s" }, "ix", { schema, table, columns: [column] })!;
}
