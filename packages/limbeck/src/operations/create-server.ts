import { define, reversedBy } from "./language/definition.ts";
import { foreignOptionsSql, type ForeignOptions } from "./language/foreign.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { quote } from "./language/literals.ts";
import { clauses, statement, type Statement } from "./language/statement.ts";

export interface CreateServerOptions {
  readonly ifNotExists?: boolean;
  readonly type?: string;
  readonly version?: string;
  readonly options?: ForeignOptions;
}

export interface CreateServer extends CreateServerOptions {
  readonly kind: "createServer";
  readonly name: string;
  readonly wrapper: string;
}

/**
 * Creates a foreign server, which a foreign data wrapper reads from.
 *
 * @example
 * op.createServer("branch", "postgres_fdw", { options: { host: "db2", dbname: "branch" } });
 * // CREATE SERVER branch FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'db2', dbname 'branch');
 */
export function createServer(name: string, wrapper: string, options: CreateServerOptions = {}): CreateServer {
  return frozen({ kind: "createServer", name, wrapper, ...options });
}

function statements(op: CreateServer): Statement[] {
  const text = clauses(
    "CREATE SERVER",
    op.ifNotExists && "IF NOT EXISTS",
    identifier(op.name),
    op.type !== undefined && `TYPE ${quote(op.type)}`,
    op.version !== undefined && `VERSION ${quote(op.version)}`,
    `FOREIGN DATA WRAPPER ${identifier(op.wrapper)}`,
    foreignOptionsSql(op.options),
  );
  return [statement(text)];
}

export const createServerDefinition = define({
  build: createServer,
  statements,
  reverse: ({ name }) => reversedBy(frozen({ kind: "dropServer", name })),
  args: ({ name, wrapper, ...options }) => [name, wrapper, options],
  fields: { name: true, wrapper: true, ifNotExists: true, type: true, version: true, options: true },
  docs: {
    summary: "Creates a foreign server, which a foreign data wrapper reads from.",
    examples: [
      {
        call: `op.createServer("branch", "postgres_fdw", { options: { host: "db2", dbname: "branch" } });`,
        sql: "CREATE SERVER branch FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'db2', dbname 'branch');",
      },
      {
        call: `op.createServer("branch", "nowhere", { ifNotExists: true, type: "archive", version: "1.0" });`,
        sql: "CREATE SERVER IF NOT EXISTS branch TYPE 'archive' VERSION '1.0' FOREIGN DATA WRAPPER nowhere;",
      },
    ],
    manual: ["sql-createserver"],
  },
});
