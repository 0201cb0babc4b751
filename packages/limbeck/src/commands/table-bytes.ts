import { tableSizes } from "../database/table-sizes.ts";
import type { Session } from "../database/session.ts";
import { keyOf, type Schema } from "../schema/fact.ts";
import type { RenameHint } from "../schema/renames.ts";

/** How many bytes of rows a table, or the table of an index, has; undefined for what is not there yet or has none of its own. */
export type TableBytes = (relation: string, schema: string | undefined) => number | undefined;

/** `schemas` know which index is on which table; `renames` under which name a table goes on. */
export async function tableBytes(
  session: Session,
  schemas: readonly Schema[],
  renames: readonly RenameHint[],
): Promise<TableBytes> {
  const sizes = new Map(await tableSizes(session));
  for (const { kind, schema, from, to, toSchema = schema } of renames) {
    const bytes = sizes.get(keyOf("table", { schema, name: from }));
    if (kind === "table" && bytes !== undefined) sizes.set(keyOf("table", { schema: toSchema, name: to }), bytes);
  }
  for (const { kind, key, parents, attributes } of schemas.flatMap(({ facts }) => facts)) {
    const bytes = sizes.get(parents[0] ?? "");
    // The index of a partition goes with the one that it is a part of.
    if (kind === "index" && bytes !== undefined && attributes["partOf"] === null) sizes.set(key, bytes);
  }
  return (name, schema = "public") =>
    sizes.get(keyOf("table", { schema, name })) ?? sizes.get(keyOf("index", { schema, name }));
}
