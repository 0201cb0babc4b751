import type { Action, Drop, Rename } from "../action.ts";
import { listedName, relationName, type ObjectName } from "../names.ts";
import { items, text, unwrap, type Tree } from "../tree.ts";

const DROPS: Readonly<Record<string, Drop["objectType"]>> = {
  OBJECT_TABLE: "table",
  OBJECT_FOREIGN_TABLE: "table",
  OBJECT_VIEW: "view",
  OBJECT_MATVIEW: "materialized view",
  OBJECT_TYPE: "type",
  OBJECT_DOMAIN: "domain",
  OBJECT_SCHEMA: "schema",
};

export function dropActions(node: Tree): Action[] {
  const cascade = node["behavior"] === "DROP_CASCADE";
  const ifExists = node["missing_ok"] === true;
  const removed = text(node["removeType"]) ?? "";
  if (removed === "OBJECT_INDEX") {
    const concurrently = node["concurrent"] === true;
    return items(node["objects"]).map((each) => ({
      kind: "drop index",
      object: listedName(each),
      objectType: "index",
      concurrently,
      cascade,
      ifExists,
    }));
  }
  const objects = items(node["objects"]).map(droppedName);
  const what = removed.replace("OBJECT_", "").replace("MATVIEW", "MATERIALIZED VIEW").replaceAll("_", " ");
  return [{ kind: "drop", objectType: DROPS[removed] ?? "other", objects, what, cascade, ifExists }];
}

/** A list of names, a type's name, a routine with its arguments, or a name alone. */
function droppedName(value: unknown): ObjectName {
  const alone = text(unwrap(value, "String")?.["sval"]);
  if (alone !== undefined) return { name: alone };
  const type = unwrap(value, "TypeName");
  if (type !== undefined) return listedName(type["names"]);
  return listedName(unwrap(value, "ObjectWithArgs")?.["objname"] ?? value);
}

const RENAMES: Readonly<Record<string, Rename["objectType"]>> = {
  OBJECT_TABLE: "table",
  OBJECT_FOREIGN_TABLE: "table",
  OBJECT_COLUMN: "column",
  OBJECT_SCHEMA: "schema",
  OBJECT_VIEW: "view",
  OBJECT_MATVIEW: "materialized view",
};

export function renameActions(node: Tree): Action[] {
  const objectType = RENAMES[text(node["renameType"]) ?? ""] ?? "other";
  const to = text(node["newname"]) ?? "";
  const part = text(node["subname"]);
  const ifExists = node["missing_ok"] === true;
  if (objectType === "schema") {
    return [{ kind: "rename", objectType, object: { name: part ?? "" }, column: undefined, to, ifExists }];
  }
  // Types, functions and the like: no rule is about their names.
  if (node["relation"] === undefined) return [];
  return [{ kind: "rename", objectType, object: relationName(node["relation"]), column: part, to, ifExists }];
}

export function setSchemaActions(node: Tree): Action[] {
  const objectType = RENAMES[text(node["objectType"]) ?? ""] ?? "other";
  if (node["relation"] === undefined) return [];
  const to = text(node["newschema"]) ?? "";
  const ifExists = node["missing_ok"] === true;
  return [{ kind: "set schema", objectType, object: relationName(node["relation"]), column: undefined, to, ifExists }];
}

const REINDEXED = {
  REINDEX_OBJECT_INDEX: "index",
  REINDEX_OBJECT_TABLE: "table",
  REINDEX_OBJECT_SCHEMA: "schema",
  REINDEX_OBJECT_DATABASE: "database",
  REINDEX_OBJECT_SYSTEM: "database",
} as const;

export function reindexActions(node: Tree): Action[] {
  const objectType = REINDEXED[text(node["kind"]) as keyof typeof REINDEXED] ?? "index";
  const many = objectType === "schema" || objectType === "database";
  const object = many ? { name: text(node["name"]) ?? "" } : relationName(node["relation"]);
  const concurrently = hasOption(node["params"], "concurrently");
  return [
    { kind: many ? "reindex many" : "reindex", object, objectType, concurrently, cascade: false, ifExists: false },
  ];
}

export function refreshActions(node: Tree): Action[] {
  const object = relationName(node["relation"]);
  const concurrently = node["concurrent"] === true;
  return [
    {
      kind: "refresh materialized view",
      object,
      objectType: "materialized view",
      concurrently,
      cascade: false,
      ifExists: false,
    },
  ];
}

export function vacuumActions(node: Tree): Action[] {
  if (!hasOption(node["options"], "full")) return [];
  return items(node["rels"]).map((each) => ({
    kind: "rewrite table",
    table: relationName(unwrap(each, "VacuumRelation")?.["relation"]),
    how: "VACUUM FULL",
    to: undefined,
  }));
}

export function clusterActions(node: Tree): Action[] {
  if (node["relation"] === undefined) return [];
  return [{ kind: "rewrite table", table: relationName(node["relation"]), how: "CLUSTER", to: undefined }];
}

export function truncateActions(node: Tree): Action[] {
  const cascade = node["behavior"] === "DROP_CASCADE";
  return [{ kind: "truncate", tables: items(node["relations"]).map(relationName), cascade }];
}

export function lockActions(node: Tree): Action[] {
  const mode = typeof node["mode"] === "number" ? node["mode"] : 8;
  return [{ kind: "lock table", tables: items(node["relations"]).map(relationName), mode }];
}

export function dropDatabaseActions(node: Tree): Action[] {
  const objects = [{ name: text(node["dbname"]) ?? "" }];
  return [
    {
      kind: "drop",
      objectType: "database",
      objects,
      what: "DATABASE",
      cascade: false,
      ifExists: node["missing_ok"] === true,
    },
  ];
}

export function setVariableActions(node: Tree): Action[] {
  const name = text(node["name"])?.toLowerCase();
  if (name === "search_path") return [{ kind: "set search path" }];
  return name === "lock_timeout" || name === "statement_timeout" ? [{ kind: "set timeout", name }] : [];
}

export function transactionActions(node: Tree): Action[] {
  const kind = text(node["kind"]);
  if (kind === "TRANS_STMT_BEGIN" || kind === "TRANS_STMT_START") return [{ kind: "begin" }];
  if (kind === "TRANS_STMT_COMMIT") return [{ kind: "commit" }];
  return kind === "TRANS_STMT_ROLLBACK" ? [{ kind: "rollback" }] : [];
}

function hasOption(options: unknown, name: string): boolean {
  return items(options).some((each) => {
    const option = unwrap(each, "DefElem");
    return option?.["defname"] === name && text(unwrap(option["arg"], "String")?.["sval"]) !== "false";
  });
}
