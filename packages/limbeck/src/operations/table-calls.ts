import { single } from "./families/all.ts";
import { facesOf } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { invalid } from "./language/invalid.ts";
import { callSource } from "./language/source.ts";
import type { Operation, SingleOperation } from "./operation.ts";

/** Where a call names its table: at this place among its arguments, or in its options; and in which fields. */
interface Place {
  readonly at: number | "options";
  readonly table: string;
  readonly schema: string;
}

const FIRST = { at: 0, table: "table", schema: "schema" } as const satisfies Place;
const SECOND = { at: 1, table: "table", schema: "schema" } as const satisfies Place;

/** The calls of `op.batch`: what is done to a table, but for what makes, drops, moves or renames the table itself. */
export const TABLE_CALLS = {
  addColumn: FIRST,
  alterColumn: FIRST,
  renameColumn: FIRST,
  dropColumn: FIRST,
  addIdentity: FIRST,
  alterIdentity: FIRST,
  dropIdentity: FIRST,
  setExpression: FIRST,
  dropExpression: FIRST,
  createPrimaryKey: SECOND,
  createUniqueConstraint: SECOND,
  createForeignKey: { at: 1, table: "source", schema: "sourceSchema" },
  createCheckConstraint: SECOND,
  createExcludeConstraint: SECOND,
  alterConstraint: SECOND,
  validateConstraint: SECOND,
  renameConstraint: FIRST,
  dropConstraint: SECOND,
  createIndex: SECOND,
  dropIndex: { at: "options", table: "table", schema: "schema" },
  createStatistics: SECOND,
  analyze: FIRST,
  createTableComment: FIRST,
  dropTableComment: FIRST,
  setTableStorage: FIRST,
  setTableLogged: FIRST,
  setAccessMethod: FIRST,
  setTableType: FIRST,
  setReplicaIdentity: FIRST,
  clusterOn: FIRST,
  inheritTable: FIRST,
  noInheritTable: FIRST,
  attachPartition: FIRST,
  detachPartition: FIRST,
  createTrigger: SECOND,
  setTriggerState: SECOND,
  renameTrigger: SECOND,
  dropTrigger: SECOND,
  createRule: SECOND,
  setRuleState: SECOND,
  renameRule: SECOND,
  dropRule: SECOND,
  setRowSecurity: FIRST,
  createPolicy: SECOND,
  alterPolicy: SECOND,
  renamePolicy: SECOND,
  dropPolicy: SECOND,
} as const satisfies { readonly [Kind in SingleOperation["kind"]]?: Place };

export type TableCall = keyof typeof TABLE_CALLS;

export interface TableName {
  readonly table: string;
  readonly schema?: string | undefined;
}

/** The calls of `op.batch` on a table, each of which passes its operation on. */
export function tableCalls(name: TableName, record: (operation: SingleOperation) => void): object {
  const kinds = Object.keys(TABLE_CALLS) as TableCall[];
  const calls = kinds.map((kind) => [kind, (...args: readonly unknown[]) => record(operationOn(name, kind, args))]);
  return Object.freeze(Object.fromEntries(calls));
}

function operationOn({ table, schema }: TableName, kind: TableCall, given: readonly unknown[]): SingleOperation {
  const place: Place = TABLE_CALLS[kind];
  const build = single[kind].build as (...args: readonly unknown[]) => SingleOperation;
  const operation = build(...(place.at === "options" ? given : given.toSpliced(place.at, 0, table)));
  if (place.schema in operation || (place.at === "options" && place.table in operation)) {
    throw invalid(`t.${kind} was given a table or a schema, and is about those of its batch.`, "Leave it out.");
  }
  return frozen({ ...operation, [place.table]: table, [place.schema]: schema }) as SingleOperation;
}

/** Whether an operation is one that a batch on a table can have. */
export function isOn({ table, schema }: TableName, operation: Operation): operation is SingleOperation {
  const place = placeOf(operation);
  if (place === undefined) return false;
  const fields = operation as unknown as Readonly<Record<string, unknown>>;
  return fields[place.table] === table && fields[place.schema] === schema;
}

/** The call that makes an operation in a batch, as TypeScript. */
export function tableCallSource(operation: SingleOperation): string {
  const { kind, ...fields } = operation;
  const { at, table, schema } = placeOf(operation)!;
  const args = facesOf<SingleOperation>(single, operation).args(fields);
  const [options, ...others] = args.toReversed();
  const hidden: ReadonlySet<string> = new Set(at === "options" ? [table, schema] : [schema]);
  const shown = Object.fromEntries(Object.entries(options as object).filter(([name]) => !hidden.has(name)));
  const given = [...others.toReversed(), shown];
  return callSource(`t.${kind}`, ...(at === "options" ? given : given.toSpliced(at, 1)));
}

function placeOf({ kind }: Operation): Place | undefined {
  return Object.hasOwn(TABLE_CALLS, kind) ? TABLE_CALLS[kind as TableCall] : undefined;
}
