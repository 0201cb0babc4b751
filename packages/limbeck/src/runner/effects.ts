import { parseStatement } from "../grammar/statements.ts";
import type { Tree } from "../grammar/tree.ts";
import { quote } from "../operations/language/literals.ts";
import { DOUBT } from "./doubt.ts";
import { relationName, toRegclass, type Effect, type RangeName } from "./effect.ts";
import { indexEffect, reindexEffect } from "./index-effect.ts";

/** The effect of a statement that runs outside a transaction; undefined where to run it twice does no harm. */
export async function effectOf(text: string): Promise<Effect | undefined> {
  const { node, tree } = await parseStatement(text).catch(() => ({ node: "Unknown", tree: {} }));
  if (REPEATABLE.has(node)) return undefined;
  const known = EFFECTS[node];
  return known === undefined ? DOUBT : known(tree);
}

/** What comes to the same however often it is run. */
const REPEATABLE = new Set(
  "AlterDatabaseStmt AlterSystemStmt CheckPointStmt ClusterStmt DiscardStmt RefreshMatViewStmt VacuumStmt VariableSetStmt".split(
    " ",
  ),
);

const EFFECTS: Readonly<Record<string, (tree: Tree) => Effect | undefined>> = {
  IndexStmt: indexEffect,
  ReindexStmt: reindexEffect,
  DropStmt: (tree) => (tree["concurrent"] === true ? changed(droppedState(tree)) : DOUBT),
  AlterTableStmt: (tree) => (onlyValidates(tree) ? undefined : (detachEffect(tree) ?? DOUBT)),
  AlterDomainStmt: ({ subtype }) => (subtype === "V" ? undefined : DOUBT),
  AlterEnumStmt: (tree) => changed(enumState(tree)),
  AlterSubscriptionStmt: ({ subname }) => changed(subscriptionState(String(subname))),
  CreateSubscriptionStmt: ({ subname }) => changed(idOf("pg_subscription", "subname", subname)),
  DropSubscriptionStmt: ({ subname }) => changed(idOf("pg_subscription", "subname", subname)),
  CreatedbStmt: ({ dbname }) => changed(idOf("pg_database", "datname", dbname)),
  DropdbStmt: ({ dbname }) => changed(idOf("pg_database", "datname", dbname)),
  CreateTableSpaceStmt: ({ tablespacename }) => changed(idOf("pg_tablespace", "spcname", tablespacename)),
  DropTableSpaceStmt: ({ tablespacename }) => changed(idOf("pg_tablespace", "spcname", tablespacename)),
};

/** What is done as a whole or not at all. */
function changed(state: string): Effect {
  return { state, settle: async (_, before, now) => JSON.stringify(before) !== JSON.stringify(now) };
}

function idOf(catalog: string, column: string, name: unknown): string {
  return `(SELECT to_jsonb(oid::bigint) FROM ${catalog} WHERE ${column} = ${quote(String(name))})`;
}

interface StringItem {
  readonly String: { readonly sval: string };
}

function words(items: unknown): string[] {
  return (items as readonly StringItem[]).map(({ String: { sval } }) => sval);
}

/** Which relations the names are. */
function droppedState({ objects }: Tree): string {
  const names = (objects as readonly { readonly List: { readonly items: unknown } }[]).map(({ List: { items } }) =>
    toRegclass(words(items)),
  );
  return `jsonb_build_array(${names.map((name) => `${name}::oid::bigint`).join(", ")})`;
}

function enumState({ typeName, newVal }: Tree): string {
  const type = `to_regtype(${quote(relationName(words(typeName)))})`;
  return `to_jsonb(EXISTS (SELECT FROM pg_enum WHERE enumtypid = ${type} AND enumlabel = ${quote(String(newVal))}))`;
}

function subscriptionState(name: string): string {
  return `(SELECT to_jsonb(subpublications) FROM pg_subscription WHERE subname = ${quote(name)} AND subdbid = (SELECT oid FROM pg_database WHERE datname = current_database()))`;
}

function onlyValidates({ cmds }: Tree): boolean {
  const commands = cmds as readonly { readonly AlterTableCmd: { readonly subtype: string } }[];
  return commands.every(({ AlterTableCmd }) => AlterTableCmd.subtype === "AT_ValidateConstraint");
}

interface PartitionCommand {
  readonly name: RangeName;
  readonly concurrent?: boolean;
}

/** DETACH PARTITION … CONCURRENTLY that was broken off is ended with FINALIZE, and no other way (manual: "ALTER TABLE"). */
function detachEffect({ relation, cmds }: Tree): Effect | undefined {
  const [command] = cmds as readonly { AlterTableCmd: { def?: { PartitionCmd?: PartitionCommand } } }[];
  const detached = command?.AlterTableCmd.def?.PartitionCmd;
  if (detached?.concurrent !== true) return undefined;
  const [parent, child] = [relation as RangeName, detached.name].map((name) => [name.schemaname, name.relname]);
  const is = `inhparent = ${toRegclass(parent!)} AND inhrelid = ${toRegclass(child!)}`;
  return {
    state: `(SELECT jsonb_build_object('pending', inhdetachpending) FROM pg_inherits WHERE ${is})`,
    settle: async (session, before, now) => {
      if (now === null) return before !== null;
      if (isPending(before) || !isPending(now)) return false;
      await session.script([`ALTER TABLE ${relationName(parent!)} DETACH PARTITION ${relationName(child!)} FINALIZE`]);
      return true;
    },
  };
}

function isPending(state: unknown): boolean {
  return (state as { readonly pending?: boolean } | null)?.pending === true;
}
