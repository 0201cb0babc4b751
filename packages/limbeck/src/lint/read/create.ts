import type { Action } from "../action.ts";
import { listedName, relationName, type ObjectName } from "../names.ts";
import { isTree, items, text, unwrap, unwrapAll, type Tree } from "../tree.ts";
import { columnDefinition, constraintDefinition, tree } from "./column.ts";

export function createTableActions(node: Tree): Action[] {
  const elements = items(node["tableElts"]);
  const parents = items(node["inhRelations"]);
  return [
    {
      kind: "create table",
      table: relationName(node["relation"]),
      columns: unwrapAll(elements, "ColumnDef").map(columnDefinition),
      constraints: unwrapAll(elements, "Constraint").flatMap((each) => constraintDefinition(each) ?? []),
      partitionOf: node["partbound"] === undefined ? undefined : relationName(parents[0]),
      ifNotExists: node["if_not_exists"] === true,
      asQuery: false,
    },
  ];
}

export function createTableAsActions(node: Tree): Action[] {
  const into = isTree(node["into"]) ? node["into"] : {};
  const name = relationName(into["rel"]);
  if (node["objtype"] === "OBJECT_MATVIEW") {
    return [{ kind: "create materialized view", name, constrained: false }];
  }
  return [tableOfQuery(name, node["if_not_exists"] === true)];
}

/** SELECT … INTO. */
export function selectActions(node: Tree): Action[] {
  const into = unwrap(node, "intoClause") ?? {};
  return into["rel"] === undefined ? [] : [tableOfQuery(relationName(into["rel"]), false)];
}

function tableOfQuery(table: ObjectName, ifNotExists: boolean): Action {
  const nothing = { columns: [], constraints: [], partitionOf: undefined };
  return { kind: "create table", table, ...nothing, ifNotExists, asQuery: true };
}

export function createIndexActions(node: Tree): Action[] {
  const relation = isTree(node["relation"]) ? node["relation"] : {};
  return [
    {
      kind: "create index",
      table: relationName(relation),
      name: text(node["idxname"]),
      columns: items(node["indexParams"]).map((each) => text(unwrap(each, "IndexElem")?.["name"])),
      unique: node["unique"] === true,
      concurrently: node["concurrent"] === true,
      // `inh` is false, and so left out, for ONLY.
      only: relation["inh"] !== true,
      ifNotExists: node["if_not_exists"] === true,
    },
  ];
}

export function createDomainActions(node: Tree): Action[] {
  const constraints = unwrapAll(node["constraints"], "Constraint").map((each) => each["contype"]);
  const constrained = constraints.includes("CONSTR_CHECK") || constraints.includes("CONSTR_NOTNULL");
  return [{ kind: "create domain", name: listedName(node["domainname"]), constrained }];
}

export function createEnumActions(node: Tree): Action[] {
  return [{ kind: "create enum", name: listedName(node["typeName"]), constrained: false }];
}

export function createSchemaActions(node: Tree): Action[] {
  const ifNotExists = node["if_not_exists"] === true;
  return [{ kind: "create schema", name: { name: text(node["schemaname"]) ?? "" }, constrained: false, ifNotExists }];
}

export function createViewActions(node: Tree): Action[] {
  return [{ kind: "create view", name: relationName(node["view"]), constrained: false }];
}

const DOMAIN_SUBTYPES = { C: "add", V: "validate", O: "set not null" } as const;

export function alterDomainActions(node: Tree): Action[] {
  const subtype = text(node["subtype"]);
  if (subtype !== "C" && subtype !== "V" && subtype !== "O") return [];
  const constraint = unwrap(node["def"], "Constraint");
  const definition = constraint === undefined ? undefined : constraintDefinition(constraint);
  return [
    {
      kind: "domain constraint",
      how: DOMAIN_SUBTYPES[subtype],
      domain: listedName(node["typeName"]),
      name: definition?.name ?? text(node["name"]),
      notValid: definition?.notValid ?? false,
    },
  ];
}

export function alterEnumActions(node: Tree): Action[] {
  const type = listedName(node["typeName"]);
  const value = text(node["newVal"]) ?? "";
  const placed = node["newValNeighbor"] !== undefined;
  return [{ kind: node["oldVal"] === undefined ? "add enum value" : "rename enum value", type, value, placed }];
}

export function changeRowsActions(kind: "update" | "delete" | "insert", node: Tree): Action[] {
  const columns = items(node["targetList"]).flatMap((each) => text(unwrap(each, "ResTarget")?.["name"]) ?? []);
  return [{ kind, table: relationName(node["relation"]), where: tree(node["whereClause"]), columns }];
}
