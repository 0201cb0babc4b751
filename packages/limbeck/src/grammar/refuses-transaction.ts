import type { Tree } from "./tree.ts";

/** Kinds that PreventInTransactionBlock() refuses whatever they say (PostgreSQL 18, commands/ and tcop/utility.c). */
const NEVER_IN_TRANSACTION = new Set([
  "AlterSystemStmt",
  "CreatedbStmt",
  "CreateTableSpaceStmt",
  "DropTableSpaceStmt",
  "DropdbStmt",
]);

/** Whether PostgreSQL refuses a statement inside a transaction block, or could not use there what it does. */
export function refusesTransaction(node: string, tree: Tree): boolean {
  if (NEVER_IN_TRANSACTION.has(node)) return true;
  switch (node) {
    case "VacuumStmt":
      return tree["is_vacuumcmd"] === true;
    case "IndexStmt":
    case "DropStmt":
      return tree["concurrent"] === true;
    case "ReindexStmt":
      return REINDEX_MANY.has(String(tree["kind"])) || hasOption(tree["params"], "concurrently");
    case "ClusterStmt":
      return tree["relation"] === undefined;
    case "AlterDatabaseStmt":
      return hasOption(tree["options"], "tablespace");
    case "DiscardStmt":
      return tree["target"] === "DISCARD_ALL";
    case "AlterTableStmt":
      return detachesConcurrently(tree);
    case "AlterEnumStmt":
      return tree["newVal"] !== undefined && tree["oldVal"] === undefined;
    case "AlterSubscriptionStmt":
      return asksPublisher(tree);
    case "DoStmt":
      return endsTransaction(tree);
    case "CreateSubscriptionStmt":
    case "DropSubscriptionStmt":
      return true;
    default:
      return false;
  }
}

const REINDEX_MANY = new Set(["REINDEX_OBJECT_SCHEMA", "REINDEX_OBJECT_SYSTEM", "REINDEX_OBJECT_DATABASE"]);

function hasOption(options: unknown, name: string): boolean {
  return (
    Array.isArray(options) &&
    options.some((option: { DefElem?: { defname?: string } }) => option.DefElem?.defname === name)
  );
}

/** What a subscription cannot take back, because the publisher has to know of it. */
function asksPublisher(tree: Tree): boolean {
  return (
    /REFRESH|PUBLICATION/.test(String(tree["kind"])) ||
    ["failover", "two_phase"].some((name) => hasOption(tree["options"], name))
  );
}

function detachesConcurrently(tree: Tree): boolean {
  const commands = (tree["cmds"] ?? []) as { AlterTableCmd?: { def?: { PartitionCmd?: { concurrent?: boolean } } } }[];
  return commands.some((command) => command.AlterTableCmd?.def?.PartitionCmd?.concurrent === true);
}

/** A block of PL/pgSQL that commits or rolls back. */
function endsTransaction(tree: Tree): boolean {
  const args = (tree["args"] ?? []) as { DefElem?: { defname?: string; arg?: { String?: { sval?: string } } } }[];
  const body = args.find(({ DefElem: element }) => element?.defname === "as")?.DefElem?.arg?.String?.sval ?? "";
  return /\b(?:commit|rollback)\s*(?:;|and\b)/i.test(body.replace(TEXTS_AND_COMMENTS, " "));
}

const TEXTS_AND_COMMENTS = /--.*|\/\*[^]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[^]*?\1/g;
