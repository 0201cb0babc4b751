import type { SQL } from "drizzle-orm";
import type { PgMaterializedView, PgView } from "drizzle-orm/pg-core";
import { execute } from "../operations/execute.ts";
import { identifier, qualified } from "../operations/language/identifiers.ts";
import { clauses } from "../operations/language/statement.ts";
import type { Operation } from "../operations/operation.ts";
import type { DrizzleLibrary } from "./drizzle-library.ts";

interface ViewSource {
  readonly name: string;
  readonly schema: string | undefined;
  readonly query: string;
  readonly create: (query: string) => string;
}

/** Creates views, each after those that it reads from. A view that Drizzle is told exists already is not created. */
export function viewOperations(
  views: readonly PgView[],
  materializedViews: readonly PgMaterializedView[],
  library: DrizzleLibrary,
): Operation[] {
  const sources = [
    ...views.map((view) => viewSource(view, library)),
    ...materializedViews.map((view) => materializedViewSource(view, library)),
  ].filter((source) => source !== undefined);
  return inOrder(sources).map(({ create, query }) => execute(create(query)));
}

type Options = Readonly<Record<string, unknown>> | undefined;

function viewSource(view: PgView, { pg, render }: DrizzleLibrary): ViewSource | undefined {
  const config = pg.getViewConfig(view) as ReturnType<typeof pg.getViewConfig> & { readonly with?: Options };
  const { name, schema, with: options } = config;
  const query = config.query;
  if (query === undefined) return undefined;
  const create = (text: string): string =>
    clauses("CREATE VIEW", qualified(schema, name), withSql(options), `AS ${text}`);
  return { name, schema, query: render(query), create };
}

function materializedViewSource(view: PgMaterializedView, { pg, render }: DrizzleLibrary): ViewSource | undefined {
  const config = pg.getMaterializedViewConfig(view);
  const { name, schema, using, tablespace, withNoData } = config;
  const query = config.query;
  if (query === undefined) return undefined;
  const create = (text: string): string =>
    clauses(
      "CREATE MATERIALIZED VIEW",
      qualified(schema, name),
      using && `USING ${identifier(using)}`,
      withSql(config.with),
      tablespace && `TABLESPACE ${identifier(tablespace)}`,
      `AS ${text}`,
      withNoData && "WITH NO DATA",
    );
  return { name, schema, query: render(query), create };
}

/** Drizzle writes PostgreSQL's option names in camel case. */
function withSql(options: Options): string {
  const given = Object.entries(options ?? {}).filter(([, value]) => value !== undefined);
  if (given.length === 0) return "";
  const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return `WITH (${given.map(([name, value]) => `${snake(name)} = ${String(value)}`).join(", ")})`;
}

/**
 * Drizzle does not tell what a view reads from, but whatever a query reads from it names. A name that means something
 * else orders two views that need no order; where such names go in a circle, the order of the exports stands.
 */
function inOrder(views: readonly ViewSource[]): ViewSource[] {
  const ordered = new Set<ViewSource>();
  const visiting = new Set<ViewSource>();
  const visit = (view: ViewSource): void => {
    if (ordered.has(view) || visiting.has(view)) return;
    visiting.add(view);
    for (const other of views) if (other !== view && mentions(view.query, other.name)) visit(other);
    ordered.add(view);
  };
  views.forEach(visit);
  return [...ordered];
}

function mentions(query: string, name: string): boolean {
  const escaped = name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return new RegExp(`(?<![\\w$])${escaped}(?![\\w$])`).test(query);
}
