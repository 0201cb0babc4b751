import type { Operation } from "../../operations/operation.ts";
import type { EnumTypes } from "../enums.ts";
import type { Call } from "../python/values.ts";

/** What a directive of Alembic's does, as operations. Throws NotUnderstood. */
export type Directive = (call: Call, enums: EnumTypes) => readonly Operation[];

/** The name that SQLAlchemy gives to an index without one, whatever the naming convention of the project leaves out. */
export function indexName(table: string, column: string): string {
  return `ix_${table}_${column}`;
}
