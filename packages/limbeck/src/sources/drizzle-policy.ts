import type { PgPolicy, PgTable } from "drizzle-orm/pg-core";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { execute } from "../operations/execute.ts";
import { identifier, qualified } from "../operations/language/identifiers.ts";
import { clauses } from "../operations/language/statement.ts";
import type { Operation } from "../operations/operation.ts";
import type { DrizzleLibrary } from "./drizzle-library.ts";

/** Row level security for tables that ask for it or have policies, then the policies, linked ones with them. */
export function policyOperations(
  tables: readonly PgTable[],
  linked: readonly PgPolicy[],
  library: DrizzleLibrary,
): Operation[] {
  const operations: Operation[] = [];
  const enabled = new Set<string>();
  const enable = (table: string): void => {
    if (!enabled.has(table)) operations.push(execute(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`));
    enabled.add(table);
  };
  for (const table of tables) {
    const { policies, enableRLS } = library.pg.getTableConfig(table);
    if (enableRLS || policies.length > 0) enable(tableName(table, library));
    for (const policy of policies) operations.push(createPolicy(policy, tableName(table, library), library));
  }
  for (const policy of linked) {
    const { _linkedTable: table } = policy as PgPolicy & { readonly _linkedTable?: PgTable };
    if (table === undefined) throw unlinked(policy);
    enable(tableName(table, library));
    operations.push(createPolicy(policy, tableName(table, library), library));
  }
  return operations;
}

/** The roles that policies name. */
export function rolesOfPolicies(
  tables: readonly PgTable[],
  linked: readonly PgPolicy[],
  library: DrizzleLibrary,
): string[] {
  const policies = [...tables.flatMap((table) => library.pg.getTableConfig(table).policies), ...linked];
  return policies.flatMap((policy) => rolesOf(policy, library)).filter((role) => !ROLE_WORDS.has(role));
}

/** Words that stand for a role and are not the name of one. */
const ROLE_WORDS = new Set(["public", "current_role", "current_user", "session_user"]);

function createPolicy(policy: PgPolicy, table: string, library: DrizzleLibrary): Operation {
  const { name, as, for: command, using, withCheck } = policy;
  const roles = rolesOf(policy, library).map((role) => (ROLE_WORDS.has(role) ? role : identifier(role)));
  return execute(
    clauses(
      `CREATE POLICY ${identifier(name)} ON ${table}`,
      as && `AS ${as.toUpperCase()}`,
      command && `FOR ${command.toUpperCase()}`,
      roles.length > 0 && `TO ${roles.join(", ")}`,
      using && `USING (${library.render(using)})`,
      withCheck && `WITH CHECK (${library.render(withCheck)})`,
    ),
  );
}

function rolesOf({ to }: PgPolicy, { orm, pg }: DrizzleLibrary): string[] {
  const all: readonly unknown[] = Array.isArray(to) ? to : to === undefined ? [] : [to];
  return all.map((role) => (orm.is(role, pg.PgRole) ? role.name : String(role)));
}

function tableName(table: PgTable, { pg }: DrizzleLibrary): string {
  const { schema, name } = pg.getTableConfig(table);
  return qualified(schema, name);
}

function unlinked({ name }: PgPolicy): LimbeckError {
  return new LimbeckError("SCHEMA_SOURCE_INVALID", {
    message: `The Drizzle module exports the policy "${name}", which belongs to no table.`,
    hint: "Put it into its table's third argument, or link it: pgPolicy(…).link(table).",
  });
}
