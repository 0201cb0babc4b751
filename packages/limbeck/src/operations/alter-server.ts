import { define, notReversible, reversedBy, type Reversal } from "./language/definition.ts";
import { foreignChangesBack, foreignChangesSql, type ForeignOptionChanges } from "./language/foreign.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { nothingToChange } from "./language/invalid.ts";
import { quote } from "./language/literals.ts";
import { clauses, statement } from "./language/statement.ts";

export interface ServerAttributes {
  readonly version?: string;
  /** Null takes an option away. One that is new, `existing` has to say is null. */
  readonly options?: ForeignOptionChanges;
}

export interface AlterServerOptions extends ServerAttributes {
  /** What the server is like before, of that which changes: with it the operation can be reversed. */
  readonly existing?: ServerAttributes;
}

export interface AlterServer extends AlterServerOptions {
  readonly kind: "alterServer";
  readonly name: string;
}

/**
 * Changes the options of a foreign server, and its version.
 *
 * @example
 * op.alterServer("branch", { options: { host: "db3" }, existing: { options: { host: "db2" } } });
 * // ALTER SERVER branch OPTIONS (SET host 'db3');
 */
export function alterServer(name: string, changes: AlterServerOptions): AlterServer {
  const op: AlterServer = frozen({ kind: "alterServer", name, ...changes });
  if (changesSql(op) !== "") return op;
  throw nothingToChange(`alterServer("${name}")`, "version, options or both");
}

function changesSql({ version, options, existing }: AlterServer): string {
  return clauses(version !== undefined && `VERSION ${quote(version)}`, foreignChangesSql(options, existing?.options));
}

function reverse({ name, version, options, existing }: AlterServer): Reversal {
  if (version !== undefined && existing?.version === undefined) {
    return notReversible("What the server's version is before, `existing: { version: … }` would have to say.");
  }
  const change = foreignChangesBack(options ?? {}, existing?.options, "server");
  if ("notReversible" in change) return change;
  const before = frozen({ version: existing?.version, options: options && change.back });
  return reversedBy(alterServer(name, { ...before, existing: frozen({ version, options }) }));
}

export const alterServerDefinition = define({
  build: alterServer,
  statements: (op) => [statement(`ALTER SERVER ${identifier(op.name)} ${changesSql(op)}`)],
  reverse,
  args: ({ name, ...options }) => [name, options],
  fields: { name: true, version: true, options: true, existing: true },
  docs: {
    summary: "Changes the options of a foreign server, and its version.",
    examples: [
      {
        call: `op.alterServer("branch", { options: { host: "db3" }, existing: { options: { host: "db2" } } });`,
        sql: "ALTER SERVER branch OPTIONS (SET host 'db3');",
      },
      {
        call: `op.alterServer("branch", {\n  version: "2.0",\n  options: { host: null, port: 5433 },\n  existing: { version: "1.0", options: { host: "db2", port: null } },\n});`,
        sql: "ALTER SERVER branch VERSION '2.0' OPTIONS (DROP host, ADD port '5433');",
      },
    ],
    manual: ["sql-alterserver"],
  },
});
