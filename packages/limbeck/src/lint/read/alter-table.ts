import type { Action } from "../action.ts";
import { relationName, typeName, type ObjectName } from "../names.ts";
import { isTree, items, strings, text, unwrap, type Tree } from "../tree.ts";
import { columnDefinition, constraintDefinition, tree } from "./column.ts";

/** Forms that take no more than SHARE UPDATE EXCLUSIVE or SHARE ROW EXCLUSIVE (manual: ALTER TABLE, "Notes"; measured on 13–18). */
const NOT_EXCLUSIVE = new Set([
  "AT_ClusterOn",
  "AT_DropCluster",
  "AT_SetStatistics",
  "AT_SetOptions",
  "AT_ResetOptions",
  "AT_SetRelOptions",
  "AT_ResetRelOptions",
  "AT_EnableTrig",
  "AT_EnableAlwaysTrig",
  "AT_EnableReplicaTrig",
  "AT_DisableTrig",
  "AT_EnableTrigAll",
  "AT_EnableTrigUser",
  "AT_DisableTrigAll",
  "AT_DisableTrigUser",
]);

const REWRITES: Readonly<Record<string, string>> = {
  AT_SetLogged: "SET LOGGED",
  AT_SetUnLogged: "SET UNLOGGED",
  AT_SetTableSpace: "SET TABLESPACE",
  AT_SetAccessMethod: "SET ACCESS METHOD",
};

export function alterTableActions(node: Tree): Action[] {
  const relation = relationName(node["relation"]);
  if (node["objtype"] !== "OBJECT_TABLE" && node["objtype"] !== "OBJECT_MATVIEW") return [];
  return items(node["cmds"]).flatMap((command) => commandActions(relation, unwrap(command, "AlterTableCmd") ?? {}));
}

function commandActions(table: ObjectName, command: Tree): Action[] {
  const subtype = text(command["subtype"]) ?? "";
  const name = text(command["name"]) ?? "";
  const cascade = command["behavior"] === "DROP_CASCADE";
  const ifExists = command["missing_ok"] === true;
  switch (subtype) {
    case "AT_AddColumn":
      return [{ kind: "add column", table, column: columnDefinition(unwrap(command["def"], "ColumnDef") ?? {}) }];
    case "AT_AlterColumnType":
      return [alterType(table, name, unwrap(command["def"], "ColumnDef") ?? {})];
    case "AT_AddConstraint":
      return addConstraint(table, unwrap(command["def"], "Constraint") ?? {});
    case "AT_SetNotNull":
      return [{ kind: "set not null", table, column: name, cascade }];
    case "AT_DropNotNull":
      return [{ kind: "drop not null", table, column: name, cascade }];
    case "AT_SetExpression":
      return [{ kind: "set expression", table, column: name, cascade }];
    case "AT_DropColumn":
      return [{ kind: "drop column", table, column: name, cascade }];
    case "AT_ValidateConstraint":
      return [{ kind: "validate constraint", table, name, cascade, ifExists }];
    case "AT_DropConstraint":
      return [{ kind: "drop constraint", table, name, cascade, ifExists }];
    case "AT_AttachPartition":
    case "AT_DetachPartition":
      return partition(table, subtype, unwrap(command["def"], "PartitionCmd") ?? {});
    default:
      return Object.hasOwn(REWRITES, subtype)
        ? [{ kind: "rewrite table", table, how: REWRITES[subtype]!, to: text(command["name"]) }]
        : [{ kind: "alter table", table, exclusive: !NOT_EXCLUSIVE.has(subtype) }];
  }
}

function alterType(table: ObjectName, column: string, definition: Tree): Action {
  const collation = strings(isTree(definition["collClause"]) ? definition["collClause"]["collname"] : undefined).at(-1);
  const using = tree(definition["raw_default"]);
  return { kind: "alter column type", table, column, type: typeName(definition["typeName"]), using, collation };
}

function addConstraint(table: ObjectName, node: Tree): Action[] {
  const constraint = constraintDefinition(node);
  return constraint === undefined ? [] : [{ kind: "add constraint", table, constraint }];
}

/** ALTER INDEX … ATTACH PARTITION has the same form, with an index for a table, and locks nothing that matters. */
function partition(table: ObjectName, subtype: string, command: Tree): Action[] {
  return [
    {
      kind: subtype === "AT_AttachPartition" ? "attach partition" : "detach partition",
      table,
      partition: relationName(command["name"]),
      concurrently: command["concurrent"] === true,
      bound: tree(command["bound"]),
    },
  ];
}
