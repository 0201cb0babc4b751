import { identifier } from "../operations/language/identifiers.ts";
import { nameOf, type Fact } from "../schema/fact.ts";
import { printingSettings } from "./read-schema.ts";
import type { Session } from "./session.ts";

/** How a text is loaded to be printed again. */
export interface Print {
  /** What is made of the text. */
  readonly made: string;
  /** The SQL expression that prints it. */
  readonly printed: string;
}

/** A query, or an expression as the column of one. */
export function printOfQuery(query: string): Print {
  return {
    made: `create temp view limbeck_printed as ${query}`,
    printed: "pg_get_viewdef('pg_temp.limbeck_printed'::regclass)",
  };
}

/** A condition of a domain's values. */
export function printOfDomainCheck(type: string, condition: string): Print {
  return {
    made: `create domain pg_temp.limbeck_printed as ${type} check (${condition})`,
    printed:
      "(select pg_get_constraintdef(oid) from pg_constraint where contypid = 'pg_temp.limbeck_printed'::regtype)",
  };
}

/** A rule, under a name that no other rule of its table has. */
export function printOfRule(definition: string): Print {
  return {
    made: definition.replace(/^CREATE RULE (?:"(?:[^"]|"")*"|\S+) AS/, "CREATE RULE limbeck_printed AS"),
    printed: "(select pg_get_ruledef(oid) from pg_rewrite where rulename = 'limbeck_printed')",
  };
}

/** The body of a routine, which may name its arguments, and itself before them. */
export function printOfBody({ kind, identity, attributes }: Fact, body: string): Print {
  const args = (attributes["arguments"] as readonly Readonly<Record<"mode" | "name" | "type", string | null>>[])
    .filter(({ mode }) => mode !== "table")
    .map(({ mode, name, type }) => `${mode} ${name === null ? "" : identifier(name)} ${type}`);
  const returns = kind === "function" ? `returns ${attributes["returns"] as string}` : "";
  return {
    made: `create ${kind} pg_temp.${identifier(identity.name)}(${args.join(", ")}) ${returns} language sql ${body}`,
    printed:
      "(select pg_get_function_sqlbody(oid) from pg_proc where pronamespace = pg_my_temp_schema() and prosqlbody is not null)",
  };
}

/** The key by which a table is partitioned. */
export function printOfPartitionKey({ identity }: Fact, key: string): Print {
  return {
    made: `create temp table ${identifier(identity.name)} (like ${nameOf(identity)}) partition by ${key}`,
    printed: "(select pg_get_partkeydef(oid) from pg_class where relnamespace = pg_my_temp_schema() and relkind = 'p')",
  };
}

/** An exclusion constraint of a table. */
export function printOfExclusion({ identity }: Fact, definition: string): Print {
  return {
    made: `create temp table ${identifier(identity.name)} (like ${nameOf(identity)}, ${definition})`,
    printed:
      "(select pg_get_constraintdef(oid) from pg_constraint where connamespace = pg_my_temp_schema() and contype = 'x')",
  };
}

/** The text that each gives after it was loaded; null for what cannot be loaded. The database is left as it was. */
export async function printAgain(scratch: Session, prints: readonly Print[]): Promise<(string | null)[]> {
  await scratch.query("begin");
  try {
    await scratch.query(printingSettings());
    await scratch.query("set local check_function_bodies = on");
    await scratch.query(PRINT_AGAIN);
    const rows = await scratch.query<{ text: string | null }>(
      `select pg_temp.limbeck_print(x.print ->> 'made', x.print ->> 'printed') as text
         from json_array_elements($1::json) with ordinality x(print, n) order by x.n`,
      [JSON.stringify(prints)],
    );
    return rows.map(({ text }) => text);
  } finally {
    await scratch.query("rollback");
  }
}

/** What is made is undone with the block that made it, by an error after the printing. */
const PRINT_AGAIN = `
  create function pg_temp.limbeck_print(made text, print text) returns text language plpgsql as $$
  declare
    printed text;
  begin
    execute made;
    execute 'select ' || print into printed;
    raise exception 'printed';
  exception when others then
    return printed;
  end $$`;
