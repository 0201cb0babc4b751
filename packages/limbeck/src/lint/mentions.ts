import type { Action } from "./action.ts";
import { displayName, listedName, type ObjectName } from "./names.ts";
import { nodes, type Tree } from "./tree.ts";

/** The names whose facts a lint asks for. */
export interface Mentions {
  /** Tables, views and indexes. */
  readonly relations: readonly ObjectName[];
  readonly functions: readonly ObjectName[];
}

/** The names in statements that a catalog should be read for. */
export function mentionsOf(actions: readonly Action[], trees: readonly Tree[]): Mentions {
  const functions = [...nodes(trees)].flatMap(([kind, node]) =>
    kind === "FuncCall" ? [listedName(node["funcname"])] : [],
  );
  return { relations: unique(actions.flatMap(relationsOf)), functions: unique(functions) };
}

/** The relations that an action names. */
export function relationsOf(action: Action): ObjectName[] {
  const names: (ObjectName | undefined)[] = [];
  if ("table" in action) names.push(action.table);
  if ("tables" in action) names.push(...action.tables);
  if ("object" in action) names.push(action.object);
  if ("objects" in action) names.push(...action.objects);
  if ("partition" in action) names.push(action.partition);
  if (action.kind === "create index" && action.name !== undefined) {
    names.push({ schema: action.table.schema, name: action.name });
  }
  if (action.kind === "create table") names.push(action.partitionOf);
  if (action.kind === "add constraint" && action.constraint.usingIndex !== undefined) {
    names.push({ schema: action.table.schema, name: action.constraint.usingIndex });
  }
  return names.filter((name) => name !== undefined).filter(({ name }) => name !== "");
}

function unique(names: readonly ObjectName[]): ObjectName[] {
  return [...new Map(names.map((name) => [displayName(name), name])).values()];
}
