import { identifier, identifiers, qualified } from "./identifiers.ts";
import { rolesSql } from "./roles.ts";
import { signatureSql, type RoutineArguments } from "./routine.ts";
import { clauses } from "./statement.ts";

export type Privilege =
  | "alter system"
  | "connect"
  | "create"
  | "delete"
  | "execute"
  | "insert"
  | "maintain"
  | "references"
  | "select"
  | "set"
  | "temporary"
  | "trigger"
  | "truncate"
  | "update"
  | "usage";

export type Privileges = "all" | readonly Privilege[];

type Names = string | readonly string[];

/** What privileges are on. */
export type PrivilegeTarget =
  | {
      readonly kind: "table";
      readonly name: Names;
      readonly schema?: string;
      /** The privileges are on these columns alone. */
      readonly columns?: readonly string[];
    }
  | { readonly kind: "sequence" | "type" | "domain"; readonly name: Names; readonly schema?: string }
  | {
      readonly kind: "function" | "procedure" | "routine";
      readonly name: string;
      readonly schema?: string;
      /** Those that tell it from others of its name. */
      readonly arguments?: RoutineArguments;
    }
  | {
      readonly kind:
        | "database"
        | "foreign data wrapper"
        | "foreign server"
        | "language"
        | "parameter"
        | "schema"
        | "tablespace";
      readonly name: Names;
    }
  | {
      readonly kind: "all tables" | "all sequences" | "all functions" | "all procedures" | "all routines";
      readonly schema: Names;
    };

/** The kinds of objects that have default privileges. */
export type DefaultPrivilegeTarget = "tables" | "sequences" | "functions" | "routines" | "types" | "schemas";

/** Privileges on something, as they stand in GRANT and REVOKE. */
export function privilegesOnSql(privileges: Privileges, on: PrivilegeTarget): string {
  const columns = on.kind === "table" ? on.columns : undefined;
  return `${privilegesSql(privileges, columns)} ON ${targetSql(on)}`;
}

export function privilegesSql(privileges: Privileges, columns?: readonly string[]): string {
  const list = privileges === "all" ? ["all"] : privileges;
  const suffix = columns === undefined ? "" : ` (${identifiers(columns)})`;
  return list.map((privilege) => privilege.toUpperCase() + suffix).join(", ");
}

function targetSql(on: PrivilegeTarget): string {
  const words = on.kind.toUpperCase();
  switch (on.kind) {
    case "table":
    case "sequence":
    case "type":
    case "domain":
      return `${words} ${listed(on.name, (name) => qualified(on.schema, name))}`;
    case "function":
    case "procedure":
    case "routine":
      return `${words} ${on.arguments === undefined ? qualified(on.schema, on.name) : signatureSql(on.schema, on.name, on.arguments)}`;
    case "parameter":
      return `${words} ${listed(on.name, (name) => name.split(".").map(identifier).join("."))}`;
    case "database":
    case "foreign data wrapper":
    case "foreign server":
    case "language":
    case "schema":
    case "tablespace":
      return `${words} ${listed(on.name, identifier)}`;
    case "all tables":
    case "all sequences":
    case "all functions":
    case "all procedures":
    case "all routines":
      return `${words} IN SCHEMA ${listed(on.schema, identifier)}`;
  }
}

function listed(names: Names, write: (name: string) => string): string {
  return (typeof names === "string" ? [names] : names).map(write).join(", ");
}

interface DefaultsScope {
  readonly forRole?: readonly string[];
  readonly inSchema?: readonly string[];
}

/** Whose future objects are meant, and where. */
export function defaultPrivilegesSql({ forRole = [], inSchema = [] }: DefaultsScope): string {
  return clauses(
    "ALTER DEFAULT PRIVILEGES",
    forRole.length > 0 && `FOR ROLE ${rolesSql(forRole)}`,
    inSchema.length > 0 && `IN SCHEMA ${identifiers(inSchema)}`,
  );
}
