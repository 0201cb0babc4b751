import type { Action, ConstraintDefinition } from "./action.ts";
import { exclusiveTable } from "./exclusive.ts";
import { sameName, type ObjectName } from "./names.ts";
import { notNullColumns } from "./expressions.ts";

/** A constraint that the statements before added. */
export interface AddedConstraint {
  readonly table: ObjectName;
  readonly definition: ConstraintDefinition;
  /** Columns that it keeps from being NULL. */
  readonly notNull: readonly string[];
  readonly validated: boolean;
  /** The number of the transaction that added it. */
  readonly transaction: number;
}

interface AddedColumn {
  readonly table: ObjectName;
  readonly column: string;
}

interface AddedValue {
  readonly value: string;
  readonly transaction: number;
}

/** What the statements so far have done. Names without a schema are taken for the search path's first. */
export interface State {
  /** Counts up with each transaction; statements outside one have each its own. */
  readonly transaction: number;
  /** Whether a transaction block is open. */
  readonly inBlock: boolean;
  /** Relations that the run itself made: nobody uses them yet. */
  readonly made: readonly ObjectName[];
  readonly madeIndexes: readonly { readonly name: ObjectName; readonly table: ObjectName }[];
  readonly madeTypes: readonly { readonly name: ObjectName; readonly constrained: boolean }[];
  readonly madeSchemas: readonly string[];
  /** The new names of relations that were there. */
  readonly renamed: readonly ObjectName[];
  /** Whether the search path is still the one that the catalogs were read with. */
  readonly hasOwnSearchPath: boolean;
  readonly columns: readonly AddedColumn[];
  readonly constraints: readonly AddedConstraint[];
  readonly setNotNull: readonly AddedColumn[];
  readonly enumValues: readonly AddedValue[];
  readonly timeouts: readonly ("lock_timeout" | "statement_timeout")[];
  /** Relations on which this transaction holds ACCESS EXCLUSIVE. */
  readonly exclusive: readonly ObjectName[];
}

export const INITIAL_STATE: State = {
  transaction: 0,
  inBlock: false,
  made: [],
  madeIndexes: [],
  madeTypes: [],
  madeSchemas: [],
  renamed: [],
  hasOwnSearchPath: true,
  columns: [],
  constraints: [],
  setNotNull: [],
  enumValues: [],
  timeouts: [],
  exclusive: [],
};

export function isMade(state: State, name: ObjectName): boolean {
  return state.made.some((made) => sameName(made, name));
}

/** The state after an action. */
export function after(state: State, action: Action): State {
  const table = exclusiveTable(action);
  const next = changed(state, action);
  return table === undefined ? next : locked(next, table);
}

function changed(state: State, action: Action): State {
  switch (action.kind) {
    case "create table":
      return action.ifNotExists ? state : createdTable(state, action.table, action.constraints);
    case "create materialized view":
    case "create view":
      return { ...state, made: [...state.made, action.name] };
    case "create schema":
      return action.ifNotExists ? state : { ...state, madeSchemas: [...state.madeSchemas, action.name.name] };
    case "create domain":
    case "create enum": {
      const { name, constrained } = action;
      return { ...state, madeTypes: [...state.madeTypes, { name, constrained }] };
    }
    case "create index": {
      if (action.name === undefined) return state;
      const name = { schema: action.table.schema, name: action.name };
      return { ...state, madeIndexes: [...state.madeIndexes, { name, table: action.table }] };
    }
    case "add column": {
      const { table, column } = action;
      const next = { ...state, columns: [...state.columns, { table, column: column.name }] };
      return addConstraints(next, table, column.constraints);
    }
    case "add constraint":
      return addConstraints(state, action.table, [action.constraint]);
    case "validate constraint":
      return validated(state, action.table, action.name);
    case "set not null": {
      const { table, column } = action;
      return { ...state, setNotNull: [...state.setNotNull, { table, column }] };
    }
    case "add enum value":
      return {
        ...state,
        enumValues: [...state.enumValues, { value: action.value, transaction: state.transaction }],
      };
    case "set search path":
      return { ...state, hasOwnSearchPath: false };
    case "set timeout":
      return { ...state, timeouts: [...state.timeouts, action.name] };
    case "rename":
    case "set schema":
      return renamed(state, action.object, action.kind === "rename" ? action.to : undefined, action);
    case "begin":
      return { ...state, inBlock: true };
    case "commit":
    case "rollback":
      return { ...nextTransaction(state), inBlock: false };
    default:
      return state;
  }
}

/** Ends the transaction of the statements before. */
export function nextTransaction(state: State): State {
  return { ...state, transaction: state.transaction + 1, exclusive: [] };
}

function createdTable(state: State, table: ObjectName, constraints: readonly ConstraintDefinition[]): State {
  return addConstraints({ ...state, made: [...state.made, table] }, table, constraints);
}

function addConstraints(state: State, table: ObjectName, definitions: readonly ConstraintDefinition[]): State {
  const added = definitions.map((definition) => ({
    table,
    definition,
    notNull: definition.type === "not null" ? definition.columns : notNullColumns(definition.expression),
    validated: !definition.notValid,
    transaction: state.transaction,
  }));
  return { ...state, constraints: [...state.constraints, ...added] };
}

function validated(state: State, table: ObjectName, name: string): State {
  return {
    ...state,
    constraints: state.constraints.map((each) =>
      sameName(each.table, table) && each.definition.name === name ? { ...each, validated: true } : each,
    ),
  };
}

function locked(state: State, table: ObjectName): State {
  if (isMade(state, table) || state.exclusive.some((held) => sameName(held, table))) return state;
  return { ...state, exclusive: [...state.exclusive, table] };
}

function renamed(state: State, from: ObjectName, name: string | undefined, action: Action): State {
  if (action.kind !== "rename" && action.kind !== "set schema") return state;
  if (action.column !== undefined) return state;
  const to = name === undefined ? { schema: action.to, name: from.name } : { ...from, name };
  return isMade(state, from) ? { ...state, made: [...state.made, to] } : { ...state, renamed: [...state.renamed, to] };
}
