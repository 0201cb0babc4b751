import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { SQL } from "drizzle-orm";
import type * as DrizzleOrm from "drizzle-orm";
import type * as DrizzlePg from "drizzle-orm/pg-core";
import type { PgTable } from "drizzle-orm/pg-core";
import { LimbeckError } from "../errors/limbeck-error.ts";

/**
 * The user's own drizzle-orm. Its `is` and its getters know an object by `Symbol.for`, so they also understand objects
 * of another copy, which a module loader may have made.
 */
export interface DrizzleLibrary {
  readonly orm: typeof DrizzleOrm;
  readonly pg: typeof DrizzlePg;
  /** An expression as SQL, with its values as literals. `columnsOnly`: without the table in front of columns. */
  readonly render: (expression: SQL, options?: { readonly columnsOnly?: boolean }) => string;
}

/** Imports the drizzle-orm that a schema file itself would import. Throws SCHEMA_SOURCE_INVALID. */
export async function importDrizzle(file: string): Promise<DrizzleLibrary> {
  const require = createRequire(file);
  const load = async (name: string): Promise<unknown> => {
    const path = require.resolve(name);
    // Beside it is the module that the schema file has loaded already.
    const loaded = path.replace(/\.cjs$/, ".js");
    return await import(pathToFileURL(existsSync(loaded) ? loaded : path).href);
  };
  try {
    const [orm, pg] = await Promise.all([load("drizzle-orm"), load("drizzle-orm/pg-core")]);
    return drizzleLibrary(orm as DrizzleLibrary["orm"], pg as DrizzleLibrary["pg"]);
  } catch (cause) {
    throw new LimbeckError("SCHEMA_SOURCE_INVALID", {
      message: "The target schema is a Drizzle module, and the package drizzle-orm cannot be loaded from its folder.",
      hint: "Run `npm install drizzle-orm` there.",
      where: { file },
      cause,
    });
  }
}

export function drizzleLibrary(orm: DrizzleLibrary["orm"], pg: DrizzleLibrary["pg"]): DrizzleLibrary {
  const dialect = new pg.PgDialect();
  const configs = new WeakMap<PgTable, ReturnType<typeof pg.getTableConfig>>();
  const getTableConfig = (table: PgTable): ReturnType<typeof pg.getTableConfig> => {
    let config = configs.get(table);
    if (config === undefined) {
      // Asking makes the indexes, which may leave an order in a column for those that are made of it after them. drizzle-kit asks
      // more than once, and writes the later answer.
      pg.getTableConfig(table);
      configs.set(table, (config = pg.getTableConfig(table)));
    }
    return config;
  };
  return {
    orm,
    pg: { ...pg, getTableConfig } as typeof pg,
    render: (expression, { columnsOnly = false } = {}) =>
      dialect.sqlToQuery(orm.sql`${expression}`.inlineParams(), columnsOnly ? "indexes" : undefined).sql,
  };
}
